import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import mysql2 from 'mysql2/promise'
import pg from 'pg'
import { describe, it } from 'vitest'
import { isRequired } from '../live/required.ts'
import { liveDatabases, type DatabaseName } from '../live/servers.ts'
import type { NameRules } from './hostile.ts'
import type { RawConnection, Row } from './raw-connection.ts'
import { mariadbFacts, postgresqlFacts, sqliteFacts, type TableFacts } from './facts.ts'
import type { Abilities, Model } from './schema.ts'

/** A database that properties are tried on, with what it allows and how it is asked. */
export interface PropertyServer<Database extends DatabaseName = Exclude<DatabaseName, 'firebird'>> {
  readonly name: string
  readonly database: Database
  /** Runs a property for each of several modes: fewer runs each. */
  readonly share: number
  readonly abilities: Abilities
  /** Parameters for the database's URL. */
  readonly urlParameters: string
  /** What `context.configure()` must be told for a script, where nothing is connected. */
  readonly dialectOpts: Readonly<Record<string, unknown>>
  readonly placeholder: (position: number) => string
  /** The test's own quoting: the compilers are what is tested. */
  readonly quoteName: (name: string) => string
  readonly quoteText: (text: string) => string
  connect(url: string): Promise<RawConnection>
  /** Leaves nothing but what `model` takes for granted: its schema. */
  reset(raw: RawConnection, model: Pick<Model, 'schema'>): Promise<void>
  readFacts(raw: RawConnection, model: Model): Promise<Readonly<Record<string, TableFacts>>>
}

const doubled = (quote: string) => (name: string) =>
  quote + name.replaceAll(quote, quote + quote) + quote
const quoteStandardText = doubled("'")
const bytes = (text: string): number => Buffer.byteLength(text)

const PG_SYSTEM_COLUMNS = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', 'oid'])

const postgresqlNames: NameRules = {
  fits: (name) => bytes(name) <= 63 && !PG_SYSTEM_COLUMNS.has(name),
  fold: (name) => name,
  pad: (name) => name + 'y'.repeat(Math.max(0, 63 - bytes(name))),
}

/** Whether all characters are of the basic plane, of 16 bits. */
const isBasic = (text: string): boolean => /^[\0-\uFFFF]*$/u.test(text)

// Names are stored in three bytes a character. Tables are files: what isn't a letter or digit takes five characters of a
// file's name, and a temporary one has a prefix.
const mariadbNames: NameRules = {
  fits: (name) =>
    name.length <= 64 &&
    isBasic(name) &&
    !/\s$/.test(name) &&
    name.replaceAll(/[^A-Za-z0-9_]/g, '12345').length <= 150,
  fold: (name) =>
    name
      .replaceAll(/[^\0-\uFFFF]/gu, '')
      .normalize('NFKD')
      .replaceAll(/\P{ASCII}/gu, '')
      .trimEnd()
      .toUpperCase(),
  pad: (name) => name + 'y'.repeat(Math.max(0, 64 - name.length)),
}

const sqliteNames: NameRules = {
  fits: (name) => !/^sqlite_/i.test(name),
  fold: (name) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  pad: (name) => name + 'y'.repeat(200),
}

const anyText: NameRules = { fits: () => true, fold: (text) => text, pad: (text) => text }

export const postgresql: PropertyServer = {
  name: 'postgresql',
  database: 'postgresql',
  share: 1,
  abilities: {
    names: postgresqlNames,
    fitsComment: () => true,
    fitsReflection: () => true,
    enumValues: { ...postgresqlNames, fits: (value) => bytes(value) <= 63 },
    hasSchemas: true,
    hasComments: true,
    hasAlter: true,
    renamesTables: true,
  },
  urlParameters: '',
  dialectOpts: {},
  placeholder: (position) => `$${position}`,
  quoteName: doubled('"'),
  quoteText: quoteStandardText,
  async connect(url) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('SET client_min_messages = error')
    return {
      query: async (sql, values) => (await client.query<Row>(sql, values as unknown[])).rows,
      script: async (sql) => void (await client.query(sql)),
      close: () => client.end(),
    }
  },
  async reset(raw, { schema }) {
    const schemas = await raw.query(
      `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'`,
    )
    for (const { name } of schemas) await raw.query(`DROP SCHEMA ${String(name)} CASCADE`)
    await raw.query('CREATE SCHEMA public')
    if (schema !== null) await raw.query(`CREATE SCHEMA ${doubled('"')(schema)}`)
  },
  readFacts: postgresqlFacts,
}

const mariadbModes = (mode: string): PropertyServer => ({
  name: mode === '' ? 'mariadb' : `mariadb, ${mode}`,
  database: 'mariadb',
  share: 3,
  abilities: {
    names: mariadbNames,
    // The server stores comments in three bytes a character too, with `?` for what doesn't fit.
    fitsComment: isBasic,
    // Literals it stores as they are; what information_schema says of them has been through those three bytes.
    fitsReflection: isBasic,
    enumValues: {
      ...mariadbNames,
      fits: (value) => !value.endsWith(' '),
      fold: mariadbNames.fold,
    },
    hasSchemas: false,
    hasComments: true,
    hasAlter: true,
    renamesTables: true,
  },
  urlParameters: `?sql_mode=${encodeURIComponent(sqlMode(mode))}`,
  dialectOpts: mode.includes('BACKSLASH') ? { flags: { backslashEscapes: false } } : {},
  placeholder: () => '?',
  quoteName: doubled('`'),
  quoteText: mode.includes('BACKSLASH')
    ? quoteStandardText
    : (text) => quoteStandardText(text.replaceAll('\\', '\\\\')),
  async connect(url) {
    const { hostname, port, username, password, pathname } = new URL(url)
    const connection = await mysql2.createConnection({
      host: hostname,
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1),
      charset: 'utf8mb4',
      multipleStatements: true,
    })
    await connection.query(`SET SESSION sql_mode = '${sqlMode(mode)}'`)
    const rowsOf = (answer: unknown): Row[] => (Array.isArray(answer) ? (answer as Row[]) : [])
    return {
      query: async (sql, values) =>
        rowsOf(
          values === undefined
            ? (await connection.query(sql))[0]
            : (await connection.execute(sql, values as string[]))[0],
        ),
      script: async (sql) => void (await connection.query(sql)),
      close: () => connection.end(),
    }
  },
  async reset(raw) {
    const tables = await raw.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    )
    await raw.query('SET foreign_key_checks = 0')
    for (const { name } of tables) await raw.query(`DROP TABLE ${doubled('`')(String(name))}`)
    await raw.query('SET foreign_key_checks = 1')
  },
  readFacts: mariadbFacts,
})

function sqlMode(mode: string): string {
  return ['STRICT_TRANS_TABLES', mode].filter((word) => word !== '').join(',')
}

export const sqlite: PropertyServer = {
  name: 'sqlite',
  database: 'sqlite',
  share: 1,
  abilities: {
    names: sqliteNames,
    fitsComment: () => true,
    fitsReflection: () => true,
    enumValues: anyText,
    hasSchemas: false,
    hasComments: false,
    hasAlter: false,
    renamesTables: false,
  },
  urlParameters: '',
  dialectOpts: {},
  placeholder: () => '?',
  quoteName: doubled('"'),
  quoteText: quoteStandardText,
  connect(url) {
    const database = new Database(url.replace('sqlite:///', ''))
    return Promise.resolve({
      async query(sql, values = []) {
        const statement = database.prepare(sql)
        if (statement.reader) return statement.all(...values) as Row[]
        statement.run(...values)
        return []
      },
      async script(sql) {
        database.exec(sql)
      },
      async close() {
        database.close()
      },
    })
  },
  async reset(raw) {
    await raw.query('PRAGMA foreign_keys = 0')
    const tables = await raw.query("SELECT name FROM sqlite_schema WHERE type = 'table'")
    for (const { name } of tables) await raw.query(`DROP TABLE ${doubled('"')(String(name))}`)
  },
  readFacts: sqliteFacts,
}

/** Every server with every mode that changes what a literal or a name is. */
export const propertyServers: readonly PropertyServer[] = [
  postgresql,
  mariadbModes(''),
  mariadbModes('NO_BACKSLASH_ESCAPES'),
  mariadbModes('ANSI_QUOTES,NO_BACKSLASH_ESCAPES'),
  sqlite,
]

/** A suite for each of them, as `describeServers()` does it. */
export function describeEachServer(title: string, define: (server: PropertyServer) => void): void {
  describeServers(propertyServers, title, define)
}

/** A suite for each; what can't be reached is skipped with a warning, or fails where it is required. */
export function describeServers<Database extends DatabaseName>(
  servers: readonly PropertyServer<Database>[],
  title: string,
  define: (server: PropertyServer<Database>) => void,
): void {
  for (const server of servers) {
    const live = liveDatabases().find(({ name }) => name === server.database)
    const full = `${title} on ${server.name}`
    const isAvailable = live?.available ?? false
    if (isAvailable) describe(full, () => define(server))
    else if (isRequired(server.database)) {
      it(full, () => {
        throw new Error(`${server.database} is required here but not reachable: ${live?.reason}`)
      })
    } else {
      console.warn(`SKIPPED: ${server.database} not reachable (${live?.reason}): ${title}`)
      describe.skipIf(!isAvailable)(full, () => define(server))
    }
  }
}

/** An empty database of the server, as a URL of ours and as one of the raw package. */
export async function openScratch(
  server: PropertyServer<DatabaseName>,
): Promise<{ readonly url: string; readonly rawUrl: string; dispose(): Promise<void> }> {
  if (server.database === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'alembic-ts-property-'))
    const url = `sqlite:///${join(folder, 'app.db')}`
    return { url, rawUrl: url, dispose: () => Promise.resolve(rmSync(folder, { recursive: true })) }
  }
  const found = liveDatabases().find(({ name }) => name === server.database)
  if (found === undefined) throw new TypeError(`no ${server.database} among the live databases`)
  const scratch = await found.createScratch()
  return {
    url: scratch.url + server.urlParameters,
    rawUrl: scratch.url,
    dispose: () => scratch.dispose(),
  }
}
