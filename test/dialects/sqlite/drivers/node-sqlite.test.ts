// Node's own SQLite, on the Node that runs the tests: loudly skipped before 22.16. Imports nothing that is compiled for one
// Node, so that .ci/run can run it with another one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSqliteDriver } from '../../../../src/dialects/sqlite/drivers/node-sqlite.ts'
import type { DriverConnection } from '../../../../src/engine/driver.ts'
import { makeUrl } from '../../../../src/engine/url.ts'
import { describeDriver } from '../../../engine/driver-contract.ts'
import { type NodeSqlite, nodeSqlite } from '../../../live/node-sqlite.ts'
import { sqliteContract } from './contract.ts'

const found = nodeSqlite()
const skipped = `SKIPPED: node:sqlite needs Node 22.16, this is ${process.version}`
if (found === undefined) console.warn(skipped)

it.skipIf(found === undefined)(found === undefined ? skipped : 'node:sqlite is there', async () => {
  const connection = await nodeSqliteDriver.connect(makeUrl('sqlite+node-sqlite://'))
  expect(await connection.isInTransaction()).toBe(false)
  await connection.close()
})

if (found !== undefined) {
  describeDriver('node:sqlite', sqliteContract(nodeSqliteDriver))
  describe('node:sqlite', () => {
    describeOwn(found)
  })
}

function describeOwn({ DatabaseSync }: NodeSqlite): void {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alembic-node-sqlite-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  const connect = (url: string): Promise<DriverConnection> => nodeSqliteDriver.connect(makeUrl(url))

  it('adopts a DatabaseSync and leaves it open', async () => {
    const database = new DatabaseSync(':memory:')
    const connection = await nodeSqliteDriver.adopt(database)
    expect((await connection?.execute('SELECT ? AS b', [Uint8Array.of(1)]))?.rows).toEqual([
      { b: Uint8Array.of(1) },
    ])
    await connection?.close()
    expect(database.isOpen).toBe(true)
    database.close()
  })

  it.each([
    ['', []],
    [' ;\n', []],
    ['-- nothing', []],
    ['/* nothing */ ;', []],
    ['SELECT 1 AS a; -- end', [{ a: 1 }]],
    ['/* why */ SELECT 1 AS a', [{ a: 1 }]],
    ['SELECT 1 AS a; SELECT 2', []],
  ])('runs %j', async (sql, rows) => {
    const connection = await connect('sqlite://')
    expect((await connection.execute(sql)).rows).toEqual(rows)
    await connection.close()
  })

  it('keeps all of many rows, or none, and names the one that is refused', async () => {
    const connection = await connect('sqlite://')
    await connection.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL)')
    const insert = 'INSERT INTO t (id, b) VALUES (?, ?)'
    const rows = Array.from({ length: 300 }, (_, id): unknown[] => [id, `b${id}`])
    const count = async (): Promise<unknown> =>
      (await connection.execute('SELECT count(*) AS n FROM t')).rows[0]?.['n']
    for (const bad of [2, 200]) {
      const some = rows.slice(0, bad + 1)
      some[bad] = [bad, null]
      const place = { first: 0, last: 0 }
      await expect(connection.executeMany(insert, some, place)).rejects.toThrow('NOT NULL')
      expect([place, await count()]).toEqual([{ first: bad, last: bad }, 0])
    }
    expect(await connection.executeMany(insert, rows)).toBe(300)
    const returning = `${insert} RETURNING id`
    expect(await connection.executeMany(returning, [[1000, 'x']])).toBe(1)
    expect(await count()).toBe(301)
    await connection.close()
  })

  it('opens files as the URL says', async () => {
    const file = join(folder, 'kept.db')
    await expect(connect(`sqlite:///${file}?mode=rw`)).rejects.toThrow(
      `Can't open the SQLite database '${file}': unable to open database file.`,
    )
    expect(existsSync(file)).toBe(false)
    const first = await connect(`sqlite:///${file}?foreign_keys=off`)
    await first.execute('CREATE TABLE t (a TEXT)')
    expect((await first.execute('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 0 }])
    await first.close()
    const second = await connect(`sqlite:///${file}?mode=ro`)
    expect((await second.execute('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }])
    await expect(second.execute('DROP TABLE t')).rejects.toThrow('readonly database')
    await second.close()
    const text = join(folder, 'text.db')
    writeFileSync(text, 'not a database at all, but long enough to have a header'.repeat(20))
    await expect(connect(`sqlite:///${text}`)).rejects.toThrow('file is not a database')
  })

  it('waits for a lock as long as the timeout says', async () => {
    const url = `sqlite:///${folder}/locked.db?timeout=0.2`
    const holder = await connect(url)
    await holder.execute('BEGIN EXCLUSIVE')
    const start = performance.now()
    await expect(connect(url)).rejects.toThrow('database is locked')
    expect(performance.now() - start).toBeGreaterThan(150)
    await holder.execute('ROLLBACK')
    await holder.close()
  })

  it('says nothing of being experimental, and leaves other warnings alone', () => {
    const driver = new URL(
      '../../../../src/dialects/sqlite/drivers/node-sqlite.ts',
      import.meta.url,
    )
    const url = new URL('../../../../src/engine/url.ts', import.meta.url)
    const program = `
      const { nodeSqliteDriver } = await import(${JSON.stringify(driver.href)})
      const { makeUrl } = await import(${JSON.stringify(url.href)})
      await (await nodeSqliteDriver.connect(makeUrl('sqlite://'))).close()
      process.emitWarning('mine', 'ExperimentalWarning')`
    const { stderr, status } = spawnSync(
      process.execPath,
      ['--experimental-strip-types', '--input-type=module', '-e', program],
      { encoding: 'utf8' },
    )
    expect(status).toBe(0)
    expect(stderr).not.toContain('SQLite')
    expect(stderr).toContain('ExperimentalWarning: mine')
  })
}
