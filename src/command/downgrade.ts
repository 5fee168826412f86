import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { MoveOptions } from './move-options.ts'
import { runEnvironment } from './run-environment.ts'
import { type MoveResult, RunRecord } from './run-record.ts'
import { splitRange } from './split-range.ts'

/**
 * Goes back to `revision`: an id, `base`, `-1`, `branch@base`, …; with `sql` always `from:to`.
 *
 * @example
 * await downgrade(config, '-1')
 */
export async function downgrade(
  config: Config,
  revision: string,
  { sql = false, tag, resume, onProgress, lock, lockTimeout }: MoveOptions = {},
): Promise<MoveResult> {
  const script = ScriptDirectory.fromConfig(config)
  const [startingRev, destinationRev] = splitRange(revision)
  if (startingRev !== null && !sql) throw new CommandError('Range revision not allowed')
  if (startingRev === null && sql)
    throw new CommandError('downgrade with --sql requires <fromrev>:<torev>')
  const record = new RunRecord(onProgress)
  await runEnvironment(config, script, {
    fn: (current) => script.downgradeRevs(destinationRev, current),
    asSql: sql,
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
