import { versionNumbers } from '../../../engine/driver.ts'
import type { DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { type InsertChunk, runInChunks } from '../../../engine/multi-row-insert.ts'
import { bindValue, exactValue, type TediousColumn } from './values.ts'

interface TediousRequest {
  addParameter(name: string, type: unknown, value: unknown): void
  on(event: 'columnMetadata', listener: () => void): unknown
  on(
    event: 'row',
    listener: (row: readonly TediousColumn[] | Record<string, TediousColumn>) => void,
  ): unknown
}

type Done = (error: Error | null | undefined, rowCount?: number) => void

/** What is used of a connection of `tedious`. */
export interface TediousConnectionObject {
  readonly config?: { readonly options?: { readonly useUTC?: boolean } }
  execSql(request: TediousRequest): void
  execSqlBatch(request: TediousRequest): void
}

/** What is used of the package beside its connections. */
export interface TediousRequests {
  readonly Request: new (sql: string, done: Done) => TediousRequest
  readonly TYPES: Readonly<Record<string, unknown>>
}

// The protocol takes 2100, of which sp_executesql needs two for itself.
const MAX_PARAMETERS = 2098

/** A session through `tedious`. Placeholders are `@1`, `@2`, … */
export class TediousConnection implements DriverConnection {
  readonly raw: TediousConnectionObject
  readonly #package: TediousRequests
  readonly #release: () => Promise<void>

  constructor(
    raw: TediousConnectionObject,
    tedious: TediousRequests,
    release: () => Promise<void>,
  ) {
    this.raw = raw
    this.#package = tedious
    this.#release = release
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const inUtc = this.raw.config?.options?.useUTC !== false
    return await new Promise((resolve, reject) => {
      let rows: Record<string, unknown>[] = []
      const request = new this.#package.Request(sql, (error, rowCount) => {
        if (error === null || error === undefined) resolve({ rows, rowCount })
        else reject(firstError(error))
      })
      // Of several results the last counts.
      request.on('columnMetadata', () => {
        rows = []
      })
      request.on('row', (row) => {
        const columns = Object.values(row)
        rows.push(
          Object.fromEntries(columns.map((it) => [it.metadata.colName, exactValue(it, inUtc)])),
        )
      })
      if (parameters.length === 0) {
        // As a batch: what begins or ends a transaction must not be inside of sp_executesql (error 266).
        this.raw.execSqlBatch(request)
        return
      }
      for (const [index, parameter] of parameters.entries()) {
        const [type, value] = bindValue(parameter)
        request.addParameter(String(index + 1), this.#package.TYPES[type], value)
      }
      this.raw.execSql(request)
    })
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    const run = async (chunk: InsertChunk): Promise<number | undefined> =>
      (await this.execute(chunk.sql, chunk.parameters)).rowCount
    return await runInChunks(sql, rows, place, run, { maxParameters: MAX_PARAMETERS })
  }

  async isInTransaction(): Promise<boolean> {
    const { rows } = await this.execute('SELECT @@TRANCOUNT AS depth')
    return Number(rows[0]?.['depth']) > 0
  }

  async isTransactionFailed(): Promise<boolean> {
    const { rows } = await this.execute('SELECT XACT_STATE() AS state')
    return Number(rows[0]?.['state']) === -1
  }

  async serverVersion(): Promise<readonly number[]> {
    const { rows } = await this.execute(
      "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version",
    )
    return versionNumbers(String(rows[0]?.['version']))
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute('SELECT @@VERSION AS version')
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    await this.#release()
  }
}

/** Of the errors that a statement caused the first says why; the others are its consequences. */
function firstError(error: Error): Error {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  return first instanceof Error ? first : error
}
