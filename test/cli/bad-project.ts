import Database from 'better-sqlite3'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { runAlembic } from './run-alembic.ts'

/** The project; its folder is a new one for each test. */
export const project: { folder: string } = { folder: '' }

/** Makes a folder for each test of a file, and removes it. */
export function useFolder(): void {
  beforeEach(() => {
    project.folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-bad-')))
  })
  afterEach(() => rmSync(project.folder, { recursive: true }))
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(join(project.folder, path)), { recursive: true })
  writeFileSync(join(project.folder, path), text)
}

/** A project with two revisions, of which the first is applied. */
export function makeProject(url: string = `sqlite:///${project.folder}/app.db`): void {
  setUrl(url)
  write('alembic/env.ts', ENV)
  write('alembic/script.ts.eta', readFileSync('templates/generic/script.ts.eta', 'utf8'))
  writeRevision('a1', null, `await op.createTable('t', sa.Column('id', sa.Integer()))`)
  writeRevision('b2', 'a1', `await op.addColumn('t', sa.Column('x', sa.Integer()))`)
  const database = new Database(join(project.folder, 'app.db'))
  database.exec(`
    CREATE TABLE t (id INTEGER);
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, PRIMARY KEY (version_num));
    INSERT INTO alembic_version VALUES ('a1')`)
  database.close()
}

export function setUrl(url: string): void {
  write('alembic.ini', `[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = ${url}\n`)
}

export const ENV = `import { context, engineFromConfig } from 'alembic-ts'
const { config } = context
const engine = engineFromConfig(config.getSection(config.configIniSection, {}), { prefix: 'sqlalchemy.' })
const connection = await engine.connect()
try {
  await context.configure({ connection, targetMetadata: null })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`

export function writeRevision(
  id: string,
  down: string | null,
  upgrade: string,
  head: string = '',
): void {
  write(
    `alembic/versions/${id}.ts`,
    `import { op, sa } from 'alembic-ts'\n${head}\nexport const revision = '${id}'\n` +
      `export const downRevision = ${JSON.stringify(down)}\nexport const branchLabels = null\n` +
      `export const dependsOn = null\n` +
      (upgrade === '' ? '' : `export async function upgrade(): Promise<void> {\n${upgrade}\n}\n`) +
      `export async function downgrade(): Promise<void> {}\n`,
  )
}

/** The version rows and tables: what must not change. */
export function databaseState(): unknown {
  const file = join(project.folder, 'app.db')
  if (!existsSync(file)) return null
  const database = new Database(file, { readonly: true })
  const versions = database.prepare('SELECT version_num FROM alembic_version').all()
  const tables = database.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()
  database.close()
  return { versions, tables }
}

/** Runs a command that has to fail: one line, no stack, the database as it was; with `--raiseerr` the stable code. */
export function expectFailure(
  args: readonly string[],
  { message, code, exit = 255 }: { message: string | RegExp; code: string; exit?: number },
): void {
  const before = databaseState()
  const { status, stdout, stderr } = runAlembic(project.folder, args)
  expect(stderr).toBe('')
  const line = /^FAILED: (.*)\n$/.exec(stdout)?.[1]
  if (line === undefined) throw new Error(`expected one line: ${stdout}`)
  if (typeof message === 'string') expect(line).toBe(message.replaceAll('<DIR>', project.folder))
  else expect(line).toMatch(message)
  expect(status).toBe(exit)
  expect(runAlembic(project.folder, ['--raiseerr', ...args]).stderr).toContain(`code: '${code}'`)
  expect(databaseState()).toEqual(before)
}
