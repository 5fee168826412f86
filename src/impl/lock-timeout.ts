import type { Connection } from '../engine/connection.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { StatementLimits, TimeoutSupport } from './timeout-support.ts'

/**
 * Limits of a database where only the wait for a lock can be limited, and nobody can tell who holds one.
 *
 * @param lack what the database has not, for the error: `… has no limit for the time of a statement`
 * @param setLockTimeout sets the limit for the session, in milliseconds; what comes back takes it off again
 */
export function lockTimeoutOnly(
  lack: string,
  setLockTimeout: (connection: Connection, milliseconds: number) => Promise<() => Promise<void>>,
): Pick<TimeoutSupport, 'limit' | 'findHolders'> {
  return {
    async limit(connection, { statementTimeout, ddlLockTimeout }: StatementLimits) {
      if (statementTimeout !== null) {
        throw new ConfigError(`${lack}: leave statementTimeout out for it`)
      }
      if (ddlLockTimeout === null) return () => Promise.resolve()
      return await setLockTimeout(connection, ddlLockTimeout)
    },
    findHolders: () => Promise.resolve([]),
  }
}
