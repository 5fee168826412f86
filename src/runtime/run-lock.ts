import type { Connection } from '../engine/connection.ts'
import { LockError } from '../errors/lock-error.ts'
import type { LockTarget, MigrationLock } from '../impl/migration-lock.ts'
import { getLogger } from '../util/logging.ts'
import type { LockMode } from './configure-options.ts'

const log = getLogger('alembic.runtime.migration')

/** How a run takes its lock. */
export interface RunLockOptions {
  readonly mode: LockMode
  /** Milliseconds; `null` is without end. */
  readonly timeout: number | null
  readonly versionTable: string
  readonly versionTableSchema: string | null
}

/** The lock of one run, held from before the version rows are read until they are written. */
export class RunLock {
  readonly #lock: MigrationLock
  readonly #target: LockTarget
  readonly #options: RunLockOptions
  #sessionHeld = false

  constructor(lock: MigrationLock, connection: Connection, options: RunLockOptions) {
    const { versionTable, versionTableSchema } = options
    this.#lock = lock
    this.#target = { connection, versionTable, versionTableSchema }
    this.#options = options
  }

  /** Whether nobody else can come between two transactions of the run. */
  get holdsBetweenTransactions(): boolean {
    return this.#lock.holdsBetweenTransactions
  }

  /**
   * Runs `body` under the lock. With a transaction around everything the lock is the transaction's, and ends with it.
   *
   * @throws LockError where it can't be had
   */
  async around<T>(inTransaction: boolean, body: () => Promise<T>): Promise<T> {
    if (this.#options.mode === 'off') return await body()
    if (inTransaction && this.#lock.supportsTransactionScope) {
      await this.#acquire('transaction')
      return await body()
    }
    await this.#acquire('session')
    this.#sessionHeld = true
    try {
      return await body()
    } finally {
      this.#sessionHeld = false
      // The session's end gives the lock back too: an error here must not hide that of the migration.
      await this.#lock.release(this.#target).catch(() => undefined)
    }
  }

  /** Keeps the lock while the transaction that holds it is committed and another is begun. */
  async acrossCommit<T>(body: () => Promise<T>): Promise<T> {
    if (this.#options.mode === 'off' || this.#sessionHeld) return await body()
    if (!this.#lock.supportsTransactionScope) return await body()
    await this.#acquire('session')
    try {
      const result = await body()
      await this.#acquire('transaction')
      return result
    } finally {
      await this.#lock.release(this.#target).catch(() => undefined)
    }
  }

  async #acquire(scope: 'transaction' | 'session'): Promise<void> {
    const { mode, timeout, versionTable } = this.#options
    if (await this.#lock.acquire(this.#target, scope, 0)) return
    if (mode === 'wait') {
      log.info(`Waiting for another migration run to release its lock on ${versionTable}`)
      if (await this.#lock.acquire(this.#target, scope, timeout)) return
    }
    const waited = mode === 'wait' ? ` after ${timeout} ms` : ''
    throw new LockError(
      `Another migration run holds the lock of '${versionTable}'${waited}; nothing was changed. Wait for it to end, or raise lockTimeout`,
    )
  }
}
