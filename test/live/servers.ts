import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import {
  connectFirebird,
  createFirebirdDatabase,
  dropFirebirdDatabase,
  firebirdUrl,
  reachFirebird,
} from './firebird.ts'
import { nodeSqlite } from './node-sqlite.ts'
import { isRequired } from './required.ts'
import { serverUrls } from './server-urls.ts'

/** A row as the raw driver gives it. */
export type Row = Record<string, unknown>

/** An empty database of a test's own. */
export interface ScratchDatabase {
  /** The URL as it stands in an `alembic.ini`. */
  readonly url: string
  /** Runs one statement through the raw driver, on one connection of the scratch database, outside the code under test. */
  query(sql: string): Promise<Row[]>
  /** Drops the database, also where the code under test left connections open. */
  dispose(): Promise<void>
}

/** A database system that tests run on. */
export type DatabaseName = 'sqlite' | 'postgresql' | 'mariadb' | 'firebird'

/** Those that every test of the whole tool runs on. */
type MainDatabase = Exclude<DatabaseName, 'firebird'>

/** A database system that tests run on, and whether it is there. */
export interface LiveDatabase<Name extends DatabaseName = MainDatabase> {
  readonly name: Name
  readonly available: boolean
  /** Why it is not available; empty where it is. */
  readonly reason: string
  createScratch(): Promise<ScratchDatabase>
}

interface RawConnection {
  query(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** `ALEMBIC_TEST_SQLITE_DRIVER=node-sqlite` runs the tests on Node's own SQLite. */
const usesNodeSqlite = process.env['ALEMBIC_TEST_SQLITE_DRIVER'] === 'node-sqlite'

const databases = await Promise.all([
  probe('sqlite', connectSqlite, createSqliteScratch),
  probe('postgresql', connectPostgresql, createPostgresqlScratch),
  probe('mariadb', connectMariadb, createMariadbScratch),
  probe('firebird', reachFirebird, createFirebirdScratch),
] as const)

/** All databases, and whether each can be reached here. */
export function liveDatabases(): readonly LiveDatabase<DatabaseName>[] {
  return databases
}

/** A suite for SQLite, PostgreSQL and MariaDB each, as `describeDatabases()` does it. */
export function describeEachDatabase(title: string, define: (db: LiveDatabase) => void): void {
  describeDatabases(['sqlite', 'postgresql', 'mariadb'], title, define)
}

/**
 * A suite for each of the databases. What can't be reached is skipped with a warning, or fails where it is required: by name
 * in `ALEMBIC_TEST_REQUIRE`, or any of them under `CI`.
 */
export function describeDatabases<Name extends DatabaseName>(
  names: readonly Name[],
  title: string,
  define: (db: LiveDatabase<Name>) => void,
): void {
  const isWanted = (db: LiveDatabase<DatabaseName>): db is LiveDatabase<Name> =>
    (names as readonly DatabaseName[]).includes(db.name)
  for (const db of liveDatabases().filter(isWanted)) {
    if (db.available) {
      describe(`${title} (${db.name})`, () => define(db))
    } else if (isRequired(db.name)) {
      it(`${title} (${db.name})`, () => {
        throw new Error(`${db.name} is required here but not reachable: ${db.reason}`)
      })
    } else {
      const skipped = `SKIPPED: ${db.name} not reachable (${db.reason}): ${title}`
      console.warn(skipped)
      describe.skipIf(!db.available)(skipped, () => define(db))
    }
  }
}

async function probe<Name extends DatabaseName>(
  name: Name,
  connect: () => Promise<{ close(): Promise<void> }>,
  createScratch: () => Promise<ScratchDatabase>,
): Promise<LiveDatabase<Name>> {
  try {
    await (await connect()).close()
    return { name, available: true, reason: '', createScratch }
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error)
    return { name, available: false, reason, createScratch }
  }
}

async function connectSqlite(file = ':memory:'): Promise<RawConnection> {
  if (usesNodeSqlite) return connectNodeSqlite(file)
  const { default: Database } = await import('better-sqlite3')
  const db = new Database(file)
  return {
    async query(sql) {
      const statement = db.prepare(sql)
      if (statement.reader) return statement.all() as Row[]
      statement.run()
      return []
    },
    async close() {
      db.close()
    },
  }
}

function connectNodeSqlite(file: string): RawConnection {
  const { DatabaseSync } = nodeSqlite() ?? {}
  if (DatabaseSync === undefined) {
    throw new TypeError(`Node ${process.versions.node} has no node:sqlite`)
  }
  const db = new DatabaseSync(file)
  return {
    query: async (sql) =>
      db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row })),
    close: async () => db.close(),
  }
}

async function connectPostgresql(
  url: string = serverUrls().ALEMBIC_TEST_POSTGRESQL_URL,
): Promise<RawConnection> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  return {
    query: async (sql) => (await client.query<Row>(sql)).rows,
    close: () => client.end(),
  }
}

async function connectMariadb(
  url: string = serverUrls().ALEMBIC_TEST_MARIADB_URL,
): Promise<RawConnection> {
  const { createConnection } = await import('mysql2/promise')
  const { hostname, port, username, password, pathname } = new URL(url)
  const connection = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    charset: 'utf8mb4',
    connectTimeout: 5000,
  })
  return {
    async query(sql) {
      const [rows] = await connection.query(sql)
      return Array.isArray(rows) ? (rows as Row[]) : []
    },
    close: () => connection.end(),
  }
}

async function createSqliteScratch(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-ts-test-'))
  const file = join(folder, 'app.db')
  return scratch(
    `sqlite${usesNodeSqlite ? '+node-sqlite' : ''}:///${file}`,
    () => connectSqlite(file),
    () => rm(folder, { recursive: true }),
  )
}

async function createPostgresqlScratch(): Promise<ScratchDatabase> {
  const name = scratchName()
  await onServer(connectPostgresql, `CREATE DATABASE ${name}`)
  const url = withDatabase(serverUrls().ALEMBIC_TEST_POSTGRESQL_URL, name)
  return scratch(
    url,
    () => connectPostgresql(url),
    () => onServer(connectPostgresql, `DROP DATABASE ${name} WITH (FORCE)`),
  )
}

async function createMariadbScratch(): Promise<ScratchDatabase> {
  const name = scratchName()
  await onServer(connectMariadb, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  const url = withDatabase(serverUrls().ALEMBIC_TEST_MARIADB_URL, name)
  return scratch(
    url,
    () => connectMariadb(url),
    () => onServer(connectMariadb, 'SET lock_wait_timeout = 5', `DROP DATABASE ${name}`),
  )
}

async function createFirebirdScratch(): Promise<ScratchDatabase> {
  const url = firebirdUrl(`${scratchName()}.fdb`)
  await createFirebirdDatabase(url)
  return scratch(
    url,
    () => connectFirebird(url),
    () => dropFirebirdDatabase(url),
  )
}

function scratch(
  url: string,
  connect: () => Promise<RawConnection>,
  drop: () => Promise<void>,
): ScratchDatabase {
  let connection: Promise<RawConnection> | undefined
  return {
    url,
    query: async (sql) => (await (connection ??= connect())).query(sql),
    async dispose() {
      await (await connection)?.close()
      await drop()
    },
  }
}

async function onServer(
  connect: () => Promise<RawConnection>,
  ...statements: readonly string[]
): Promise<void> {
  const connection = await connect()
  try {
    for (const sql of statements) await connection.query(sql)
  } finally {
    await connection.close()
  }
}

function scratchName(): string {
  return `alembic_ts_test_${randomBytes(6).toString('hex')}`
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
