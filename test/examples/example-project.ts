import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, SpawnSyncReturns } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { importModule, type ModuleExports } from '../../src/config/module-loader.ts'

const root = realpathSync(join(import.meta.dirname, '../..'))

/** A copy of an example in a temporary folder, as if it had been installed there. */
export interface ExampleProject {
  readonly folder: string
  /** Where its revision files are. */
  readonly versions: string
  read(path: string): string
  write(path: string, text: string): void
  /** Replaces each text, which must be there. */
  edit(path: string, ...replacements: readonly (readonly [from: string, to: string])[]): void
  /** Runs the built `alembic` and expects exit status 0. */
  alembic(...args: readonly string[]): SpawnSyncReturns<string>
  /** Runs `revision --autogenerate`, and expects the file that is committed in the example. */
  generate(id: string, message: string): void
  /** Runs a TypeScript file of the example to its end and returns what it printed. */
  run(file: string): string
  /** Starts a TypeScript file of the example. */
  start(file: string): ChildProcess
  /** The models, whose `sa` is that of the sources under test. */
  importModels(): Promise<ModuleExports>
  /** Judges the files by `tsc` and the linter. */
  expectClean(): void
  dispose(): void
}

/** Copies `examples/<name>`; `env` is added to the environment of what runs in it. */
export function copyExample(
  name: string,
  env: Readonly<Record<string, string>> = {},
): ExampleProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `alembic-ts-${name}-`)))
  const source = join(root, 'examples', name)
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !/\/node_modules$|\.db$/.test(path),
  })
  installInto(folder)
  const environment = { ...process.env, ...env }
  const runNode = (...args: readonly string[]): SpawnSyncReturns<string> => {
    const done = spawnSync('node', args, { cwd: folder, encoding: 'utf8', env: environment })
    const { status, stdout, stderr, error } = done
    if (status !== 0) {
      throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`, {
        cause: error,
      })
    }
    return done
  }
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs')
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  const alembic = (...args: readonly string[]): SpawnSyncReturns<string> =>
    runNode(join(root, 'dist/cli/bin.js'), ...args)
  const isConfigured = readdirSync(folder).includes('alembic.config.ts')
  const versions = isConfigured ? 'migrations/versions' : 'alembic/versions'
  return {
    folder,
    versions,
    read,
    write,
    edit: (path, ...replacements) => {
      let text = read(path)
      for (const [from, to] of replacements) {
        expect(text).toContain(from)
        text = text.replace(from, to)
      }
      write(path, text)
    },
    alembic,
    generate: (id, message) => {
      alembic('revision', '--autogenerate', '--rev-id', id, '-m', message)
      const generated = readRevision(join(folder, versions), id)
      expect(generated).toBe(readRevision(join(source, versions), id))
    },
    run: (file) => runNode(jiti, file).stdout,
    start: (file) => spawn('node', [jiti, file], { cwd: folder, env: environment }),
    importModels: () => importModule(join(folder, 'src/models.ts'), { fresh: true }),
    expectClean: () => {
      runNode(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
      write('.oxlintrc.json', rulesForProjects())
      const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
      runNode(oxlint, '--type-aware', '--deny-warnings', '--ignore-pattern', 'node_modules')
    },
    dispose: () => rmSync(folder, { recursive: true }),
  }
}

/** This repository's rules, without those for its own folders; revision files are called `<id>_<slug>.ts`. */
function rulesForProjects(): string {
  const text = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
  const { ignorePatterns: _, rules, ...config } = JSON.parse(text) as Record<string, object>
  const overrides = [{ files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } }]
  const own = { ...rules, 'unicorn/filename-case': 'off' }
  return JSON.stringify({ ...config, rules: own, overrides })
}

/** What `npm install` would do: links, and this repository as `alembic-ts`. */
function installInto(folder: string): void {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(join(link, '..'), { recursive: true })
    symlinkSync(name === 'alembic-ts' ? root : join(root, 'node_modules', name), link)
  }
}

/** A revision file, without its date and without the blank behind an empty `Revises:`. */
function readRevision(folder: string, id: string): string {
  const file = readdirSync(folder).find((name) => name.startsWith(id))
  if (file === undefined) throw new Error(`${folder} has no file of revision ${id}`)
  const text = readFileSync(join(folder, file), 'utf8')
  return text.replace(/^ \* Create Date: .*$/m, ' * Create Date:').replace(/ +$/gm, '')
}
