import type { Connection } from '../../../engine/connection.ts'
import { ConfigError } from '../../../errors/config-error.ts'
import type { StatementLimits, TimeoutSupport } from '../../../impl/timeout-support.ts'
import { isBusy } from './lock.ts'

/** SQLite: `busy_timeout`. The database is one file with one writer, and nobody can be told by name. */
export const sqliteTimeouts: TimeoutSupport = {
  limit,
  isLockFailure: isBusy,
  findHolders: () => Promise.resolve([]),
}

async function limit(
  connection: Connection,
  { statementTimeout, ddlLockTimeout }: StatementLimits,
): Promise<() => Promise<void>> {
  if (statementTimeout !== null) {
    throw new ConfigError(
      'SQLite has no limit for the time of a statement: leave statementTimeout out for it',
    )
  }
  if (ddlLockTimeout === null) return () => Promise.resolve()
  const { rows } = await connection.execute('PRAGMA busy_timeout')
  const previous = Number(Object.values(rows[0] ?? {})[0] ?? 0)
  await connection.execute(`PRAGMA busy_timeout = ${ddlLockTimeout}`)
  return async () => {
    await connection.execute(`PRAGMA busy_timeout = ${previous}`)
  }
}
