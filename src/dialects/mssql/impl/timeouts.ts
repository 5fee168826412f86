import type { Connection } from '../../../engine/connection.ts'
import { ConfigError } from '../../../errors/config-error.ts'
import type { StatementLimits, TimeoutSupport } from '../../../impl/timeout-support.ts'

/** 1222 is "Lock request time out period exceeded", 1205 the victim of a deadlock. */
const LOCK_FAILURES: ReadonlySet<unknown> = new Set([1222, 1205])

/** SQL Server: `SET LOCK_TIMEOUT`. */
export const mssqlTimeouts: TimeoutSupport = {
  limit,
  isLockFailure: ({ cause }) =>
    cause instanceof Error && 'number' in cause && LOCK_FAILURES.has(cause.number),
  findHolders: () => Promise.resolve([]),
}

async function limit(
  connection: Connection,
  { statementTimeout, ddlLockTimeout }: StatementLimits,
): Promise<() => Promise<void>> {
  if (statementTimeout !== null) {
    throw new ConfigError(
      'SQL Server has no limit for the time of a statement: leave statementTimeout out for it',
    )
  }
  if (ddlLockTimeout === null) return () => Promise.resolve()
  const { rows } = await connection.execute('SELECT @@LOCK_TIMEOUT AS value')
  await connection.execute(`SET LOCK_TIMEOUT ${ddlLockTimeout}`)
  return async () => {
    await connection.execute(`SET LOCK_TIMEOUT ${Number(rows[0]?.['value'] ?? -1)}`)
  }
}
