import { connectionFailure } from '../../../engine/driver-failure.ts'
import { exactInteger, versionNumbers } from '../../../engine/driver.ts'
import type { Driver, DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { singleRowInsert } from '../../../engine/multi-row-insert.ts'
import { haveLiterals, runLiteralRows } from './literal-rows.ts'
import { narrowToRow } from './refused-row.ts'
import { describeAddress, serverAddress } from './server-address.ts'
import { mariadbTls } from './tls-options.ts'
import { explainSeveralStatements } from './several-statements.ts'
import { queryResult } from './query-result.ts'
import { bindValue } from './values.ts'

/** Rows, the counts of a statement without any, or for CALL a list of those. */
type Answer = unknown

interface QueryOptions {
  readonly sql: string
  readonly dateStrings: true
  readonly rowsAsArray: false
  readonly metaAsArray: false
  readonly nestTables: false
  readonly typeCast: (column: { readonly type: string }, next: () => unknown) => unknown
}

interface MariadbConnectionObject {
  readonly info: { readonly status: number }
  query(options: QueryOptions): Promise<Answer>
  execute(options: QueryOptions, values: readonly unknown[]): Promise<Answer>
  batch(
    options: { readonly sql: string; readonly fullResult: false },
    rows: readonly (readonly unknown[])[],
  ): Promise<{ readonly affectedRows: number }>
  end(): Promise<void>
}

interface MariadbPool {
  getConnection(): Promise<MariadbConnectionObject & { release(): Promise<void> }>
}

interface Mariadb {
  createConnection(config: Readonly<Record<string, unknown>>): Promise<
    MariadbConnectionObject & {
      on(event: 'error', listener: (error: Error) => void): unknown
    }
  >
}

// The package asks for IGNORE_SPACE, which makes names of functions, `count` or `now`, reserved words (MariaDB 10.11). Where
// the server itself is set up so, it stays.
const USUAL_NAMES = `SET SESSION sql_mode = IF(FIND_IN_SET('IGNORE_SPACE', @@GLOBAL.sql_mode), @@SESSION.sql_mode,
  REPLACE(@@SESSION.sql_mode, 'IGNORE_SPACE', ''))`

/** From here on the package's own batches take more of the processor than text does. */
const MIN_ROWS = 50
const STATUS_IN_TRANSACTION = 1

// Asked for in each query, because an adopted connection may have been opened otherwise.
const EXACT_VALUES = {
  dateStrings: true,
  rowsAsArray: false,
  metaAsArray: false,
  nestTables: false,
  typeCast: (_column, next) => {
    const value = next()
    return typeof value === 'bigint' ? exactInteger(value) : value
  },
} as const satisfies Partial<QueryOptions>

/** A session through `mariadb`. */
export class MariadbConnection implements DriverConnection {
  readonly raw: MariadbConnectionObject
  readonly #release: () => Promise<void>

  constructor(raw: MariadbConnectionObject, release: () => Promise<void>) {
    this.raw = raw
    this.#release = release
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const options = { sql, ...EXACT_VALUES }
    try {
      return queryResult(
        parameters.length === 0
          ? await this.raw.query(options)
          : await this.raw.execute(options, parameters.map(bindValue)),
      )
    } catch (error) {
      throw explainSeveralStatements(error, sql)
    }
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    const insert = rows.length < MIN_ROWS ? undefined : singleRowInsert(sql)
    const isText =
      insert !== undefined &&
      rows.every((row) => row.length === insert.casts.length && !row.some(isBigint)) &&
      haveLiterals(rows)
    if (!isText) {
      const values = rows.map((row) => row.map(bindValue))
      return (await this.raw.batch({ sql, fullResult: false }, values)).affectedRows
    }
    try {
      return await runLiteralRows(insert, rows, place, async (text) => {
        const { rowCount } = await this.execute(text)
        return rowCount
      })
    } catch (error) {
      if (place !== undefined) narrowToRow(place, error)
      throw error
    }
  }

  async isInTransaction(): Promise<boolean> {
    await this.execute('DO 0')
    return (this.raw.info.status & STATUS_IN_TRANSACTION) !== 0
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute('SELECT VERSION() AS version')
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    await this.#release()
  }
}

/** MariaDB and MySQL through `mariadb`. */
export const mariadbDriver: Driver = {
  packageName: 'mariadb',

  async connect(url, connectArgs) {
    const address = serverAddress(url, 'mariadb')
    const { initCommand, socketPath, charset, tls, ...config } = address
    const mariadb = await importDriver<Mariadb>('mariadb')
    try {
      const raw = await mariadb.createConnection({
        ...config,
        ...(socketPath === undefined ? {} : { socketPath }),
        ...(charset === undefined ? {} : { charset }),
        ...(tls === undefined ? {} : { ssl: mariadbTls(tls, address.host) }),
        bitOneIsBoolean: false,
        initSql: [USUAL_NAMES, ...(initCommand === undefined ? [] : [initCommand])],
        ...connectArgs,
      })
      // A connection that drops while idle reports here; the next statement reports it to the user.
      raw.on('error', () => undefined)
      return new MariadbConnection(raw, () => raw.end())
    } catch (error) {
      throw connectionFailure(error, { url, ...describeAddress(address) })
    }
  },

  async adopt(connection) {
    if (!hasBatch(connection)) return undefined
    if (isPool(connection)) {
      const pooled = await connection.getConnection()
      return new MariadbConnection(pooled, () => pooled.release())
    }
    return isConnection(connection)
      ? new MariadbConnection(connection, async () => undefined)
      : undefined
  },
}

function hasBatch(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    'batch' in value &&
    // The flavour with callbacks has the same methods but answers otherwise.
    !/Callback/.test(value.constructor.name)
  )
}

function isPool(value: object): value is MariadbPool {
  return 'getConnection' in value
}

function isConnection(value: object): value is MariadbConnectionObject {
  return 'info' in value && 'query' in value
}

/** The package sends a number of this kind, and text would be another value for a BIT column. */
function isBigint(value: unknown): boolean {
  return typeof value === 'bigint'
}
