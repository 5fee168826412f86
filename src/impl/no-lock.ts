import { getLogger } from '../util/logging.ts'
import type { MigrationLock } from './migration-lock.ts'

/** For a dialect that has no lock: says so, so that nobody takes two runs at once for safe. */
export class NoLock implements MigrationLock {
  readonly supportsTransactionScope = true
  readonly holdsBetweenTransactions = true
  readonly #dialectName: string

  constructor(dialectName: string) {
    this.#dialectName = dialectName
  }

  acquire(): Promise<boolean> {
    getLogger('alembic.runtime.migration').warning(
      `There is no migration lock for ${this.#dialectName}: make sure that only one run is going on`,
    )
    return Promise.resolve(true)
  }

  release(): Promise<void> {
    return Promise.resolve()
  }
}
