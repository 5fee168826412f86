import type { DatabaseUrl } from './url.ts'

/** What one statement gave back. */
export interface QueryResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Rows that the statement touched or returned; undefined where the driver can't tell. */
  readonly rowCount: number | undefined
  /** The rows of each answer, where a statement gives several; `rows` are the last ones then. */
  readonly several?: readonly (readonly Readonly<Record<string, unknown>>[])[]
}

/** Rows among those of one call, by their positions; both ends are included. */
export interface RowPlace {
  first: number
  last: number
}

/**
 * One open session, spoken to through one Node package.
 *
 * Values come back without loss: an integer is a `number` where that is exact and a `bigint` elsewhere, decimals, dates
 * and times are text as the server writes them, bytes are a `Uint8Array`. A `Date` that goes in is its UTC wall clock.
 */
export interface DriverConnection {
  /** The package's own object. */
  readonly raw: unknown
  /** Runs one statement; placeholders are the driver's own (`$1` or `?`). */
  execute(sql: string, parameters?: readonly unknown[]): Promise<QueryResult>
  /**
   * Runs one statement for many rows of values, as fast as the driver can; gives the sum of the rows touched.
   *
   * @param place is kept at the rows that the statement under way is for, for the message where it fails
   */
  executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number | undefined>
  /** Asks driver or server whether a transaction is open; changes nothing. */
  isInTransaction(): Promise<boolean>
  /** Whether the open transaction can only be rolled back; absent where no such state exists. */
  isTransactionFailed?(): Promise<boolean>
  /** `[15, 20]` for 15.20. */
  serverVersion(): Promise<readonly number[]>
  /** The version as the server words it, for telling flavours of one protocol apart. */
  serverVersionText(): Promise<string>
  /** Ends a session of our own; gives an adopted one back without closing it. */
  close(): Promise<void>
}

/** How sessions are opened through one Node package. */
export interface Driver {
  /** The package's name in the registry, `'pg'`. */
  readonly packageName: string
  /** Opens a session. `connectArgs` go to the package as they are, over what the URL says. */
  connect(
    url: DatabaseUrl,
    connectArgs?: Readonly<Record<string, unknown>>,
  ): Promise<DriverConnection>
  /** Takes a connection or pool that the user opened; undefined when it isn't this package's. */
  adopt(connection: unknown): Promise<DriverConnection | undefined>
}

/** A driver that a dialect can use, loaded only when needed. */
export interface DriverEntry {
  readonly packageName: string
  /** The names that choose it in a URL, as in `dialect+name://`. */
  readonly names: readonly string[]
  /** Never chosen for a URL that names no driver: it doesn't reach the same databases as the others. Default false. */
  readonly onlyByName?: boolean
  load(): Promise<Driver>
}

/** The numbers in front of a version text: `'10.11.19-log'` → `[10, 11, 19]`. */
export function versionNumbers(text: string): readonly number[] {
  const found = /\d+(?:\.\d+)*/.exec(text)
  return found === null ? [] : found[0].split('.').map(Number)
}

/** An integer that the server wrote as text: a number where that is exact, else a bigint. */
export function exactInteger(text: string | bigint): number | bigint {
  const narrow = Number(text)
  return Number.isSafeInteger(narrow) ? narrow : BigInt(text)
}
