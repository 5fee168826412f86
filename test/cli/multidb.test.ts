import Database from 'better-sqlite3'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAlembic } from './run-alembic.ts'

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-multidb-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: readonly string[]): ReturnType<typeof runAlembic> => runAlembic(folder, args)
const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')))

function tablesOf(name: string): unknown[] {
  const database = new Database(join(folder, `${name}.db`), { readonly: true })
  const tables = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all()
  database.close()
  return tables
}

// One walk: each step stands on the one before it.
test('the multidb template moves all its databases, or none', () => {
  run('init', '-t', 'multidb', 'alembic')
  edit('alembic.ini', (text) =>
    text
      .replace('driver://user:pass@localhost/dbname\n', 'sqlite:///%(here)s/engine1.db\n')
      .replace('driver://user:pass@localhost/dbname2\n', 'sqlite:///%(here)s/engine2.db\n'),
  )
  run('revision', '-m', 'first', '--rev-id', 'a1')
  edit('alembic/versions/a1_first.ts', (text) =>
    text.replace(
      /(upgradeEngine(\d)\(\): Promise<void> \{)\}/g,
      (_match, start: string, n: string) => {
        const table = `await op.createTable('table${n}', sa.Column('id', sa.Integer()))`
        return `${start}\n  ${table}\n}`
      },
    ),
  )
  const { status, stderr } = run('upgrade', 'head')
  expect(status).toBe(0)
  expect(stderr).toContain('INFO  [alembic.env] Migrating database engine2\n')
  expect(run('current').stdout).toBe('a1 (head)\na1 (head)\n')
  for (const command of ['current', 'status', 'upgrade'])
    expect(
      JSON.parse(run(command, ...(command === 'upgrade' ? ['head'] : []), '--json').stdout),
    ).toMatchObject({
      databases: [
        { url: `sqlite:///${folder}/engine1.db` },
        { url: `sqlite:///${folder}/engine2.db` },
      ],
    })
  expect([tablesOf('engine1'), tablesOf('engine2')]).toEqual([
    ['alembic_version', 'table1'],
    ['alembic_version', 'table2'],
  ])

  expect(run('upgrade', 'head', '--sql')).toMatchObject({ status: 0, stdout: '' })
  expect(readFileSync(join(folder, 'engine2.sql'), 'utf8')).toContain('CREATE TABLE table2 (')

  run('revision', '-m', 'fails', '--rev-id', 'b2')
  edit('alembic/versions/b2_fails.ts', (text) =>
    text
      .replace(
        'upgradeEngine1(): Promise<void> {}',
        `upgradeEngine1(): Promise<void> { await op.dropTable('table1') }`,
      )
      .replace(
        'upgradeEngine2(): Promise<void> {}',
        `upgradeEngine2(): Promise<void> { await op.dropTable('nowhere') }`,
      ),
  )
  expect(run('upgrade', 'head').stdout).toMatch(/^FAILED: .*nowhere/)
  expect(tablesOf('engine1')).toEqual(['alembic_version', 'table1'])
  expect(run('current').stdout).toBe('a1\na1\n')
})
