import { keyFromServer } from '../../../engine/capital-names.ts'
import { connectionFailure } from '../../../engine/driver-failure.ts'
import { exactInteger, versionNumbers } from '../../../engine/driver.ts'
import type { Driver, DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { runEachRow } from '../../../engine/multi-row-insert.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { transactionVerb } from '../../../engine/transaction-verb.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'

interface IbmDbStatement {
  executeNonQuery(parameters: readonly unknown[]): Promise<number>
  close(): Promise<void>
}

interface IbmDbDatabase {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  prepare(sql: string): Promise<IbmDbStatement>
  beginTransaction(): Promise<void>
  commitTransaction(): Promise<void>
  rollbackTransaction(): Promise<void>
  close(): Promise<void>
}

interface IbmDb {
  open(
    connectionString: string,
    options?: Readonly<Record<string, unknown>>,
  ): Promise<IbmDbDatabase>
}

const DEFAULT_PORT = 50_000
const DEFAULT_CONNECT_SECONDS = 10

/** A session through `ibm_db`, whose transactions are calls instead of statements. */
class IbmDbConnection implements DriverConnection {
  readonly raw: IbmDbDatabase
  readonly #release: () => Promise<void>
  #inTransaction = false

  constructor(raw: IbmDbDatabase, release: () => Promise<void>) {
    this.raw = raw
    this.#release = release
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const verb = transactionVerb(sql)
    switch (verb) {
      case 'begin':
        await this.raw.beginTransaction()
        break
      case 'commit':
        await this.raw.commitTransaction()
        break
      case 'rollback':
        await this.raw.rollbackTransaction()
        break
      case undefined: {
        const rows = await this.#query(sql, parameters.map(bindValue))
        return { rows: rows.map(exactRow), rowCount: undefined }
      }
    }
    this.#inTransaction = verb === 'begin'
    return { rows: [], rowCount: undefined }
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    const statement = await this.raw.prepare(sql)
    try {
      return await runEachRow(rows, place, (row) => statement.executeNonQuery(row.map(bindValue)))
    } finally {
      await statement.close()
    }
  }

  async isInTransaction(): Promise<boolean> {
    return await Promise.resolve(this.#inTransaction)
  }

  async serverVersion(): Promise<readonly number[]> {
    // 'DB2 v11.5.8.0': the 2 is no version.
    return versionNumbers((await this.serverVersionText()).replace(/^DB2\s*v?/i, ''))
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute(
      'SELECT SERVICE_LEVEL AS "version" FROM TABLE(SYSPROC.ENV_GET_INST_INFO()) AS I',
    )
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    await this.#release()
  }

  /** Some failures of the package are plain objects. */
  async #query(sql: string, parameters: readonly unknown[]): ReturnType<IbmDbDatabase['query']> {
    try {
      return await this.raw.query(sql, parameters)
    } catch (error) {
      if (error instanceof Error) throw error
      const { message } = error as { readonly message?: unknown }
      throw new StatementError(String(message ?? error), sql, { cause: error })
    }
  }
}

/** Db2 through `ibm_db`: `db2://user:password@host:50000/SAMPLE`. */
export const ibmDbDriver: Driver = {
  packageName: 'ibm_db',

  async connect(url, connectArgs) {
    const connectionString = formatConnectionString(url)
    const ibmDb = await importDriver<IbmDb>('ibm_db')
    try {
      const database = await ibmDb.open(connectionString, connectArgs)
      return new IbmDbConnection(database, () => database.close())
    } catch (error) {
      const target = `${url.host ?? 'localhost'}:${url.port ?? DEFAULT_PORT}`
      throw connectionFailure(error, { url, target, check: 'db2 connect to <database>' })
    }
  },

  async adopt(connection) {
    const adopted = isDatabase(connection)
      ? new IbmDbConnection(connection, async () => undefined)
      : undefined
    return await Promise.resolve(adopted)
  },
}

/** The keywords of Db2's CLI for a URL; without a host the database is one of the local catalog. */
export function formatConnectionString(url: DatabaseUrl): string {
  const parameters = new UrlParameters(url)
  const seconds = parameters.number('ConnectTimeout', 'connect_timeout') ?? DEFAULT_CONNECT_SECONDS
  const security = parameters.text('Security', 'security')
  const certificate = parameters.text('SSLServerCertificate', 'sslservercertificate')
  const schema = parameters.text('CurrentSchema', 'currentschema')
  parameters.finish('ibm_db')
  const keywords: Readonly<Record<string, string | undefined>> = {
    DATABASE: url.database,
    HOSTNAME: url.host,
    PORT: url.host === undefined ? undefined : String(url.port ?? DEFAULT_PORT),
    PROTOCOL: url.host === undefined ? undefined : 'TCPIP',
    UID: url.username,
    PWD: url.password,
    CONNECTTIMEOUT: String(seconds),
    Security: security,
    SSLServerCertificate: certificate,
    CurrentSchema: schema,
  }
  return Object.entries(keywords)
    .flatMap(([keyword, value]) => (value === undefined ? [] : [`${keyword}=${quoted(value)};`]))
    .join('')
}

/** In quotes where the value holds what would end it. */
function quoted(value: string): string {
  return /[;="]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function exactRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [keyFromServer(name), exactValue(value)]),
  )
}

function exactValue(value: unknown): unknown {
  if (typeof value === 'bigint') return exactInteger(value)
  return value instanceof Uint8Array ? new Uint8Array(value) : value
}

/** A Date is written as its UTC wall clock. */
function bindValue(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '')
  return value instanceof Uint8Array ? Buffer.from(value) : value
}

function isDatabase(value: unknown): value is IbmDbDatabase {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['query', 'prepare', 'beginTransaction', 'commitTransaction', 'rollbackTransaction'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'function',
    )
  )
}
