import type { Connection } from '../engine/connection.ts'
import type { LockHolder } from '../impl/migration-lock.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { Queued } from '../operations/queued.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import type { Dialect } from '../sql/compile/dialect.ts'

/** A migration context, as plan functions, callbacks and operations see it. */
export interface MigrationContextView {
  readonly opts: Readonly<Record<string, unknown>>
  /** SQL is written instead of run. */
  readonly asSql: boolean
  /** `null` in `--sql` mode. */
  readonly connection: Connection | null
  /** The connection, under the reference's name for it. */
  readonly bind: Connection | null
  readonly dialect: Dialect
  readonly impl: MigrationImpl
  readonly script: ScriptDirectory | null
  /** A transaction is open that the caller began, and will end. */
  readonly isInCallersTransaction: boolean
  /** The database's URL with the password hidden, as far as it is known. */
  readonly displayUrl: string
  /** The rows of the version table. */
  getCurrentHeads(): Promise<readonly string[]>
  /** Makes the version table unless it is there. */
  ensureVersionTable(): Promise<void>
  /** Warns where a revision is not complete; changes nothing. */
  warnOfUnfinished(): Promise<void>
  /** Who holds the lock of the version table now; `null` where nobody does, or in `--sql` mode. */
  findLockHolder(): Promise<LockHolder | null>
  /** Runs `body` outside any transaction; in a migration, once the operations that were called before are done. */
  autocommitBlock<T>(body: () => T | PromiseLike<T>): Queued<T>
}
