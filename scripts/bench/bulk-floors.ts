import Database from 'better-sqlite3'
import * as mariadb from 'mariadb'
import * as mysql2 from 'mysql2/promise'
import { Client } from 'pg'
import { type BulkRow, CREATE, NAMES, rowsUpTo } from './bulk-rows.ts'
import { type Cost, costOf } from './bulk-cost.ts'
import type { DatabaseUrl } from '../../src/engine/url.ts'

/** Inserts the rows with a package alone, in a transaction; the table is there, begin and commit are not timed. */
export type Floor = (url: DatabaseUrl, rows: number) => Promise<Cost>

const INTO = `INSERT INTO people (${NAMES.join(', ')})`

/** One statement, prepared once. */
const sqlitePrepared: Floor = async (url, rows) => {
  const database = new Database(url.database)
  database.exec(`DROP TABLE IF EXISTS people; ${CREATE}; BEGIN IMMEDIATE`)
  const cost = await costOf(() => {
    const insert = database.prepare(`${INTO} VALUES (?, ?, ?, ?, ?, ?)`)
    for (const row of rowsUpTo(rows)) insert.run(valuesOf(row))
  })
  database.exec('COMMIT')
  database.close()
  return cost
}

/** Several rows a statement, which our own way does as well; integers as integers. */
export const sqliteSeveral: Floor = async (url, rows) => {
  const database = new Database(url.database)
  database.exec(`DROP TABLE IF EXISTS people; ${CREATE}; BEGIN IMMEDIATE`)
  const size = 32
  const cost = await costOf(async () => {
    const lists = Array(size).fill('(?, ?, ?, ?, ?, ?)').join(', ')
    const several = database.prepare(`${INTO} VALUES ${lists}`)
    const one = database.prepare(`${INTO} VALUES (?, ?, ?, ?, ?, ?)`)
    let values: unknown[] = []
    for (const row of rowsUpTo(rows)) {
      values.push(BigInt(row.id), row.email, row.name, BigInt(row.visits), row.balance, row.joined)
      if (values.length < size * NAMES.length) continue
      several.run(values)
      values = []
    }
    for (let at = 0; at < values.length; at += NAMES.length) {
      one.run(values.slice(at, at + NAMES.length))
    }
  })
  database.exec('COMMIT')
  database.close()
  return cost
}

/** An array for each column. */
const postgresqlArrays =
  (size: number): Floor =>
  async (url, rows) => {
    const client = new Client({ connectionString: url.renderAsString({ hidePassword: false }) })
    await client.connect()
    await client.query(`DROP TABLE IF EXISTS people; ${CREATE}; BEGIN`)
    const sql = `${INTO} SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::float8[], $6::timestamp[])`
    const cost = await costOf(async () => {
      let columns: unknown[][] = NAMES.map(() => [])
      for (const row of rowsUpTo(rows)) {
        for (const [at, value] of valuesOf(row).entries()) columns[at]?.push(value)
        if (columns[0]?.length !== size) continue
        await client.query(sql, columns)
        columns = NAMES.map(() => [])
      }
      if (columns[0]?.length !== 0) await client.query(sql, columns)
    })
    await client.query('COMMIT')
    await client.end()
    return cost
  }

/** Many rows in a statement, with the values written into its text. */
const mysql2Literals =
  (size: number): Floor =>
  async (url, rows) => {
    const client = await mysql2.createConnection(optionsOf(url))
    await client.query('DROP TABLE IF EXISTS people')
    await client.query(CREATE)
    await client.query('BEGIN')
    const cost = await costOf(() =>
      inBatches(rows, size, (batch) => client.query(`${INTO} VALUES ?`, [batch])),
    )
    await client.query('COMMIT')
    await client.end()
    return cost
  }

/** The protocol's own way for many rows. */
const mariadbBatch =
  (size: number): Floor =>
  async (url, rows) => {
    const client = await mariadb.createConnection(optionsOf(url))
    await client.query('DROP TABLE IF EXISTS people')
    await client.query(CREATE)
    await client.beginTransaction()
    const cost = await costOf(() =>
      inBatches(rows, size, (batch) => client.batch(`${INTO} VALUES (?, ?, ?, ?, ?, ?)`, batch)),
    )
    await client.commit()
    await client.end()
    return cost
  }

/** What each package can do best; of several the best counts. */
export const floors: Readonly<Record<string, readonly Floor[]>> = {
  'better-sqlite3': [sqlitePrepared],
  pg: [postgresqlArrays(1000), postgresqlArrays(5000)],
  mysql2: [mysql2Literals(1000), mysql2Literals(5000)],
  mariadb: [mariadbBatch(1000), mariadbBatch(5000)],
}

function valuesOf(row: BulkRow): unknown[] {
  return [row.id, row.email, row.name, row.visits, row.balance, row.joined]
}

function optionsOf(url: DatabaseUrl): {
  host: string
  port: number
  user: string
  password: string
  database: string
} {
  const { host = '', port = 3306, username: user = '', password = '', database = '' } = url
  return { host, port, user, password, database }
}

async function inBatches(
  rows: number,
  size: number,
  send: (batch: unknown[][]) => Promise<unknown>,
): Promise<void> {
  let batch: unknown[][] = []
  for (const row of rowsUpTo(rows)) {
    if (batch.push(valuesOf(row)) < size) continue
    await send(batch)
    batch = []
  }
  if (batch.length > 0) await send(batch)
}
