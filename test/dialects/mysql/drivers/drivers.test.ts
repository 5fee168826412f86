import { inspect } from 'node:util'
import * as mariadb from 'mariadb'
import * as mysql2 from 'mysql2'
import * as mysql2Promise from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mariadbDriver } from '../../../../src/dialects/mysql/drivers/mariadb.ts'
import { mysql2Driver } from '../../../../src/dialects/mysql/drivers/mysql2.ts'
import type { Driver, DriverConnection } from '../../../../src/engine/driver.ts'
import { makeUrl } from '../../../../src/engine/url.ts'
import type { ContractTarget } from '../../../engine/driver-contract.ts'
import { describeDriver, questionMark } from '../../../engine/driver-contract.ts'

const DATABASE = `alembic_drivers_${process.pid}`
const SERVER = makeUrl(process.env['ALEMBIC_TEST_MARIADB'] ?? 'mariadb://root@127.0.0.1:3306')
const url = SERVER.set({ database: DATABASE })
const options = {
  host: url.host ?? '127.0.0.1',
  port: url.port ?? 3306,
  user: url.username ?? 'root',
  password: url.password ?? '',
  database: DATABASE,
}

const mysql = (driver: Driver): ContractTarget => ({
  open: () => driver.connect(url),
  placeholder: questionMark,
  columns: {
    integer: 'BIGINT',
    decimal: 'DECIMAL(30, 10)',
    bytes: 'BLOB',
    moment: 'DATETIME(3)',
    text: 'VARCHAR(400) CHARACTER SET utf8mb4',
  },
  momentText: '2024-02-29 23:59:58.123',
  severalStatements: false,
})

async function administer(sql: string): Promise<void> {
  const admin = await mysql2Driver.connect(SERVER)
  await admin.execute(sql)
  await admin.close()
}

beforeAll(() => administer(`CREATE DATABASE ${DATABASE}`))
afterAll(() => administer(`DROP DATABASE ${DATABASE}`))

describeDriver('mysql2', mysql(mysql2Driver))
describeDriver('mariadb', mysql(mariadbDriver))

const EXACT = `SELECT CAST(9007199254740993 AS SIGNED) AS big, CAST(18446744073709551615 AS UNSIGNED) AS huge,
  CAST(7 AS SIGNED) AS small, 1.10 AS dec_, DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 01:02:03' AS ts,
  TIME '10:00:00' AS t, NULL AS nothing, 'x' AS text_, 1.5e0 AS f`

async function expectExactValues(connection: DriverConnection | undefined): Promise<void> {
  const expected = {
    big: 9007199254740993n,
    huge: 18446744073709551615n,
    small: 7,
    dec_: '1.10',
    d: '2024-02-29',
    ts: '2024-02-29 01:02:03',
    t: '10:00:00',
    nothing: null,
    text_: 'x',
    f: 1.5,
  }
  expect((await connection?.execute(EXACT))?.rows).toEqual([expected])
  expect((await connection?.execute(`${EXACT} WHERE 1 = ?`, [1]))?.rows).toEqual([expected])
}

describe.each([
  ['mysql2', mysql2Driver],
  ['mariadb', mariadbDriver],
])('%s', (_, driver) => {
  it('keeps every type exact', async () => {
    const connection = await driver.connect(url)
    await expectExactValues(connection)
    await connection.close()
  })

  it('sees that DDL commits', async () => {
    const connection = await driver.connect(url)
    await connection.execute('START TRANSACTION')
    expect(await connection.isInTransaction()).toBe(true)
    await connection.execute('CREATE TABLE implicit_commit (a INT)')
    expect(await connection.isInTransaction()).toBe(false)
    await connection.execute('DROP TABLE implicit_commit')
    await connection.close()
  })

  it('counts matched rows, gives the rows of a CALL, takes JSON', async () => {
    const connection = await driver.connect(url)
    await connection.execute('CREATE TABLE counted (a INT, j JSON)')
    await connection.execute('INSERT INTO counted VALUES (?, ?)', [1, { k: [1] }])
    // As in the reference: a row that an UPDATE finds but leaves as it is counts.
    expect((await connection.execute('UPDATE counted SET a = 1')).rowCount).toBe(1)
    await connection.execute('CREATE PROCEDURE counted_rows() SELECT a FROM counted')
    expect((await connection.execute('CALL counted_rows()')).rows).toEqual([{ a: 1 }])
    await connection.execute('DROP PROCEDURE counted_rows')
    await connection.execute('DROP TABLE counted')
    await connection.close()
  })

  it('runs what the URL asks for', async () => {
    const connection = await driver.connect(
      url.updateQueryDict({ sql_mode: 'ANSI_QUOTES', charset: 'utf8mb4', connect_timeout: '3' }),
    )
    const { rows } = await connection.execute('SELECT @@SESSION.sql_mode AS mode')
    expect(rows).toEqual([{ mode: 'ANSI_QUOTES' }])
    await connection.close()
  })

  it('binds values right where backslashes are no escapes', async () => {
    const connection = await driver.connect(
      url.updateQueryDict({ sql_mode: 'NO_BACKSLASH_ESCAPES' }),
    )
    const text = `\\' OR 1=1 -- `
    expect((await connection.execute('SELECT ? AS v', [text])).rows).toEqual([{ v: text }])
    await connection.close()
  })

  it.each([
    [
      'server down',
      'mysql://u:s3cret@127.0.0.1:1/x',
      "Can't connect to 127.0.0.1:1: connection refused (ECONNREFUSED). Check host and port, and that the server runs: mysqladmin ping -h 127.0.0.1 -P 1",
    ],
    [
      'no such socket',
      'mysql://u:s3cret@/x?unix_socket=/nowhere',
      "Can't connect to /nowhere: no such socket (ENOENT). Check host and port, and that the server runs: mysqladmin ping -S /nowhere",
    ],
    [
      'wrong password',
      'mysql://root:s3cret@127.0.0.1/x',
      /^Can't connect to mysql:\/\/root:\*\*\*@127\.0\.0\.1\/x: Access denied for user 'root'@/,
    ],
    [
      'wrong database',
      'mysql://root@127.0.0.1/no_such_database',
      "Can't connect to mysql://root@127.0.0.1/no_such_database: Unknown database 'no_such_database'",
    ],
  ])('%s: one line, no password', async (_name, text, message) => {
    const error: unknown = await driver.connect(makeUrl(text)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'CONNECTION_FAILED' })
    if (typeof message === 'string') expect((error as Error).message).toBe(message)
    else expect((error as Error).message).toMatch(message)
    expect(inspect(error, { depth: 10 })).not.toContain('s3cret')
  })

  it('knows what is not its own', async () => {
    for (const other of [undefined, null, 'mysql://', {}, { query() {} }, new Map()]) {
      expect(await driver.adopt(other)).toBeUndefined()
    }
  })
})

describe('adopt', () => {
  it.each([
    ['promise', () => mysql2Promise.createConnection(options)],
    ['callback', async () => mysql2.createConnection(options)],
  ])('a mysql2 connection (%s)', async (_, open) => {
    const own = (await open()) as unknown as mysql2Promise.Connection & mysql2.Connection
    const connection = await mysql2Driver.adopt(own)
    expect(await mariadbDriver.adopt(own)).toBeUndefined()
    await expectExactValues(connection)
    await connection?.execute('START TRANSACTION')
    expect(await connection?.isInTransaction()).toBe(true)
    await connection?.execute('ROLLBACK')
    await connection?.close()
    await expectExactValues(await mysql2Driver.adopt(own))
    own.destroy()
  })

  it.each([
    ['promise', () => mysql2Promise.createPool({ ...options, connectionLimit: 1 })],
    ['callback', () => mysql2.createPool({ ...options, connectionLimit: 1 })],
  ])('a mysql2 pool (%s): one connection of it, released at the end', async (_, open) => {
    const pool = open()
    const connection = await mysql2Driver.adopt(pool)
    await expectExactValues(connection)
    await connection?.close()
    const again = await mysql2Driver.adopt(pool)
    await expectExactValues(again)
    await again?.close()
    await pool.end()
  })

  it('a mariadb connection and pool', async () => {
    const own = await mariadb.createConnection({ ...options, rowsAsArray: true })
    const connection = await mariadbDriver.adopt(own)
    expect(await mysql2Driver.adopt(own)).toBeUndefined()
    await expectExactValues(connection)
    await connection?.close()
    expect(own.isValid()).toBe(true)
    await own.end()

    const pool = mariadb.createPool({ ...options, connectionLimit: 1 })
    const pooled = await mariadbDriver.adopt(pool)
    expect(pool.activeConnections()).toBe(1)
    await expectExactValues(pooled)
    expect(await pooled?.isInTransaction()).toBe(false)
    await pooled?.close()
    expect(pool.activeConnections()).toBe(0)
    await pool.end()
  })

  it('a connection that was opened for several statements', async () => {
    const own = await mysql2Promise.createConnection({ ...options, multipleStatements: true })
    const connection = await mysql2Driver.adopt(own)
    const result = await connection?.execute('SET @a = 1; SELECT @a + 1 AS b')
    expect(result?.rows).toEqual([{ b: 2 }])
    await own.end()
  })
})

describe.each([
  ['mysql2', mysql2Driver],
  ['mariadb', mariadbDriver],
])('names of functions are names, through %s', (_name, driver) => {
  it('of tables as well', async () => {
    const connection = await driver.connect(url)
    try {
      await connection.execute('CREATE TABLE now (id INTEGER PRIMARY KEY)')
      await connection.execute('CREATE INDEX ix_now ON now (id)')
      await connection.execute(
        'CREATE TABLE count (id INTEGER, FOREIGN KEY (id) REFERENCES now (id))',
      )
      await connection.execute('INSERT INTO now (id) VALUES (1)')
    } finally {
      await connection.execute('DROP TABLE IF EXISTS count, now')
      await connection.close()
    }
  })
})
