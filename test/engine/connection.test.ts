import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection, ObservedStatement } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { MARIADB_SERVER, POSTGRESQL_SERVER, registerLiveDialects } from './live-dialects.ts'

registerLiveDialects()
const DATABASE = `alembic_connection_${process.pid}`

async function administer(server: string, sql: string): Promise<void> {
  const engine = createEngine(server)
  const connection = await engine.connect()
  await connection.execute(sql)
  await engine.dispose()
}

beforeAll(async () => {
  await administer(POSTGRESQL_SERVER, `CREATE DATABASE ${DATABASE}`)
  await administer(MARIADB_SERVER, `CREATE DATABASE ${DATABASE}`)
})
afterAll(async () => {
  await administer(POSTGRESQL_SERVER, `DROP DATABASE ${DATABASE} WITH (FORCE)`)
  await administer(MARIADB_SERVER, `DROP DATABASE ${DATABASE}`)
})

describe.each([
  ['sqlite', makeUrl('sqlite://'), 'BEGIN IMMEDIATE', 'no such table: missing'],
  [
    'postgresql',
    makeUrl(POSTGRESQL_SERVER).set({ database: DATABASE }),
    'BEGIN',
    'relation "missing" does not exist',
  ],
  [
    'mariadb',
    makeUrl(MARIADB_SERVER).set({ database: DATABASE }),
    'BEGIN',
    `Table '${DATABASE}.missing' doesn't exist`,
  ],
])('%s', (name, url, begin, missing) => {
  let engine: Engine
  let connection: Connection
  const p = name === 'postgresql' ? '$1' : '?'

  beforeAll(async () => {
    engine = createEngine(url)
    connection = await engine.connect()
    await connection.execute('CREATE TABLE t (a INTEGER PRIMARY KEY)')
  })
  afterAll(() => engine.dispose())

  const all = async (): Promise<unknown[]> =>
    (await connection.execute('SELECT a FROM t ORDER BY a')).rows.map((row) => row['a'])
  const insert = (value: unknown): Promise<unknown> =>
    connection.execute({ sql: `INSERT INTO t VALUES (${p})`, parameters: [value] })
  const clear = (): Promise<unknown> => connection.execute('DELETE FROM t')

  it('commits each statement outside a transaction', async () => {
    await insert(1)
    expect(connection.inTransaction()).toBe(false)
    expect(await connection.isInTransaction()).toBe(false)
    expect(await all()).toEqual([1])
    await clear()
  })

  it('commits a transaction that ends and rolls back one that throws', async () => {
    expect(
      await connection.transaction(async () => {
        await insert(1)
        expect(connection.inTransaction()).toBe(true)
        expect(await connection.isInTransaction()).toBe(true)
        return 'result'
      }),
    ).toBe('result')
    const reason = new RangeError('changed my mind')
    await expect(
      connection.transaction(async () => {
        await insert(2)
        throw reason
      }),
    ).rejects.toBe(reason)
    expect(connection.inTransaction()).toBe(false)
    expect(await connection.isInTransaction()).toBe(false)
    expect(await all()).toEqual([1])
    await clear()
  })

  it('undoes a savepoint alone', async () => {
    await connection.transaction(async () => {
      await insert(1)
      await connection.savepoint(() => insert(2))
      await expect(
        connection.savepoint(async () => {
          await insert(3)
          await insert(1)
        }),
      ).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
      await insert(4)
    })
    expect(await all()).toEqual([1, 2, 4])
    await clear()
  })

  it('refuses what the state does not allow', async () => {
    await expect(connection.commit()).rejects.toMatchObject({
      code: 'TRANSACTION_STATE',
      message: 'There is no transaction to commit; call begin() first',
    })
    await expect(connection.rollback()).rejects.toThrow('There is no transaction to roll back')
    await expect(connection.savepoint(async () => undefined)).rejects.toThrow(
      'A savepoint needs an open transaction; call begin() first',
    )
    await connection.execute('BEGIN')
    await expect(connection.begin()).rejects.toThrow(
      'A transaction is already open on this connection',
    )
    await connection.execute('ROLLBACK')
    await connection.begin()
    await expect(connection.begin()).rejects.toThrow('already open')
    await connection.rollback()
  })

  it('names the statement that failed, and keeps the cause', async () => {
    const sql = `SELECT   *\n  FROM missing\n WHERE 1 = 1 ${'AND 1 = 1 '.repeat(30)}`
    const error: unknown = await connection.execute(sql).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'STATEMENT_FAILED', sql })
    const { message, cause } = error as Error
    expect(message).toBe(
      `${missing} [SQL: SELECT * FROM missing WHERE 1 = 1 ${'AND 1 = 1 '.repeat(30).slice(0, 166)}...]`,
    )
    expect(cause).toBeInstanceOf(Error)
  })

  it('runs a statement for many rows: all or none', async () => {
    const sql = `INSERT INTO t VALUES (${p})`
    expect(await connection.executeMany(sql, [[1], [2], [3]])).toBe(3)
    const rows = Array.from({ length: 1500 }, (_, index) => [10 + index])
    await expect(connection.executeMany(sql, [...rows, [1]])).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
    })
    expect(await all()).toEqual([1, 2, 3])
    expect(await connection.executeMany(sql, [])).toBe(0)
    await clear()
  })

  it('tells observers of every statement', async () => {
    const seen: ObservedStatement[] = []
    const stop = connection.observe((statement) => seen.push(statement))
    await connection.transaction(async () => {
      await insert(1)
      await connection.executeMany(`DELETE FROM t WHERE a = ${p}`, [[1], [2]])
    })
    stop()
    await connection.execute('SELECT 1')
    expect(seen).toEqual([
      { sql: begin, parameters: [], runs: 1 },
      { sql: `INSERT INTO t VALUES (${p})`, parameters: [1], runs: 1 },
      { sql: `DELETE FROM t WHERE a = ${p}`, parameters: [], runs: 2 },
      { sql: 'COMMIT', parameters: [], runs: 1 },
    ])
  })

  it('rolls back what is open when it closes, and says so when used later', async () => {
    const other = await engine.connect()
    await other.begin()
    await other.close()
    await other.close()
    await expect(other.execute('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      message:
        "This connection is closed; is an 'await' missing in front of a call that still needs it?",
    })
  })

  it('knows the server', () => {
    const { settings } = connection.dialect as unknown as { settings: { serverVersion: number[] } }
    expect(settings.serverVersion.length).toBeGreaterThan(1)
  })
})

it('says so where a failed transaction can only be rolled back', async () => {
  const engine = createEngine(makeUrl(POSTGRESQL_SERVER).set({ database: DATABASE }))
  const connection = await engine.connect()
  await expect(
    connection.transaction(async () => {
      await connection.execute('CREATE TABLE lost (a INTEGER)')
      await connection.execute('SELECT 1 / 0').catch(() => undefined)
    }),
  ).rejects.toMatchObject({
    code: 'TRANSACTION_STATE',
    message: 'The transaction was rolled back, not committed, because a statement in it had failed',
  })
  expect(connection.inTransaction()).toBe(false)
  await expect(connection.execute('SELECT * FROM lost')).rejects.toThrow('does not exist')
  await engine.dispose()
})

it('rolls back a transaction whose COMMIT is refused', async () => {
  const engine = createEngine('sqlite://')
  const connection = await engine.connect()
  await connection.execute('CREATE TABLE p (id INTEGER PRIMARY KEY)')
  await connection.execute(
    'CREATE TABLE c (p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)',
  )
  await expect(
    connection.transaction(() => connection.execute('INSERT INTO c VALUES (1)')),
  ).rejects.toThrow('FOREIGN KEY constraint failed [SQL: COMMIT]')
  expect(await connection.isInTransaction()).toBe(false)
  expect((await connection.execute('SELECT * FROM c')).rows).toEqual([])
  await engine.dispose()
})
