import type { Connection } from '../../../engine/connection.ts'
import { lockTimeoutOnly } from '../../../impl/lock-timeout.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import { isBusy } from './lock.ts'

/** SQLite: `busy_timeout`. The database is one file with one writer, and nobody can be told by name. */
export const sqliteTimeouts: TimeoutSupport = {
  ...lockTimeoutOnly('SQLite has no limit for the time of a statement', setBusyTimeout),
  isLockFailure: isBusy,
}

async function setBusyTimeout(
  connection: Connection,
  milliseconds: number,
): Promise<() => Promise<void>> {
  const { rows } = await connection.execute('PRAGMA busy_timeout')
  const previous = Number(Object.values(rows[0] ?? {})[0] ?? 0)
  await connection.execute(`PRAGMA busy_timeout = ${milliseconds}`)
  return async () => {
    await connection.execute(`PRAGMA busy_timeout = ${previous}`)
  }
}
