import type { Connection } from '../../../engine/connection.ts'
import { lockTimeoutOnly } from '../../../impl/lock-timeout.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'

/** 1222 is "Lock request time out period exceeded", 1205 the victim of a deadlock. */
const LOCK_FAILURES: ReadonlySet<unknown> = new Set([1222, 1205])

/** SQL Server: `SET LOCK_TIMEOUT`. */
export const mssqlTimeouts: TimeoutSupport = {
  ...lockTimeoutOnly('SQL Server has no limit for the time of a statement', setLockTimeout),
  isLockFailure: ({ cause }) =>
    cause instanceof Error && 'number' in cause && LOCK_FAILURES.has(cause.number),
}

async function setLockTimeout(
  connection: Connection,
  milliseconds: number,
): Promise<() => Promise<void>> {
  const { rows } = await connection.execute('SELECT @@LOCK_TIMEOUT AS value')
  await connection.execute(`SET LOCK_TIMEOUT ${milliseconds}`)
  return async () => {
    await connection.execute(`SET LOCK_TIMEOUT ${Number(rows[0]?.['value'] ?? -1)}`)
  }
}
