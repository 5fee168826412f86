import type { DatabaseUrl } from '../engine/url.ts'
import type { MigrationInfo } from '../script/migration-step.ts'
import type { MetaData } from '../sql/schema/metadata.ts'
import type { OutputStream } from '../util/messaging.ts'
import type { MigrationContextView } from './context-view.ts'

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
  /** Take no lock. */
  | 'off'

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
  readonly upgradeToken?: string
  readonly downgradeToken?: string
  /** Everything else is kept in `context.opts`: autogenerate's options, and the user's own. */
  readonly [option: string]: unknown
}
