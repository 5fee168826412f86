import type { DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import { ArrayInserts } from './array-insert.ts'
import { bindValue, exactParsers } from './values.ts'

interface PgResult {
  readonly rows: Record<string, unknown>[]
  readonly rowCount: number | null
}

type ParserFor = (oid: number, format?: string) => (value: string) => unknown

interface PgQuery {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly types: { readonly getTypeParser: ParserFor }
}

type ReadyListener = (message: { readonly status: string }) => void

/** What is used of a `pg` Client. */
export interface PgClient {
  readonly connection: {
    on(event: 'readyForQuery', listener: ReadyListener): unknown
    off(event: 'readyForQuery', listener: ReadyListener): unknown
  }
  getTypeParser: ParserFor
  query(query: PgQuery): Promise<PgResult | PgResult[]>
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<unknown>
  end(): Promise<void>
}

/** A session through `pg`. */
export class PgConnection implements DriverConnection {
  readonly raw: PgClient
  readonly #release: () => Promise<void>
  readonly #types: PgQuery['types']
  readonly #arrays = new ArrayInserts((sql, parameters) => this.#run(sql, parameters))
  // The server tells the state after each statement: I idle, T in a transaction, E in a failed one.
  #status = ''
  readonly #onReady: ReadyListener = ({ status }) => {
    this.#status = status
  }

  constructor(raw: PgClient, release: () => Promise<void>) {
    this.raw = raw
    this.#release = release
    this.#types = { getTypeParser: (oid, format) => this.#parserFor(oid, format) }
    raw.connection.on('readyForQuery', this.#onReady)
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    this.#arrays.forget()
    return await this.#run(sql, parameters)
  }

  async #run(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const result = await this.raw.query({
      text: sql,
      types: this.#types,
      // Without values the simple protocol is used, which takes several statements in one text.
      ...(parameters.length === 0 ? {} : { values: parameters.map(bindValue) }),
    })
    const last = Array.isArray(result) ? result.at(-1) : result
    return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? undefined }
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
    this.raw.connection.off('readyForQuery', this.#onReady)
    await this.#release()
  }

  /** An adopted client may have moved since we last listened to it: an empty query makes the server say its state. */
  async #askStatus(): Promise<string> {
    await this.#run('')
    return this.#status
  }

  #parserFor(oid: number, format: string | undefined): (value: string) => unknown {
    const exact = format === 'binary' ? undefined : exactParsers[oid]
    return exact ?? this.raw.getTypeParser(oid, format)
  }
}
