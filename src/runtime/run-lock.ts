import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../engine/connection.ts'
import { LockError } from '../errors/lock-error.ts'
import type { LockHolder, LockScope, LockTarget, MigrationLock } from '../impl/migration-lock.ts'
import { getLogger } from '../util/logging.ts'
import type { LockMode } from './configure-options.ts'

const log = getLogger('alembic.runtime.migration')

/** Milliseconds between two tries: it doubles from the first to the longest. */
const FIRST_PAUSE = 20
const LONGEST_PAUSE = 500

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
  #transactionHeld = false
  #isSkipped = false

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

  /** Whether another run has the lock and this one was told to leave everything to it. */
  get isSkipped(): boolean {
    return this.#isSkipped
  }

  /** Who holds it now; `null` where nobody does. */
  async findHolder(): Promise<LockHolder | null> {
    return await this.#lock.findHolder(this.#target)
  }

  /**
   * Begins the transaction of the whole run such that it has the lock. Whoever has to wait does so outside of one: the run
   * that has the lock may do what waits for every open transaction to end (PostgreSQL 15, "Building Indexes Concurrently").
   *
   * @throws LockError where it can't be had
   */
  async begin(begin: () => Promise<void>, undo: () => Promise<void>): Promise<void> {
    const { mode, timeout } = this.#options
    await begin()
    if (mode === 'off' || !this.#lock.supportsTransactionScope) return
    const deadline = timeout === null ? Infinity : performance.now() + timeout
    const tries = async (): Promise<boolean> =>
      await this.#lock.acquire(this.#target, 'transaction', 0)
    let pause = FIRST_PAUSE
    for (let taken = await tries(); !taken; taken = await tries()) {
      await undo()
      const left = deadline - performance.now()
      if (mode === 'skip') {
        this.#skip()
        await begin()
        return
      }
      if (mode === 'fail' || left <= 0) throw this.#refusal()
      if (pause === FIRST_PAUSE) this.#logWait()
      await sleep(Math.min(pause, left))
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      await begin()
    }
    this.#transactionHeld = true
  }

  /**
   * Before the transaction of the whole run: takes a lock that is the session's alone, to be held until `end()`.
   *
   * @throws LockError where it can't be had
   */
  async prepare(): Promise<void> {
    const { supportsTransactionScope, holdsBetweenTransactions } = this.#lock
    if (supportsTransactionScope || !holdsBetweenTransactions) return
    if (this.#options.mode === 'off' || this.#sessionHeld || this.#isSkipped) return
    this.#sessionHeld = await this.#isTaken('session')
  }

  /** Gives back what the session holds. */
  async end(): Promise<void> {
    if (!this.#sessionHeld) return
    this.#sessionHeld = false
    // The session's end gives the lock back too: an error here must not hide that of the migration.
    await this.#lock.release(this.#target).catch(() => undefined)
  }

  /**
   * Runs `body` under the lock. With a transaction around everything the lock is the transaction's, and ends with it.
   * Does not run it where the lock is another run's and this one was told to skip then.
   *
   * @throws LockError where it can't be had
   */
  async around(inTransaction: boolean, body: () => Promise<void>): Promise<void> {
    if (this.#isSkipped) return
    if (this.#options.mode === 'off') return await body()
    const isTransactions = inTransaction && this.#lock.supportsTransactionScope
    if (this.#sessionHeld || (isTransactions && this.#transactionHeld)) return await body()
    if (!(await this.#isTaken(isTransactions ? 'callersTransaction' : 'session'))) return
    if (isTransactions) return await body()
    this.#sessionHeld = true
    try {
      await body()
    } finally {
      await this.end()
    }
  }

  /** Keeps the lock while the transaction that holds it is committed and another is begun. */
  async acrossCommit<T>(body: () => Promise<T>): Promise<T> {
    if (this.#options.mode === 'off' || this.#sessionHeld) return await body()
    // A run that changes nothing takes none.
    if (!this.#transactionHeld) return await body()
    await this.#extend('session')
    try {
      const result = await body()
      await this.#extend('transaction')
      return result
    } finally {
      await this.#lock.release(this.#target).catch(() => undefined)
    }
  }

  /** @throws LockError where another run has taken the lock over */
  async assertHeld(): Promise<void> {
    if (this.#options.mode !== 'off') await this.#lock.assertHeld?.(this.#target)
  }

  /**
   * Before a COMMIT: from here on nobody can take the lock over.
   *
   * @throws LockError where another run has
   */
  async holdUntilCommit(): Promise<void> {
    if (this.#sessionHeld) await this.#lock.holdUntilCommit?.(this.#target)
  }

  async #extend(scope: LockScope): Promise<void> {
    if (this.#lock.extend === undefined) await this.#acquire(scope)
    else await this.#lock.extend(this.#target, scope)
  }

  async #isTaken(scope: LockScope): Promise<boolean> {
    if (this.#options.mode !== 'skip') await this.#acquire(scope)
    else if (!(await this.#lock.acquire(this.#target, scope, 0))) this.#skip()
    return !this.#isSkipped
  }

  #skip(): void {
    this.#isSkipped = true
    const { versionTable } = this.#options
    log.info(`Another migration run holds the lock of '${versionTable}'; leaving everything to it`)
  }

  async #acquire(scope: LockScope): Promise<void> {
    const { mode, timeout } = this.#options
    if (await this.#lock.acquire(this.#target, scope, 0)) return
    if (mode === 'wait') {
      this.#logWait()
      if (await this.#lock.acquire(this.#target, scope, timeout)) return
    }
    throw this.#refusal()
  }

  #logWait(): void {
    log.info(
      `Waiting for another migration run to release its lock on ${this.#options.versionTable}`,
    )
  }

  #refusal(): LockError {
    const { mode, timeout, versionTable } = this.#options
    const waited = mode === 'wait' ? ` after ${timeout} ms` : ''
    return new LockError(
      `Another migration run holds the lock of '${versionTable}'${waited}; nothing was changed. alembic lock status says which; wait for it to end, or raise lockTimeout`,
    )
  }
}
