import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { MoveOptions } from './move-options.ts'
import { runEnvironment } from './run-environment.ts'
import { type MoveResult, RunRecord } from './run-record.ts'
import { splitRange } from './split-range.ts'

export interface UpgradeOptions extends MoveOptions {
  /**
   * With `sql`: a script that can be run at any state of the history, and again, because it asks the version table before
   * each revision; default false.
   */
  readonly idempotent?: boolean
}

/**
 * Goes on to `revision`: an id, `head`, `heads`, `+2`, `branch@head`, …; with `sql` also `from:to`.
 *
 * @example
 * const { databases } = await upgrade(config, 'head')
 */
export async function upgrade(
  config: Config,
  revision: string,
  {
    sql = false,
    idempotent = false,
    tag,
    resume,
    onProgress,
    lock,
    lockTimeout,
  }: UpgradeOptions = {},
): Promise<MoveResult> {
  const script = ScriptDirectory.fromConfig(config)
  const [startingRev, destinationRev] = splitRange(revision)
  if (startingRev !== null && !sql) throw new CommandError('Range revision not allowed')
  if (idempotent && !sql) throw new CommandError('--idempotent is for scripts: it needs --sql')
  const record = new RunRecord(onProgress)
  await runEnvironment(config, script, {
    fn: (current) => script.upgradeRevs(destinationRev, current),
    asSql: sql,
    idempotent,
    startingRev,
    destinationRev,
    tag: tag ?? null,
    resume: resume ?? null,
    lock,
    lockTimeout,
    observe: record.observe,
  })
  return record.result
}
