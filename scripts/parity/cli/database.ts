import { journalTableName } from '../../../src/runtime/journal/journal-table.ts'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serverUrls } from '../../../test/live/server-urls.ts'
import type { DatabaseState } from './transcript.ts'

/** The database of one transcript. */
export interface TranscriptDatabase {
  /** What stands for `<URL>` in the configuration, without a password. */
  readonly url: string
  execute(sql: string): Promise<void>
  /** The rows of the version table and the names of all other tables; null where there is no database. */
  readState(versionTable: string): Promise<DatabaseState | null>
  dispose(): Promise<void>
}

type Rows = readonly Readonly<Record<string, unknown>>[]
type Query = (sql: string) => Promise<Rows>

/** Makes an empty database for a transcript of the vectors' `server`, the second part of their ids' file names. */
export async function createDatabase(server: string, folder: string): Promise<TranscriptDatabase> {
  switch (server) {
    case 'postgresql':
      return await createPostgresql()
    case 'mariadb':
      return await createMariadb()
    default:
      return await openSqlite(join(folder, 'app.db'))
  }
}

async function openSqlite(file: string): Promise<TranscriptDatabase> {
  const { default: Database } = await import('better-sqlite3')
  const query: Query = async (sql) => {
    const database = new Database(file)
    try {
      const statement = database.prepare(sql)
      return statement.reader ? (statement.all() as Rows) : (statement.run(), [])
    } finally {
      database.close()
    }
  }
  const tables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
  return {
    url: `sqlite:///${file}`,
    execute: async (sql) => void (await query(sql)),
    readState: async (versionTable) =>
      existsSync(file) ? await readTables(query, tables, versionTable) : null,
    dispose: async () => undefined,
  }
}

async function createPostgresql(): Promise<TranscriptDatabase> {
  const { default: pg } = await import('pg')
  const server = new URL(serverUrls().ALEMBIC_TEST_POSTGRESQL_URL)
  const name = scratchName()
  const connect = async (database: string): Promise<InstanceType<typeof pg.Client>> => {
    const url = new URL(server)
    url.pathname = database
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    return client
  }
  const admin = await connect(server.pathname.slice(1))
  await admin.query(`CREATE DATABASE ${name}`)
  const client = await connect(name)
  const query: Query = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows
  const url = new URL(server)
  url.pathname = name
  const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
  return {
    url: url.href,
    execute: async (sql) => void (await query(sql)),
    readState: async (versionTable) => await readTables(query, tables, versionTable),
    dispose: async () => {
      await client.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

async function createMariadb(): Promise<TranscriptDatabase> {
  const { createConnection } = await import('mysql2/promise')
  const server = new URL(serverUrls().ALEMBIC_TEST_MARIADB_URL)
  const name = scratchName()
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  })
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  await connection.query(`USE ${name}`)
  const query: Query = async (sql) => (await connection.query(sql))[0] as unknown as Rows
  const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${name}'`
  // The vectors were recorded through the dialect named mysql.
  const url = `mysql+pymysql://${server.username}${server.password && `:${server.password}`}@${server.host}/${name}`
  return {
    url,
    execute: async (sql) => void (await query(sql)),
    readState: async (versionTable) => await readTables(query, tables, versionTable),
    dispose: async () => {
      await connection.query(`DROP DATABASE ${name}`)
      await connection.end()
    },
  }
}

async function readTables(
  query: Query,
  tablesSql: string,
  versionTable: string,
): Promise<DatabaseState> {
  const names = (await query(tablesSql)).map(({ name }) => String(name)).toSorted()
  const rows = names.includes(versionTable)
    ? await query(`SELECT version_num FROM ${versionTable}`)
    : null
  return {
    version: rows === null ? null : rows.map((row) => String(row['version_num'])).toSorted(),
    // The journal stands beside the version table after a failure that could not be rolled back (docs/differences.md).
    tables: names.filter((name) => ![versionTable, journalTableName(versionTable)].includes(name)),
  }
}

function scratchName(): string {
  return `alembic_cli_${randomBytes(6).toString('hex')}`
}
