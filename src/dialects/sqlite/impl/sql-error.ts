import { driverMessage } from '../../../engine/driver-failure.ts'
import { StatementError } from '../../../errors/driver-error.ts'

/** `SQLITE_ERROR`: the statement names what is not there, or makes no sense (https://www.sqlite.org/rescode.html). */
const GENERIC = 1

/**
 * What SQLite says of a statement that makes no sense to it.
 *
 * @throws `error` where it is anything else: a full disk or a lock tells nothing about the schema
 */
export function sqlErrorText(error: unknown): string {
  const cause = error instanceof StatementError ? error.cause : undefined
  const { code, errcode } = (cause ?? {}) as { readonly code?: unknown; readonly errcode?: unknown }
  // node:sqlite has one code for all, and SQLite's own beside it.
  if (code === 'SQLITE_ERROR' || (code === 'ERR_SQLITE_ERROR' && errcode === GENERIC)) {
    return driverMessage(cause)
  }
  throw error
}
