import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { runAlembic } from './run-alembic.ts'

const MODELS = `import { sa } from 'alembic-ts'
export const users = sa.MetaData()
sa.Table('users', users, sa.Column('id', sa.Integer(), { primaryKey: true }))
export const billing = sa.MetaData()
sa.Table('bills', billing, sa.Column('id', sa.Integer(), { primaryKey: true }), sa.Column('total', sa.Integer()))
`

// Each walk starts a dozen processes.
vi.setConfig({ testTimeout: 120_000 })

describeEachDatabase('two databases in one run', (db) => {
  let folder: string
  let first: ScratchDatabase
  let second: ScratchDatabase
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-two-')))
    first = await db.createScratch()
    second = await db.createScratch()
  })
  afterAll(async () => {
    await first.dispose()
    await second.dispose()
    rmSync(folder, { recursive: true })
  })

  const run = (...args: readonly string[]): ReturnType<typeof runAlembic> =>
    runAlembic(folder, args)
  const succeed = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, error: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, error: '' })
    return stdout
  }
  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')))
  const has = async (database: ScratchDatabase, table: string): Promise<boolean> =>
    database.query(`SELECT 1 FROM ${table}`).then(
      () => true,
      () => false,
    )
  const versions = async (): Promise<unknown[]> =>
    await Promise.all(
      [first, second].map(async (database) =>
        (await database.query('SELECT version_num FROM alembic_version')).map(
          (row) => row['version_num'],
        ),
      ),
    )
  /** Puts code into a function of a revision file. */
  const fill = (path: string, name: string, code: string): void =>
    edit(path, (text) =>
      text.replace(`${name}(): Promise<void> {}`, `${name}(): Promise<void> { ${code} }`),
    )

  // One walk: each step stands on the one before it.
  it('each with its own models and version table', async () => {
    succeed('init', '-t', 'multidb', 'alembic')
    writeFileSync(join(folder, 'models.ts'), MODELS)
    edit('alembic.ini', (text) =>
      text
        .replace('driver://user:pass@localhost/dbname\n', `${first.url.replaceAll('%', '%%')}\n`)
        .replace('driver://user:pass@localhost/dbname2\n', `${second.url.replaceAll('%', '%%')}\n`),
    )
    edit('alembic/env.ts', (text) =>
      `import { billing, users } from '../models.ts'\n${text}`.replace(
        'const targetMetadata: Record<string, sa.MetaData> = {}',
        'const targetMetadata: Record<string, sa.MetaData> = { engine1: users, engine2: billing }',
      ),
    )
    succeed('revision', '--autogenerate', '-m', 'first', '--rev-id', 'a1')
    const file = readFileSync(join(folder, 'alembic/versions/a1_first.ts'), 'utf8')
    expect(file).toMatch(/upgradeEngine1\(\)[^}]*createTable\(\s*'users'/)
    expect(file).toMatch(/upgradeEngine2\(\)[^}]*createTable\(\s*'bills'/)
    succeed('upgrade', 'head')
    expect(await versions()).toEqual([['a1'], ['a1']])
    expect(await Promise.all([has(first, 'users'), has(first, 'bills')])).toEqual([true, false])
    expect(await Promise.all([has(second, 'users'), has(second, 'bills')])).toEqual([false, true])
    expect(succeed('current')).toBe('a1 (head)\na1 (head)\n')
    expect(succeed('check')).toContain('No new upgrade operations detected.')
    succeed('downgrade', 'base')
    expect(await versions()).toEqual([[], []])
    expect(await Promise.all([has(first, 'users'), has(second, 'bills')])).toEqual([false, false])

    expect(succeed('upgrade', 'head', '--sql')).toBe('')
    const script = (n: number): string => readFileSync(join(folder, `engine${n}.sql`), 'utf8')
    for (const [n, own, other] of [
      [1, 'users', 'bills'],
      [2, 'bills', 'users'],
    ] as const) {
      expect(script(n)).toContain('CREATE TABLE alembic_version (')
      expect(script(n)).toContain(`CREATE TABLE ${own} (`)
      expect(script(n)).toContain("INSERT INTO alembic_version (version_num) VALUES ('a1')")
      expect(script(n)).not.toContain(other)
    }
    succeed('upgrade', 'head')
  })

  it('of which the second fails: where DDL can be undone, neither moves', async () => {
    succeed('revision', '-m', 'fails', '--rev-id', 'b2')
    const path = 'alembic/versions/b2_fails.ts'
    fill(path, 'upgradeEngine1', `await op.createTable('one', sa.Column('id', sa.Integer()))`)
    fill(
      path,
      'upgradeEngine2',
      `await op.createTable('two', sa.Column('id', sa.Integer())); await op.dropTable('nowhere')`,
    )
    const { status, stdout } = run('upgrade', 'head')
    expect(status).toBe(255)
    expect(stdout).toMatch(/^FAILED: .*nowhere/)
    const moved = db.name === 'mariadb'
    expect(await versions()).toEqual([[moved ? 'b2' : 'a1'], ['a1']])
    expect([await has(first, 'one'), await has(second, 'two')]).toEqual([moved, moved])

    // Mended, it goes on from there: a database that has moved has nothing left to do.
    edit(path, (text) => text.replace(` await op.dropTable('nowhere')`, ''))
    if (moved) {
      const again = run('upgrade', 'head')
      expect(again.stdout).toContain(
        'Nothing was changed now: go on with alembic upgrade b2 --resume',
      )
      expect(run('status').stderr).toContain('The upgrade of revision b2 is not complete in ')
      succeed('upgrade', 'head', '--resume')
    } else succeed('upgrade', 'head')
    expect(await versions()).toEqual([['b2'], ['b2']])
    expect([await has(first, 'one'), await has(second, 'two')]).toEqual([true, true])
    expect(succeed('current')).toBe('b2 (head)\nb2 (head)\n')
  })
})
