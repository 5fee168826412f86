import { keyFromServer } from '../../../engine/capital-names.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import type { DriverConnection, QueryResult } from '../../../engine/driver.ts'
import { bindValue, fetchTypeHandler, type OracledbTypes } from './values.ts'

interface OracledbResult {
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  readonly rowsAffected?: number
}

/** What is used of a connection of `oracledb`. */
export interface OracledbConnectionObject {
  readonly oracleServerVersionString: string
  readonly transactionInProgress?: boolean
  execute(
    sql: string,
    binds: readonly unknown[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<OracledbResult>
  executeMany(
    sql: string,
    binds: readonly (readonly unknown[])[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<OracledbResult>
  close(): Promise<void>
}

/** What is used of the package beside its connections. */
export interface OracledbConstants extends OracledbTypes {
  readonly OUT_FORMAT_OBJECT: unknown
}

const BEGINS = /^\s*SET\s+TRANSACTION\b/i
const ENDS = /^\s*(?:COMMIT|ROLLBACK)\b(?!\s+(?:WORK\s+)?TO\b)/i

/** A session through `oracledb`. Placeholders are `:1`, `:2`, … */
export class OracledbConnection implements DriverConnection {
  readonly raw: OracledbConnectionObject
  readonly #package: OracledbConstants
  readonly #release: () => Promise<void>
  // The server begins transactions by itself and knows no autocommit: the package commits after each statement unless
  // one was begun.
  #begun = false

  constructor(
    raw: OracledbConnectionObject,
    oracledb: OracledbConstants,
    release: () => Promise<void>,
  ) {
    this.raw = raw
    this.#package = oracledb
    this.#release = release
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    if (BEGINS.test(sql)) this.#begun = true
    const values = parameters.map((value) => bindValue(value, this.#package))
    const { rows, rowsAffected } = await this.raw.execute(sql, values, {
      outFormat: this.#package.OUT_FORMAT_OBJECT,
      fetchTypeHandler: fetchTypeHandler(this.#package),
      autoCommit: this.#commitsItself(),
    })
    if (ENDS.test(sql)) this.#begun = false
    return { rows: (rows ?? []).map(withOwnKeys), rowCount: rowsAffected ?? rows?.length }
  }

  async executeMany(sql: string, rows: readonly (readonly unknown[])[]): Promise<number> {
    if (rows.length === 0) return 0
    // Values with a type of their own are not for batches: there dates go as the package takes them.
    const values = rows.map((row) =>
      row.map((value) => {
        const bound = bindValue(value, this.#package)
        return value instanceof Date ? (bound as { readonly val: Date }).val : bound
      }),
    )
    const result = await this.raw.executeMany(sql, values, { autoCommit: this.#commitsItself() })
    return result.rowsAffected ?? 0
  }

  isInTransaction(): Promise<boolean> {
    return Promise.resolve(this.#begun || this.raw.transactionInProgress === true)
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  serverVersionText(): Promise<string> {
    return Promise.resolve(this.raw.oracleServerVersionString)
  }

  async close(): Promise<void> {
    await this.#release()
  }

  /** Not in a transaction that was begun here, nor in one that a connection of the user's own came with. */
  #commitsItself(): boolean {
    return !this.#begun && this.raw.transactionInProgress !== true
  }
}

/** `SELECT version_num` gives VERSION_NUM: the server takes names without quotes for capitals. */
function withOwnKeys(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [keyFromServer(key), value]))
}
