import { StatementError } from '../../../errors/driver-error.ts'

/**
 * What functions such as `pg_get_constraintdef()` say of an object that was dropped since the statement began (PostgreSQL 15):
 * internal_error ("could not open relation with OID …", "cache lookup failed …"), undefined_table, undefined_object.
 */
const GONE: ReadonlySet<unknown> = new Set(['XX000', '42P01', '42704'])

/** Whether a query of the catalog failed because another session had dropped what it asked for. */
export function isAboutSomethingGone(error: unknown): boolean {
  if (!(error instanceof StatementError)) return false
  const { cause } = error
  return cause instanceof Error && 'code' in cause && GONE.has(cause.code)
}
