import { inspect } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pgDriver } from '../../../../src/dialects/postgresql/drivers/pg.ts'
import { pgliteDriver } from '../../../../src/dialects/postgresql/drivers/pglite.ts'
import type { DriverConnection } from '../../../../src/engine/driver.ts'
import { makeUrl } from '../../../../src/engine/url.ts'
import type { ContractTarget } from '../../../engine/driver-contract.ts'
import { describeDriver, dollar } from '../../../engine/driver-contract.ts'

const DATABASE = `alembic_drivers_${process.pid}`
const SERVER =
  process.env['ALEMBIC_TEST_POSTGRESQL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
const url = makeUrl(SERVER).set({ database: DATABASE })

const postgresql = (open: ContractTarget['open']): ContractTarget => ({
  open,
  placeholder: dollar,
  columns: {
    integer: 'BIGINT',
    decimal: 'NUMERIC(30, 10)',
    bytes: 'BYTEA',
    moment: 'TIMESTAMP',
    text: 'VARCHAR(400)',
  },
  momentText: '2024-02-29 23:59:58.123',
  severalStatements: true,
})

async function administer(sql: string): Promise<void> {
  const admin = await pgDriver.connect(makeUrl(SERVER))
  await admin.execute(sql)
  await admin.close()
}

beforeAll(() => administer(`CREATE DATABASE ${DATABASE}`))
afterAll(() => administer(`DROP DATABASE ${DATABASE} WITH (FORCE)`))

describeDriver(
  'pg',
  postgresql(() => pgDriver.connect(url)),
)
describeDriver(
  'pglite',
  postgresql(() => pgliteDriver.connect(makeUrl('postgresql+pglite://'))),
)

async function expectExactValues(connection: DriverConnection | undefined): Promise<void> {
  const result = await connection?.execute(`
    SELECT 9007199254740993::int8 AS big, 7::int8 AS small, 1.10::numeric AS dec,
      '2024-02-29'::date AS d, '2024-02-29 01:02:03.000004'::timestamp AS ts, '10:00'::time AS t,
      '1 day 02:00'::interval AS i, 'infinity'::timestamp AS inf, '{1,9007199254740993,NULL}'::int8[] AS bigs,
      '{{1.10},{2.0}}'::numeric[] AS decs, '{2024-01-01}'::date[] AS ds, '{"a,b",NULL,"q\\""}'::text[] AS texts,
      true AS b, '{"k": [1]}'::jsonb AS j, 1.5::float8 AS f, 3::int4 AS n`)
  expect(result?.rows).toEqual([
    {
      big: 9007199254740993n,
      small: 7,
      dec: '1.10',
      d: '2024-02-29',
      ts: '2024-02-29 01:02:03.000004',
      t: '10:00:00',
      i: '1 day 02:00:00',
      inf: 'infinity',
      bigs: [1, 9007199254740993n, null],
      decs: [['1.10'], ['2.0']],
      ds: ['2024-01-01'],
      texts: ['a,b', null, 'q"'],
      b: true,
      j: { k: [1] },
      f: 1.5,
      n: 3,
    },
  ])
}

async function expectFailedTransactionSeen(
  connection: DriverConnection | undefined,
): Promise<void> {
  await connection?.execute('BEGIN')
  await expect(connection?.execute('SELECT 1 / 0')).rejects.toThrow('division by zero')
  expect(await connection?.isInTransaction()).toBe(true)
  expect(await connection?.isTransactionFailed?.()).toBe(true)
  await connection?.execute('ROLLBACK')
  expect(await connection?.isTransactionFailed?.()).toBe(false)
}

describe('pg', () => {
  it('keeps every type exact', async () => {
    const connection = await pgDriver.connect(url)
    await expectExactValues(connection)
    await expectFailedTransactionSeen(connection)
    await connection.close()
  })

  it('binds arrays, JSON and booleans', async () => {
    const connection = await pgDriver.connect(url)
    const { rows } = await connection.execute(
      'SELECT $1::int[] AS a, $2::jsonb AS j, $3::bool AS b, $4::timestamptz[] = $5 AS same',
      [[1, 2], { k: 1 }, false, [new Date(0)], '{1970-01-01T00:00:00Z}'],
    )
    expect(rows).toEqual([{ a: [1, 2], j: { k: 1 }, b: false, same: true }])
    await connection.close()
  })

  it('connects by a Unix socket and with several hosts', async () => {
    const application = 'alembic test'
    const socket = makeUrl(`postgresql://postgres@/${DATABASE}?host=/var/run/postgresql`)
    // The server here trusts TCP only; that it refuses by name shows that the socket was reached.
    const answer = await pgDriver.connect(socket).then(
      async (connection) => {
        await connection.close()
        return 'connected'
      },
      (error: unknown) => String(error),
    )
    expect(answer).toMatch(/^connected$|authentication failed for user "postgres"/)
    const several = makeUrl(
      `postgresql+psycopg2://postgres@/${DATABASE}?host=127.0.0.1:1&host=127.0.0.1:5432&application_name=${application}&sslmode=prefer`,
    )
    const connection = await pgDriver.connect(several)
    const { rows } = await connection.execute("SELECT current_setting('application_name') AS name")
    expect(rows).toEqual([{ name: application }])
    await connection.close()
  })

  it.each([
    [
      'server down',
      'postgresql://u:s3cret@127.0.0.1:1/x',
      "Can't connect to 127.0.0.1:1: connection refused (ECONNREFUSED). Check host and port, and that the server runs: pg_isready -h 127.0.0.1 -p 1",
    ],
    [
      'unknown host',
      'postgresql://u:s3cret@no-such-host.invalid/x',
      /^Can't connect to no-such-host.invalid:5432: .* \((?:ENOTFOUND|EAI_AGAIN)\)\. Check host and port/,
    ],
    [
      'no such socket',
      'postgresql://u:s3cret@/x?host=/nowhere',
      "Can't connect to /nowhere/.s.PGSQL.5432: no such socket (ENOENT). Check host and port, and that the server runs: pg_isready -h /nowhere -p 5432",
    ],
    [
      'wrong database',
      'postgresql://postgres:s3cret@127.0.0.1/no_such_database',
      `Can't connect to postgresql://postgres:***@127.0.0.1/no_such_database: database "no_such_database" does not exist`,
    ],
    [
      'TLS that the server lacks',
      'postgresql://postgres:s3cret@127.0.0.1/postgres?sslmode=verify-full&sslrootcert=system&host=127.0.0.1:1',
      /127\.0\.0\.1:1: connection refused/,
    ],
  ])('%s: one line, no password', async (_, text, message) => {
    const error: unknown = await pgDriver.connect(makeUrl(text)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'CONNECTION_FAILED' })
    if (typeof message === 'string') expect((error as Error).message).toBe(message)
    else expect((error as Error).message).toMatch(message)
    expect(inspect(error, { depth: 10 })).not.toContain('s3cret')
  })

  it('refuses what it does not know', async () => {
    await expect(pgDriver.connect(makeUrl('postgresql://h/x?sslmode=maybe'))).rejects.toThrow(
      "The parameter 'sslmode' of the database URL must be disable, allow, prefer, require, verify-ca or verify-full, not 'maybe'",
    )
    await expect(pgDriver.connect(makeUrl('postgresql://h/x?schema=public'))).rejects.toThrow(
      "The driver 'pg' doesn't know the parameter 'schema' of the database URL; remove it there",
    )
    await expect(
      pgDriver.connect(makeUrl('postgresql://h/x?sslrootcert=/no/ca.pem&sslmode=verify-ca')),
    ).rejects.toThrow("Can't read the file '/no/ca.pem' of the URL's parameter 'sslrootcert'")
  })
})

describe('adopt', () => {
  const connectionString = url.renderAsString({ hidePassword: false })

  it('a pg Client, inside its transaction', async () => {
    const client = new Client({ connectionString })
    await expect(pgDriver.adopt(client)).rejects.toThrow('await client.connect() first')
    await client.connect()
    await client.query('BEGIN')
    const connection = await pgDriver.adopt(client)
    expect(await connection?.isInTransaction()).toBe(true)
    await client.query('COMMIT')
    expect(await connection?.isInTransaction()).toBe(false)
    await expectExactValues(connection)
    await connection?.close()
    expect((await client.query('SELECT 1 AS still')).rows).toEqual([{ still: 1 }])
    await client.end()
  })

  it('a pg Pool: one client of it, released at the end', async () => {
    const pool = new Pool({ connectionString, max: 1 })
    const connection = await pgDriver.adopt(pool)
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 0])
    await expectExactValues(connection)
    await connection?.close()
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
    expect((await pool.query('SELECT 1 AS still')).rows).toEqual([{ still: 1 }])
    await pool.end()
  })

  it("a pool's client, which stays checked out", async () => {
    const pool = new Pool({ connectionString, max: 1 })
    const client = await pool.connect()
    const connection = await pgDriver.adopt(client)
    await connection?.execute('SELECT 1')
    await connection?.close()
    expect(pool.idleCount).toBe(0)
    client.release()
    await pool.end()
  })

  it('a PGlite', async () => {
    const database = new PGlite()
    const connection = await pgliteDriver.adopt(database)
    expect(await pgDriver.adopt(database)).toBeUndefined()
    await expectExactValues(connection)
    await expectFailedTransactionSeen(connection)
    await connection?.close()
    expect((await database.query('SELECT 1 AS still')).rows).toEqual([{ still: 1 }])
    await database.close()
  })

  it('knows what is not its own', async () => {
    for (const other of [undefined, null, 'postgresql://', {}, { query() {} }, new Map()]) {
      expect(await pgDriver.adopt(other)).toBeUndefined()
      expect(await pgliteDriver.adopt(other)).toBeUndefined()
    }
  })
})

describe('pglite', () => {
  it('refuses a host and names a folder that it cannot use', async () => {
    await expect(pgliteDriver.connect(makeUrl('postgresql+pglite://folder'))).rejects.toThrow(
      'postgresql+pglite://folder names a host, which PGlite has none of; write postgresql+pglite:///folder, or postgresql+pglite:// for a database in memory',
    )
    await expect(
      pgliteDriver.connect(makeUrl('postgresql+pglite:////proc/nothing')),
    ).rejects.toThrow("Can't open the PGlite database '/proc/nothing'")
  })
})
