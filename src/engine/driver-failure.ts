import { AlembicError } from '../errors/alembic-error.ts'
import { ConnectionError, StatementError } from '../errors/driver-error.ts'
import type { DatabaseUrl } from './url.ts'

const SNIPPET_LENGTH = 200

const NETWORK_FAILURES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EAI_AGAIN: 'the name server gave no answer',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'the network is unreachable',
  ENOENT: 'no such socket',
  ENOTFOUND: 'unknown host',
  ETIMEDOUT: 'no answer in time',
}

/** What is known about a connection that could not be made. */
export interface FailedConnect {
  readonly url: DatabaseUrl
  /** Where the driver tried, `'localhost:5432'`. */
  readonly target: string
  /** The command that tells whether the server is there. */
  readonly check: string
}

/** Turns what a driver threw while connecting into one line that says what to do; never shows the password. */
export function connectionFailure(error: unknown, { url, target, check }: FailedConnect): Error {
  if (error instanceof AlembicError) return error
  const code = errorCode(error)
  const failure = code === undefined ? undefined : NETWORK_FAILURES[code]
  const message =
    failure === undefined
      ? `Can't connect to ${url.toString()}: ${driverMessage(error)}`
      : `Can't connect to ${target}: ${failure} (${code}). Check host and port, and that the server runs: ${check}`
  return new ConnectionError(message, { cause: error })
}

/** What else is known of a statement that failed. */
export interface FailedStatement {
  /** Whether values were bound to it: what the server tells of them is left out. Default `false`. */
  readonly hasValues?: boolean
  /** Words for the rows that it ran for; they have values. */
  readonly rows?: string | undefined
}

/** Turns what a driver threw while running `sql` into a StatementError. */
export function statementFailure(
  error: unknown,
  sql: string,
  { rows, hasValues = rows !== undefined }: FailedStatement = {},
): AlembicError {
  if (error instanceof AlembicError) return error
  const said = hasValues ? driverMessage(error, withoutValues) : driverMessage(error)
  // `at row 3` counts from the beginning of the statement.
  const message = rows === undefined ? said : `${said.replace(/ at row \d+$/, '')} (${rows})`
  const flat = sql.trim().replaceAll(/\s+/g, ' ')
  const snippet = flat.length > SNIPPET_LENGTH ? `${flat.slice(0, SNIPPET_LENGTH)}...` : flat
  return new StatementError(`${message} [SQL: ${snippet}]`, sql, { cause: error })
}

/**
 * Values may be secrets, and messages go into logs. `Duplicate entry '…' for key` and `Incorrect integer value: '…' for
 * column` (MariaDB 10.11, errmsg), `invalid input syntax for type integer: "…"` and `value "…" is out of range`
 * (PostgreSQL 15), `converting the varchar value '…' to data type int`, `The duplicate key value is (…)` and
 * `Truncated value: '…'.` (SQL Server, sys.messages 245, 2627, 2628), `conversion error from string "…"` and `Problematic
 * key value is (…)` (Firebird 3, isc_convert_error, isc_idx_key_value) tell them.
 */
function withoutValues(message: string): string {
  const named = message.replace(
    /(?<=\b(?:entry|value:) )'[^]*'(?= for (?:key '[^']*'|column [^']*)$)/,
    '…',
  )
  if (named !== message) return named
  return message
    .replace(
      /(?<=\b(?:entry|value:?|string) )(?<quote>['"])[^]*\k<quote>(?= for | is | to |\.?$)/i,
      '…',
    )
    .replace(/(?<=: )(?<quote>['"])[^]*\k<quote>$/, '…')
    .replace(/(?<=\bkey value is )\([^]*\)/i, '(…)')
}

/** The first line of what the server or the driver said; a value in it may be of several. */
export function driverMessage(
  error: unknown,
  hide: (message: string) => string = (message) => message,
): string {
  if (!(error instanceof Error)) return String(error)
  // mysql2 and mariadb keep the server's own words apart from their additions (connection id, parameters).
  const own = 'sqlMessage' in error && typeof error.sqlMessage === 'string' ? error.sqlMessage : ''
  const line =
    hide(own === '' ? error.message : own)
      .split('\n', 1)[0]
      ?.trim() ?? ''
  return line === '' ? (errorCode(error) ?? error.name) : line
}

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  // Node tries all addresses of a name and reports one error for each.
  return error instanceof AggregateError ? errorCode(error.errors[0]) : undefined
}
