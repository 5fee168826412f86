import type { Connection } from '../../../engine/connection.ts'
import { lockTimeoutOnly } from '../../../impl/lock-timeout.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'

/** Resource busy, time-out on a lock of an object, deadlock. */
const LOCK_FAILURE = /\bORA-(?:00054|04021|00060)\b/

/** Oracle: `DDL_LOCK_TIMEOUT`, whole seconds; 0 is its default, and what a session goes back to. */
export const oracleTimeouts: TimeoutSupport = {
  ...lockTimeoutOnly(
    'Oracle has no limit for the time of a statement that a session can set',
    setLockTimeout,
  ),
  isLockFailure: ({ message }) => LOCK_FAILURE.test(message),
}

async function setLockTimeout(
  connection: Connection,
  milliseconds: number,
): Promise<() => Promise<void>> {
  const set = async (seconds: number): Promise<void> => {
    await connection.execute(`ALTER SESSION SET DDL_LOCK_TIMEOUT = ${seconds}`)
  }
  await set(Math.ceil(milliseconds / 1000))
  return () => set(0)
}
