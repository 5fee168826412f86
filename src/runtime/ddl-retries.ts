import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../engine/connection.ts'
import type { QueryResult } from '../engine/driver.ts'
import { StatementError } from '../errors/driver-error.ts'
import { StatementLockError } from '../errors/lock-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { StatementGuard } from '../impl/statement-guard.ts'
import { getLogger } from '../util/logging.ts'
import type { RetryOptions } from './configure-options.ts'

const log = getLogger('alembic.runtime.migration')

const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000

/** What to do after a failure. */
export type Verdict = 'again' | 'unrelated' | StatementLockError

/**
 * What becomes of a statement that failed because another session held a lock: it runs again after a pause, in which this
 * session holds no locks of its own. Where a transaction holds them the transaction begins again, where DDL commits the
 * statement alone is repeated.
 */
export class DdlRetries implements StatementGuard {
  readonly #impl: MigrationImpl
  readonly #connection: Connection
  readonly #attempts: number
  readonly #firstPause: number
  readonly #longestPause: number

  constructor(impl: MigrationImpl, connection: Connection, options: number | RetryOptions) {
    this.#impl = impl
    this.#connection = connection
    const given = typeof options === 'number' ? { attempts: options } : options
    this.#attempts = given.attempts
    this.#firstPause = given.firstPause ?? FIRST_PAUSE
    this.#longestPause = given.longestPause ?? LONGEST_PAUSE
  }

  /** Runs a statement; again, where it is all that the failure took back. */
  async around(
    sql: string,
    _parameters: readonly unknown[],
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    for (let tried = 1; ; tried++) {
      try {
        return await run()
      } catch (error) {
        const isAlone = this.#lockFailureIn(error) !== null && (await this.#wasAlone(sql))
        const verdict = isAlone ? await this.settle(error, tried) : 'unrelated'
        if (verdict === 'unrelated') throw error
        if (verdict !== 'again') throw verdict
        await this.#impl.journal?.clearRemains(this.#connection, sql)
      }
    }
  }

  /**
   * Waits, unless it was tried often enough or `error` is not about a lock.
   *
   * @returns whether to try again now; else the error to fail with, where it is not `error` itself
   */
  async settle(error: unknown, tried: number): Promise<Verdict> {
    const failure = this.#lockFailureIn(error)
    if (failure === null) return 'unrelated'
    const holders = await this.#holdersOf(failure)
    if (tried > this.#attempts) return gaveUp(failure, tried, holders)
    const pause = Math.min(this.#firstPause * 2 ** (tried - 1), this.#longestPause)
    log.warning(
      `${failure.message}; trying again in ${pause} ms (${tried} of ${this.#attempts})${listed(holders)}`,
    )
    await sleep(pause)
    return 'again'
  }

  #lockFailureIn(error: unknown): StatementError | null {
    for (let found = error; found instanceof Error; found = found.cause) {
      if (found instanceof StatementLockError) return null
      if (!(found instanceof StatementError)) continue
      return this.#impl.timeouts?.isLockFailure(found) === true ? found : null
    }
    return null
  }

  /** Whether a failure of the statement takes back nothing that came before it. */
  async #wasAlone(sql: string): Promise<boolean> {
    const { rollsBackDdl, journal } = this.#impl
    if (!rollsBackDdl && journal?.natureOf(sql) === 'schema') return true
    const isInside = await this.#connection.isInTransaction().catch(() => null)
    // Where DDL commits, a time-out takes back the statement; a deadlock takes back, and ends, the transaction.
    return isInside !== null && isInside !== rollsBackDdl
  }

  /** Asking must not hide the failure. */
  async #holdersOf({ sql }: StatementError): Promise<readonly string[]> {
    const asked = this.#impl.timeouts?.findHolders(this.#connection, sql)
    return (await asked?.catch(() => [])) ?? []
  }
}

function gaveUp(
  failure: StatementError,
  tried: number,
  holders: readonly string[],
): StatementLockError {
  const times = tried === 1 ? 'once' : `${tried} times`
  return new StatementLockError(
    `${failure.message}. It was tried ${times}${listed(holders)}`,
    failure.sql,
    { cause: failure },
  )
}

function listed(holders: readonly string[]): string {
  return holders.length === 0 ? '' : `. What may hold the lock: ${holders.join('; ')}`
}
