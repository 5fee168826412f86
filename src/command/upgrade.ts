import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { runEnvironment } from './run-environment.ts'
import { splitRange } from './split-range.ts'

export interface MoveOptions {
  /** Write the SQL instead of running it; default false. */
  readonly sql?: boolean
  /** Any text, which the env file reads with `context.getTagArgument()`. */
  readonly tag?: string
}

/**
 * Goes on to `revision`: an id, `head`, `heads`, `+2`, `branch@head`, …; with `sql` also `from:to`.
 *
 * @example
 * await upgrade(config, 'head')
 */
export async function upgrade(
  config: Config,
  revision: string,
  { sql = false, tag }: MoveOptions = {},
): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  const [startingRev, destinationRev] = splitRange(revision)
  if (startingRev !== null && !sql) throw new CommandError('Range revision not allowed')
  await runEnvironment(config, script, {
    fn: (current) => script.upgradeRevs(destinationRev, current),
    asSql: sql,
    startingRev,
    destinationRev,
    tag: tag ?? null,
  })
}
