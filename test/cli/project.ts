import Database from 'better-sqlite3'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runAlembic } from './run-alembic.ts'

/** A folder that `alembic init` made, with an SQLite database and a model `users`. */
export interface CliProject {
  readonly folder: string
  write(path: string, text: string): string
  /** Writes `alembic/versions/<id>.ts`, over what is there, and returns its path. */
  addRevision(id: string, down: string | null, more?: RevisionOptions): string
  execute(sql: string): void
  dispose(): void
}

export interface RevisionOptions {
  readonly message?: string
  readonly labels?: readonly string[]
  /** The body of `upgrade()`. */
  readonly upgrade?: string
}

export function makeCliProject(): CliProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-cli-')))
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  runAlembic(folder, ['init', 'alembic'])
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(process.cwd(), join(folder, 'node_modules/alembic-ts'))
  edit(
    folder,
    'alembic.ini',
    /^sqlalchemy\.url = .*$/m,
    `sqlalchemy.url = sqlite:///${folder}/app.db`,
  )
  edit(
    folder,
    'alembic/env.ts',
    /^const targetMetadata = null$/m,
    `import { sa } from 'alembic-ts'\nconst targetMetadata = sa.MetaData()\n` +
      `sa.Table('users', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }), sa.Column('name', sa.String(50)))`,
  )
  return {
    folder,
    write,
    addRevision: (id, down, { message = `make ${id}`, labels = [], upgrade = '' } = {}) =>
      write(
        `alembic/versions/${id}.ts`,
        `/**\n * ${message}\n *\n * Revision ID: ${id}\n */\nimport { op } from 'alembic-ts'\n\n` +
          `export const revision = '${id}'\nexport const downRevision = ${JSON.stringify(down)}\n` +
          `export const branchLabels = ${labels.length === 0 ? 'null' : JSON.stringify(labels)}\n` +
          `export const dependsOn = null\n\n` +
          `export async function upgrade(): Promise<void> {\n  ${upgrade}\n}\n\n` +
          `export async function downgrade(): Promise<void> {}\n`,
      ),
    execute: (sql) => {
      const database = new Database(join(folder, 'app.db'))
      database.exec(sql)
      database.close()
    },
    dispose: () => rmSync(folder, { recursive: true }),
  }
}

function edit(folder: string, path: string, pattern: RegExp, replacement: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  if (!pattern.test(text)) throw new Error(`${path} has no line ${String(pattern)}`)
  writeFileSync(
    join(folder, path),
    text.replace(pattern, () => replacement),
  )
}
