import { connectionFailure, statementFailure } from './driver-failure.ts'
import { exactInteger, versionNumbers } from './driver.ts'
import type { Driver, DriverConnection, QueryResult } from './driver.ts'
import { importDriver } from './import-driver.ts'
import { transactionVerb } from './transaction-verb.ts'
import type { DatabaseUrl } from './url.ts'

interface OdbcResult extends ReadonlyArray<Readonly<Record<string, unknown>>> {
  /** -1 where the driver can't tell. */
  readonly count: number
}

interface OdbcStatement {
  prepare(sql: string): Promise<void>
  bind(parameters: readonly unknown[]): Promise<void>
  execute(): Promise<OdbcResult>
  close(): Promise<void>
}

interface OdbcConnectionObject {
  query(sql: string, parameters?: readonly unknown[]): Promise<OdbcResult>
  createStatement(): Promise<OdbcStatement>
  beginTransaction(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  close(): Promise<void>
}

interface Odbc {
  connect(options: Readonly<Record<string, unknown>>): Promise<OdbcConnectionObject>
}

/** What a dialect says of its connections through ODBC. */
export interface OdbcSettings {
  /** The keywords of the connection string for a URL. Throws UrlError for a parameter that it doesn't know. */
  connectionKeywords(url: DatabaseUrl): Readonly<Record<string, string>>
  /** A query of one row with the column `version`. */
  readonly versionQuery: string
  /** Statements that a new session begins with. */
  readonly sessionStatements?: readonly string[]
}

/**
 * A session through `odbc`, whose transactions are calls instead of statements. Decimals come as the package reads them: as
 * numbers, which hold 15 digits.
 */
class OdbcConnection implements DriverConnection {
  readonly raw: OdbcConnectionObject
  readonly #versionQuery: string
  #inTransaction = false

  constructor(raw: OdbcConnectionObject, versionQuery: string) {
    this.raw = raw
    this.#versionQuery = versionQuery
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const verb = transactionVerb(sql)
    try {
      switch (verb) {
        case 'begin':
          await this.raw.beginTransaction()
          break
        case 'commit':
          await this.raw.commit()
          break
        case 'rollback':
          await this.raw.rollback()
          break
        case undefined: {
          const result = await this.raw.query(sql, parameters.map(bindValue))
          return {
            rows: result.map(exactRow),
            rowCount: result.count < 0 ? undefined : result.count,
          }
        }
      }
    } catch (error) {
      throw statementFailure(serverWords(error), sql, { hasValues: parameters.length > 0 })
    }
    this.#inTransaction = verb === 'begin'
    return { rows: [], rowCount: undefined }
  }

  async executeMany(sql: string, rows: readonly (readonly unknown[])[]): Promise<number> {
    const statement = await this.raw.createStatement()
    let touched = 0
    try {
      await statement.prepare(sql)
      for (const row of rows) {
        await statement.bind(row.map(bindValue))
        touched += Math.max((await statement.execute()).count, 0)
      }
    } catch (error) {
      throw statementFailure(serverWords(error), sql, { hasValues: true })
    } finally {
      await statement.close()
    }
    return touched
  }

  async isInTransaction(): Promise<boolean> {
    return await Promise.resolve(this.#inTransaction)
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute(this.#versionQuery)
    return String(Object.values(rows[0] ?? {})[0])
  }

  async close(): Promise<void> {
    await this.raw.close()
  }
}

/**
 * Makes a dialect's driver through `odbc`. Connections of the user's own can't be taken: they don't tell which database
 * they lead to.
 */
export function odbcDriver(settings: OdbcSettings): Driver {
  return {
    packageName: 'odbc',

    async connect(url, connectArgs) {
      const connectionString = formatConnectionString(url, settings)
      const odbc = await importDriver<Odbc>('odbc')
      let raw: OdbcConnectionObject
      try {
        raw = await odbc.connect({ connectionString, ...connectArgs })
      } catch (error) {
        const target = url.host ?? 'the data source'
        throw connectionFailure(serverWords(error), { url, target, check: 'isql -v <data source>' })
      }
      const connection = new OdbcConnection(raw, settings.versionQuery)
      for (const sql of settings.sessionStatements ?? []) await connection.execute(sql)
      return connection
    },

    async adopt() {
      return await Promise.resolve(undefined)
    },
  }
}

/** `Driver={FreeTDS};Server=db.example.com`; the URL's parameter `odbc_connect` stands for the whole of it. */
export function formatConnectionString(url: DatabaseUrl, settings: OdbcSettings): string {
  const { odbc_connect: whole } = url.query
  if (typeof whole === 'string') return whole
  return Object.entries(settings.connectionKeywords(url))
    .map(([keyword, value]) => `${keyword}=${braced(value)}`)
    .join(';')
}

/** In braces where the value holds what would end it. */
function braced(value: string): string {
  return /[;{}=\s]/.test(value) ? `{${value.replaceAll('}', '}}')}}` : value
}

function exactRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, exactValue(value)]))
}

function exactValue(value: unknown): unknown {
  if (typeof value === 'bigint') return exactInteger(value)
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value
}

/** A Date is written as its UTC wall clock. */
function bindValue(value: unknown): unknown {
  if (value === undefined) return null
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '')
  return value instanceof Uint8Array ? Buffer.from(value) : value
}

/** The package's own message says nothing; what the server said comes in a list. */
function serverWords(error: unknown): unknown {
  if (!(error instanceof Error) || !('odbcErrors' in error)) return error
  const [first] = error.odbcErrors as readonly { readonly message?: string }[]
  if (first?.message !== undefined && first.message !== '') error.message = first.message
  return error
}
