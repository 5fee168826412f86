import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { MoveOptions } from './move-options.ts'
import { runEnvironment } from './run-environment.ts'
import { type MoveResult, RunRecord } from './run-record.ts'
import { splitRange } from './split-range.ts'

export interface StampOptions extends MoveOptions {
  /** Empty the version table first, also of rows that no file knows; default false. */
  readonly purge?: boolean
}

/**
 * Writes revisions into the version table without running migrations.
 *
 * @example
 * await stamp(config, 'head')
 */
export async function stamp(
  config: Config,
  revision: string | readonly string[],
  { sql = false, tag, purge = false, onProgress, lock, lockTimeout }: StampOptions = {},
): Promise<MoveResult> {
  const script = ScriptDirectory.fromConfig(config)
  const targets = [revision].flat()
  const { startingRev, destinationRevs } = sql
    ? splitTargets(targets)
    : { startingRev: null, destinationRevs: targets }
  const record = new RunRecord(onProgress)
  await runEnvironment(config, script, {
    fn: (current) => script.stampRevs(destinationRevs, current),
    asSql: sql,
    startingRev,
    destinationRev: destinationRevs,
    tag: tag ?? null,
    lock,
    lockTimeout,
    observe: record.observe,
    purge,
    forgetUnfinished: true,
  })
  return record.result
}

function splitTargets(targets: readonly string[]): {
  startingRev: string | null
  destinationRevs: readonly string[]
} {
  const ranges = targets.map(splitRange)
  const [startingRev = null, ...others] = new Set(
    ranges.map(([from]) => from).filter((from) => from !== null),
  )
  if (others.length > 0)
    throw new CommandError(
      'Stamp operation with --sql only supports a single starting revision at a time',
    )
  return { startingRev, destinationRevs: ranges.map(([, to]) => to) }
}
