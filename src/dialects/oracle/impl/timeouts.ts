import type { Connection } from '../../../engine/connection.ts'
import { ConfigError } from '../../../errors/config-error.ts'
import type { StatementLimits, TimeoutSupport } from '../../../impl/timeout-support.ts'

/** Resource busy, time-out on a lock of an object, deadlock. */
const LOCK_FAILURE = /\bORA-(?:00054|04021|00060)\b/

/** Oracle: `DDL_LOCK_TIMEOUT`, whole seconds; 0 is its default, and what a session goes back to. */
export const oracleTimeouts: TimeoutSupport = {
  limit,
  isLockFailure: ({ message }) => LOCK_FAILURE.test(message),
  findHolders: () => Promise.resolve([]),
}

async function limit(
  connection: Connection,
  { statementTimeout, ddlLockTimeout }: StatementLimits,
): Promise<() => Promise<void>> {
  if (statementTimeout !== null) {
    throw new ConfigError(
      'Oracle has no limit for the time of a statement that a session can set: leave statementTimeout out for it',
    )
  }
  if (ddlLockTimeout === null) return () => Promise.resolve()
  const set = async (seconds: number): Promise<void> => {
    await connection.execute(`ALTER SESSION SET DDL_LOCK_TIMEOUT = ${seconds}`)
  }
  await set(Math.ceil(ddlLockTimeout / 1000))
  return () => set(0)
}
