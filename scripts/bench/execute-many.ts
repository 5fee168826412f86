import Database from 'better-sqlite3'
import * as mysql2 from 'mysql2/promise'
import { Client } from 'pg'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { serverUrls } from '../../test/live/server-urls.ts'
import { type Bench, type Measurement, paired } from './bench.ts'

const DATABASE = `alembic_speed_${process.pid}`
const ROWS = Array.from({ length: 10_000 }, (_, index) => [index, `name ${index}`, index / 7])
const CREATE = 'CREATE TABLE t (a INTEGER, b VARCHAR(50), c DOUBLE PRECISION)'
const RUNS = 5

const servers = serverUrls()
const postgresql = makeUrl(servers.ALEMBIC_TEST_POSTGRESQL_URL).set({ database: DATABASE })
const mariadb = makeUrl(servers.ALEMBIC_TEST_MARIADB_URL).set({ database: DATABASE })

async function administer(server: string, sql: string): Promise<void> {
  const engine = createEngine(server)
  await (await engine.connect()).execute(sql)
  await engine.dispose()
}

async function milliseconds(work: () => Promise<unknown> | void): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The package alone: one statement per row, in a transaction, prepared where it offers that. */
const bare: Readonly<Record<string, () => Promise<number>>> = {
  sqlite: async () => {
    const database = new Database(':memory:')
    database.exec(CREATE)
    const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)')
    const time = await milliseconds(
      database.transaction(() => {
        for (const row of ROWS) insert.run(...row)
      }),
    )
    database.close()
    return time
  },
  postgresql: async () => {
    const client = new Client({
      connectionString: postgresql.renderAsString({ hidePassword: false }),
    })
    await client.connect()
    await client.query(`DROP TABLE IF EXISTS t; ${CREATE}`)
    const time = await milliseconds(async () => {
      await client.query('BEGIN')
      for (const values of ROWS) await client.query('INSERT INTO t VALUES ($1, $2, $3)', values)
      await client.query('COMMIT')
    })
    await client.end()
    return time
  },
  mariadb: async () => {
    const { host = '', port = 3306, username: user = '', password = '' } = mariadb
    const client = await mysql2.createConnection({ host, port, user, password, database: DATABASE })
    await client.query('DROP TABLE IF EXISTS t')
    await client.query(CREATE)
    const time = await milliseconds(async () => {
      await client.query('BEGIN')
      for (const row of ROWS) await client.execute('INSERT INTO t VALUES (?, ?, ?)', row)
      await client.query('COMMIT')
    })
    await client.end()
    return time
  },
}

const CASES = [
  ['better-sqlite3', 'sqlite', makeUrl('sqlite://'), '?, ?, ?', 1.5],
  ['pg', 'postgresql', postgresql, '$1, $2, $3', 1],
  ['mysql2', 'mariadb', mariadb, '?, ?, ?', 1],
  ['mariadb', 'mariadb', mariadb.set({ drivername: 'mariadb+mariadb' }), '?, ?, ?', 1],
] as const

/** 10,000 rows by `executeMany` against the bare package, row by row in one transaction. */
export const executeMany: Bench = {
  name: 'execute-many',
  async run() {
    await administer(servers.ALEMBIC_TEST_POSTGRESQL_URL, `CREATE DATABASE ${DATABASE}`)
    await administer(servers.ALEMBIC_TEST_MARIADB_URL, `CREATE DATABASE ${DATABASE}`)
    try {
      const measurements: Measurement[] = []
      for (const [packageName, name, url, values, limit] of CASES) {
        const pairs: { value: number; against: number }[] = []
        for (let run = 0; run < RUNS; run++) {
          const against = (await bare[name]?.()) ?? Number.NaN
          pairs.push({ against, value: await ours(url, values) })
        }
        measurements.push(paired(`10,000 rows, ${packageName}, and bare`, 'ms', limit, pairs))
      }
      return measurements
    } finally {
      await administer(
        servers.ALEMBIC_TEST_POSTGRESQL_URL,
        `DROP DATABASE ${DATABASE} WITH (FORCE)`,
      )
      await administer(servers.ALEMBIC_TEST_MARIADB_URL, `DROP DATABASE ${DATABASE}`)
    }
  },
}

async function ours(url: Parameters<typeof createEngine>[0], values: string): Promise<number> {
  const engine = createEngine(url)
  const connection = await engine.connect()
  await connection.execute('DROP TABLE IF EXISTS t')
  await connection.execute(CREATE)
  const time = await milliseconds(() =>
    connection.executeMany(`INSERT INTO t VALUES (${values})`, ROWS),
  )
  await engine.dispose()
  return time
}
