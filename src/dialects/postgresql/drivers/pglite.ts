import { ConnectionError, UrlError } from '../../../errors/driver-error.ts'
import { driverMessage } from '../../../engine/driver-failure.ts'
import type { Driver, DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import { ArrayInserts } from './array-insert.ts'
import { bindValue, exactParsers } from './values.ts'

interface PgliteResult {
  readonly rows: Record<string, unknown>[]
  readonly fields: readonly unknown[]
  readonly affectedRows?: number
}

type Converters = Readonly<Record<number, (value: never) => unknown>>

interface PgliteDatabase {
  readonly waitReady: Promise<void>
  query(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly parsers: Converters; readonly serializers: Converters },
  ): Promise<PgliteResult>
  exec(sql: string, options: { readonly parsers: Converters }): Promise<PgliteResult[]>
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>
  runExclusive<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

interface Pglite {
  readonly PGlite: new (options: Readonly<Record<string, unknown>>) => PgliteDatabase
}

const BOOL_OID = 16
// "Query" with an empty text; the server's answer ends with ReadyForQuery, whose last byte is the state.
const EMPTY_QUERY = Uint8Array.of(0x51, 0, 0, 0, 5, 0)

/** A session through PGlite: PostgreSQL in this process. */
export class PgliteConnection implements DriverConnection {
  readonly raw: PgliteDatabase
  readonly #owned: boolean
  readonly #arrays = new ArrayInserts((sql, parameters) => this.#run(sql, parameters))

  constructor(raw: PgliteDatabase, owned: boolean) {
    this.raw = raw
    this.#owned = owned
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    this.#arrays.forget()
    return await this.#run(sql, parameters)
  }

  async #run(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    // Only exec() takes several statements in one text, only query() takes values.
    const result =
      parameters.length === 0
        ? (await this.raw.exec(sql, { parsers: exactParsers })).at(-1)
        : await this.raw.query(sql, parameters.map(serialize), {
            parsers: exactParsers,
            serializers: { [BOOL_OID]: String },
          })
    if (result === undefined) return { rows: [], rowCount: undefined }
    const { rows, fields, affectedRows } = result
    return { rows, rowCount: fields.length > 0 ? rows.length : affectedRows }
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    return await this.#arrays.run(sql, rows, place)
  }

  async isInTransaction(): Promise<boolean> {
    return (await this.#askStatus()) !== 'I'
  }

  async isTransactionFailed(): Promise<boolean> {
    return (await this.#askStatus()) === 'E'
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute('SELECT version() AS version')
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    if (this.#owned) await this.raw.close()
  }

  async #askStatus(): Promise<string> {
    const answer = await this.raw.runExclusive(() => this.raw.execProtocolRaw(EMPTY_QUERY))
    return String.fromCharCode(answer.at(-1) ?? 0)
  }
}

/** PostgreSQL through `@electric-sql/pglite`: `postgresql+pglite://` (memory) or `postgresql+pglite:///folder`. */
export const pgliteDriver: Driver = {
  packageName: '@electric-sql/pglite',

  async connect(url, connectArgs) {
    if (url.host !== undefined) {
      throw new UrlError(
        `${url.toString()} names a host, which PGlite has none of; write ${url.drivername}:///folder, or ${url.drivername}:// for a database in memory`,
      )
    }
    new UrlParameters(url).finish('pglite')
    const { PGlite } = await importDriver<Pglite>('@electric-sql/pglite')
    const dataDir = url.database || undefined
    try {
      const database = new PGlite({
        ...(dataDir === undefined ? {} : { dataDir }),
        ...(url.username === undefined ? {} : { username: url.username }),
        ...connectArgs,
      })
      await database.waitReady
      return new PgliteConnection(database, true)
    } catch (cause) {
      const where = dataDir === undefined ? 'in memory' : `'${dataDir}'`
      throw new ConnectionError(
        `Can't open the PGlite database ${where}: ${driverMessage(cause)}. Check that its folder can be read and written`,
        { cause },
      )
    }
  },

  async adopt(connection) {
    return isPglite(connection) ? new PgliteConnection(connection, false) : undefined
  },
}

/** PGlite refuses values that aren't of the JavaScript class it pairs with the type; text is taken for every type. */
function serialize(value: unknown): unknown {
  const bound = bindValue(value)
  switch (typeof bound) {
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(bound)
    case 'object':
      return bound === null || Array.isArray(bound) || bound instanceof Uint8Array
        ? bound
        : JSON.stringify(bound)
    case 'string':
    case 'undefined':
    case 'symbol':
    case 'function':
      return bound
  }
}

function isPglite(value: unknown): value is PgliteDatabase {
  return (
    typeof value === 'object' &&
    value !== null &&
    'execProtocolRaw' in value &&
    'runExclusive' in value &&
    'waitReady' in value
  )
}
