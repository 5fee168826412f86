import type { DatabaseUrl } from '../engine/url.ts'
import type { MigrationInfo } from '../script/migration-step.ts'
import type { MetaData } from '../sql/schema/metadata.ts'
import type { OutputStream } from '../util/messaging.ts'
import type { MigrationContextView } from './context-view.ts'
import type { ResumeMode } from './journal/resume.ts'

/** What `onVersionApply` callbacks are told: once per step, after its row was written. */
export interface VersionApplication {
  readonly ctx: MigrationContextView
  readonly step: MigrationInfo
  /** The rows of the version table after the step. */
  readonly heads: ReadonlySet<string>
  /** What `runMigrations()` was given. */
  readonly runArgs: Readonly<Record<string, unknown>>
}

/** A callback that is told of every applied step. */
export type OnVersionApply = (application: VersionApplication) => void | Promise<void>

/** What to do where another run holds the lock of this version table. */
export type LockMode =
  /** Wait for it, `lockTimeout` milliseconds at most. */
  | 'wait'
  /** Fail at once. */
  | 'fail'
  /** Leave everything to the other run: this one does nothing, and is no failure. */
  | 'skip'
  /** Take no lock. */
  | 'off'

/** How often, and after which pauses, a statement that could not get a lock runs again. */
export interface RetryOptions {
  /** After the first try. */
  readonly attempts: number
  /** Milliseconds before the first of them; each pause is twice the one before. Default 1000. */
  readonly firstPause?: number
  /** Milliseconds. Default 30,000. */
  readonly longestPause?: number
}

/** Options of `context.configure()`. */
export interface ConfigureOptions {
  /** A live connection: one of `engine.connect()`, or the caller's own client of a supported package. */
  readonly connection?: unknown
  /** Where there is no connection: whose dialect to write SQL for. */
  readonly url?: string | DatabaseUrl | null
  readonly dialectName?: string | null
  /** Arguments of the dialect, such as `{ paramstyle: 'named' }`. */
  readonly dialectOpts?: Readonly<Record<string, unknown>>
  /** The models: one `MetaData` or several. */
  readonly targetMetadata?: MetaData | readonly MetaData[] | null
  /** Write SQL instead of running it. Default: what the command says. */
  readonly asSql?: boolean
  /** Whether DDL is taken to be undone by ROLLBACK. Default: the dialect's. */
  readonly transactionalDdl?: boolean | null
  /** One transaction per revision instead of one for the run. Default `false`. */
  readonly transactionPerMigration?: boolean
  /** The caller began a transaction on its own connection and will commit it. Default `false`. */
  readonly externalTransaction?: boolean
  /** Where `--sql` goes. Default: standard output. */
  readonly outputBuffer?: OutputStream | null
  /** Revision that a `--sql` script starts from. */
  readonly startingRev?: string | null
  readonly tag?: string | null
  readonly templateArgs?: Readonly<Record<string, unknown>>
  /** `--sql`: values are written into the statements. Default `false`. */
  readonly literalBinds?: boolean
  /** Default `alembic_version`. */
  readonly versionTable?: string
  readonly versionTableSchema?: string | null
  /** Whether a version table that has to be made gets a primary key. Default `true`. */
  readonly versionTablePk?: boolean
  readonly onVersionApply?: OnVersionApply | readonly OnVersionApply[]
  /** Default `wait`. */
  readonly lock?: LockMode
  /** Milliseconds to wait for the lock; `null` is without end. Default 60,000. */
  readonly lockTimeout?: number | null
  /** Milliseconds that a statement of a migration may take. Default: what the server allows. */
  readonly statementTimeout?: number | null
  /** Milliseconds that a statement may wait for a lock of another session. Default: what the server allows. */
  readonly ddlLockTimeout?: number | null
  /**
   * How often a statement that could not get a lock, or was the victim of a deadlock, runs again. Where a transaction holds
   * what came before, that is rolled back and runs again, the migration's own code included. Default 0.
   */
  readonly ddlRetries?: number | RetryOptions
  /**
   * What to do with a revision that an earlier run left unfinished, where DDL can't be rolled back: go on after the last
   * statement that was carried out (`continue`); where it can't be told of the last one, take it as carried out (`after`) or
   * not (`again`); or begin the revision anew (`restart`), as long as nothing of it was carried out. Default: what the
   * command says, else an error that tells where it stands.
   */
  readonly resume?: ResumeMode | null
  readonly upgradeToken?: string
  readonly downgradeToken?: string
  /** Everything else is kept in `context.opts`: autogenerate's options, and the user's own. */
  readonly [option: string]: unknown
}
