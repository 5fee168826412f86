import type { Connection } from '../engine/connection.ts'
import type { StatementError } from '../errors/driver-error.ts'

/** How long a statement of a migration may take, in milliseconds; `null` leaves the server's own limit. */
export interface StatementLimits {
  readonly statementTimeout: number | null
  /** To wait for a lock that another session holds. */
  readonly ddlLockTimeout: number | null
}

/** How a database limits the time of statements, and how it says that one had to wait too long for a lock. */
export interface TimeoutSupport {
  /**
   * Sets the limits for the session.
   *
   * @returns what puts the session's own limits back
   * @throws ConfigError where the database has no such limit
   */
  limit(connection: Connection, limits: StatementLimits): Promise<() => Promise<void>>
  /** Whether the statement failed because another session held a lock: by a time-out, or as the victim of a deadlock. */
  isLockFailure(error: StatementError): boolean
  /** One text for each session that may hold the lock which the statement waited for; none where it can't be told. */
  findHolders(connection: Connection, sql: string): Promise<readonly string[]>
}
