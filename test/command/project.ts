import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Config, type ConfigOptions } from '../../src/config/config.ts'

/** A folder with an `alembic.ini` and revision files, for tests of commands. */
export interface Project {
  readonly folder: string
  readonly config: Config
  /** Writes a file, with the folders that it needs, and returns its path. */
  write(path: string, text: string): string
  /** Writes `alembic/versions/<id>_<slug>.ts`. */
  addRevision(id: string, down?: string | readonly string[] | null, more?: RevisionDetails): string
  /** Runs `work` and returns what it printed. */
  printed(work: (config: Config) => Promise<unknown>): Promise<string>
  dispose(): void
}

export interface RevisionDetails {
  readonly message?: string
  readonly labels?: readonly string[]
  readonly dependsOn?: readonly string[]
}

/** Makes a project without revisions; `ini` are lines of the main section. */
export function makeProject(ini: string = '', options: ConfigOptions = {}): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-command-')))
  let output = ''
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
  const file = write('alembic.ini', `[alembic]\nscript_location = %(here)s/alembic\n${ini}`)
  const config = new Config({ file, stdout: { write: (text) => (output += text) }, ...options })
  return {
    folder,
    config,
    write,
    addRevision: (id, down = null, { message = `make ${id}`, labels, dependsOn } = {}) =>
      write(
        `alembic/versions/${id}_x.ts`,
        `/**\n * ${message}\n *\n * Revision ID: ${id}\n */\n` +
          `export const revision = ${JSON.stringify(id)}\n` +
          `export const downRevision = ${JSON.stringify(down)}\n` +
          `export const branchLabels = ${JSON.stringify(labels ?? null)}\n` +
          `export const dependsOn = ${JSON.stringify(dependsOn ?? null)}\n\n` +
          'export async function upgrade(): Promise<void> {}\n\n' +
          'export async function downgrade(): Promise<void> {}\n',
      ),
    printed: async (work) => {
      output = ''
      await work(config)
      return output
    },
    dispose: () => rmSync(folder, { recursive: true }),
  }
}
