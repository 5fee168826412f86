import type { LockMode } from '../runtime/configure-options.ts'
import type { ResumeMode } from '../runtime/journal/resume.ts'
import type { ProgressListener } from './run-record.ts'

export interface MoveOptions {
  /** Write the SQL instead of running it; default false. */
  readonly sql?: boolean
  /** Any text, which the env file reads with `context.getTagArgument()`. */
  readonly tag?: string
  /**
   * Go on with the revision that an earlier run left unfinished: after its last finished statement (`continue`), where
   * that can't be told counting the last one as done (`after`) or not (`again`), or from its beginning (`restart`), while
   * nothing of it was done. Default: such a revision is an `UnfinishedMigrationError`.
   */
  readonly resume?: ResumeMode
  /** What to do where another run holds the lock; default: what `context.configure()` says. */
  readonly lock?: LockMode
  /** Milliseconds to wait for the lock, `null` without end; default: what `context.configure()` says. */
  readonly lockTimeout?: number | null
  /** Is told of the plan, and of the beginning and end of every step. */
  readonly onProgress?: ProgressListener
}
