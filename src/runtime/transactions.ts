import type { Connection } from '../engine/connection.ts'
import { TransactionError } from '../errors/driver-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { DdlRetries, Verdict } from './ddl-retries.ts'
import type { DdlTimeouts } from './ddl-timeouts.ts'
import type { RunLock } from './run-lock.ts'

/** Where transactions begin and end: the same for a whole run. */
export type TransactionPlan =
  /** The caller began one and will commit it; nothing here touches it. */
  | 'external'
  /** One around everything. */
  | 'perRun'
  /** One around each step. */
  | 'perStep'
  /** None: `--sql` for a database whose DDL commits by itself. */
  | 'none'

/** What decides the plan. */
export interface TransactionFacts {
  readonly isExternal: boolean
  readonly transactionalDdl: boolean
  readonly transactionPerMigration: boolean
  readonly asSql: boolean
}

/** Chooses where transactions begin and end, by the reference's rules. */
export function planTransactions(facts: TransactionFacts): TransactionPlan {
  if (facts.isExternal) return 'external'
  if (facts.transactionalDdl) return facts.transactionPerMigration ? 'perStep' : 'perRun'
  return facts.asSql ? 'none' : 'perStep'
}

/** Begins and ends the transactions of one run. */
export class Transactions {
  readonly plan: TransactionPlan
  readonly #connection: Connection | null
  readonly #impl: MigrationImpl
  #open = false
  #lock: RunLock | null = null
  #afterRollback: () => Promise<void> = () => Promise.resolve()
  #timeouts: DdlTimeouts | null = null
  #retries: { readonly policy: DdlRetries; readonly announce: () => void } | null = null
  /** Something that came before in the open transaction was committed. */
  #isPartlyCommitted = false

  constructor(plan: TransactionPlan, connection: Connection | null, impl: MigrationImpl) {
    this.plan = plan
    this.#connection = connection
    this.#impl = impl
  }

  /** Whether a transaction of ours is open. */
  get isOpen(): boolean {
    return this.#open
  }

  /** Runs `body` in a transaction where the plan has one at this level, else just runs it. */
  async at<T>(level: 'perRun' | 'perStep', body: () => Promise<T>): Promise<T> {
    if (this.plan !== level || this.#open) return await body()
    if (level === 'perStep') {
      return await this.#impl.aroundTransaction(() =>
        this.#inTransaction(() => this.#begin(), body),
      )
    }
    const run = (): Promise<T> =>
      this.#impl.aroundTransaction(() => this.#inTransaction(() => this.#beginLocked(), body))
    await this.#lock?.prepare()
    try {
      // A failed transaction takes no SET, so that the limits go around it.
      return this.#timeouts === null ? await run() : await this.#timeouts.around(run)
    } finally {
      // Not before the COMMIT: the next run must see what this one did.
      await this.#lock?.end()
    }
  }

  /** The transaction of the whole run has the limits. */
  limitWith(timeouts: DdlTimeouts): void {
    this.#timeouts = timeouts
  }

  /** A transaction that could not get a lock begins again, as `policy` allows; `announce` is told before each time. */
  retryWith(policy: DdlRetries, announce: () => void): void {
    // Where DDL commits, what was done before it can't be done again.
    if (this.#impl.rollsBackDdl) this.#retries = { policy, announce }
  }

  /** The transaction of the whole run takes the run's lock. */
  lockWith(lock: RunLock): void {
    this.#lock = lock
  }

  async #beginLocked(): Promise<void> {
    const undo = (): Promise<void> => this.#rollback()
    if (this.#lock === null) await this.#begin()
    else await this.#lock.begin(() => this.#begin(), undo)
  }

  async #inTransaction<T>(begin: () => Promise<void>, body: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      this.#isPartlyCommitted = false
      await begin()
      try {
        const result = await body()
        await this.#commit()
        return result
      } catch (error) {
        // A refused COMMIT (a deferred constraint, a lost connection) leaves the transaction open, too.
        await this.#rollback()
        const verdict = await this.#settle(error, tried)
        if (verdict !== 'again') {
          await this.#afterRollback()
          throw verdict === 'unrelated' ? error : verdict
        }
        this.#retries?.announce()
      }
    }
  }

  async #settle(error: unknown, tried: number): Promise<Verdict> {
    if (this.#retries === null || this.#isPartlyCommitted) return 'unrelated'
    return await this.#retries.policy.settle(error, tried)
  }

  /** Calls `callback`, which must not fail, after every transaction that failed. */
  afterRollback(callback: () => Promise<void>): void {
    this.#afterRollback = callback
  }

  /**
   * Commits, runs `body` outside any transaction, and begins again. What was done before is then there to stay.
   *
   * `sql` is the statement that it is for.
   *
   * @throws TransactionError inside a transaction that the caller owns
   */
  async outside<T>(body: () => Promise<T>, sql: string | null = null): Promise<T> {
    if (this.plan === 'external') {
      const what =
        sql === null ? 'autocommitBlock()' : 'A statement that can not run in a transaction'
      throw new TransactionError(
        `${what} needs to commit, but the transaction was begun by the caller; hand in a connection without an open transaction${sql === null ? '' : ` [SQL: ${sql}]`}`,
      )
    }
    if (!this.#open) return await body()
    await this.#commit()
    this.#isPartlyCommitted = true
    try {
      return await body()
    } finally {
      await this.#begin()
    }
  }

  async #begin(): Promise<void> {
    if (this.#connection === null) this.#impl.emitBegin()
    else await this.#impl.beginTransaction(this.#connection)
    this.#open = true
  }

  async #commit(): Promise<void> {
    await this.#lock?.holdUntilCommit()
    this.#open = false
    if (this.#connection === null) this.#impl.emitCommit()
    else await this.#impl.commitTransaction(this.#connection)
  }

  /** The error that led here is the one to know of, whatever the rollback says. */
  async #rollback(): Promise<void> {
    this.#open = false
    if (this.#connection?.inTransaction() === true) {
      await this.#connection.rollback().catch(() => undefined)
    }
  }
}
