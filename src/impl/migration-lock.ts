import type { Connection } from '../engine/connection.ts'

/** What a lock stands for: one version table of one database. */
export interface LockTarget {
  readonly connection: Connection
  readonly versionTable: string
  readonly versionTableSchema: string | null
}

/** How long a lock is held. */
export type LockScope =
  /** Until the open transaction ends, whichever way. */
  | 'transaction'
  /** The same; the caller began the transaction, and may have run migrations in it before. */
  | 'callersTransaction'
  /** Until it is released, or the session ends. */
  | 'session'

/** Who holds a lock, as far as the database tells; `null` is what it doesn't. */
export interface LockHolder {
  /** The session's number on the server; the process that holds a lease. */
  readonly session: string | null
  /** The name that the program gave the session, or the session's user. */
  readonly application: string | null
  /** The address that it came from. */
  readonly client: string | null
  /** When its transaction began, or else the session or the lease: ISO 8601, UTC. */
  readonly since: string | null
  /** What the session does now, in the server's words. */
  readonly activity: string | null
}

/**
 * The lock that a database has for "only one of us at a time": advisory locks, `GET_LOCK`, …
 *
 * It must vanish with the session, or be such that others can take it over: a killed process leaves nothing behind that
 * somebody would have to take away.
 */
export interface MigrationLock {
  /** Whether the lock can be tied to a transaction; then the session is never left with one. */
  readonly supportsTransactionScope: boolean
  /**
   * Whether nobody else can come between two transactions of the run. Where they can, every step reads the version rows
   * again once its own transaction has the database's write lock.
   */
  readonly holdsBetweenTransactions: boolean
  /**
   * Takes the lock, waiting up to `timeout` milliseconds (`null`: without end, 0: not at all).
   *
   * @returns whether it was taken
   */
  acquire(target: LockTarget, scope: LockScope, timeout: number | null): Promise<boolean>
  /**
   * Holds the lock that this run has in another scope as well; without it `acquire()` does, which then must allow that.
   *
   * @throws LockError where the run has it no longer
   */
  extend?(target: LockTarget, scope: LockScope): Promise<void>
  /** Gives a session's lock back. Harmless where there is none. */
  release(target: LockTarget): Promise<void>
  /**
   * Makes sure that nobody has taken the lock away, where that can be. Called before a version row is written, in its
   * transaction.
   *
   * @throws LockError
   */
  assertHeld?(target: LockTarget): Promise<void>
  /**
   * The same, and nobody can take it away until the open transaction ends. The last thing before a COMMIT.
   *
   * @throws LockError
   */
  holdUntilCommit?(target: LockTarget): Promise<void>
  /** Who holds it now; `null` where nobody does. Changes nothing. */
  findHolder(target: LockTarget): Promise<LockHolder | null>
}
