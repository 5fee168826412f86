import type { Config } from '../config/config.ts'
import { DatabaseNotAtHeadError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { runEnvironment } from './run-environment.ts'

export interface CurrentOptions {
  /** Fail where the database is not on all head revisions; default false. */
  readonly checkHeads?: boolean
  readonly verbose?: boolean
}

/**
 * Prints the revisions that the database is at; nothing where there are none. Changes nothing, the version table included.
 *
 * @throws DatabaseNotAtHeadError with `checkHeads`, where it is not on all heads.
 */
export async function current(
  config: Config,
  { checkHeads = false, verbose = false }: CurrentOptions = {},
): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  await runEnvironment(config, script, {
    fn: (rows, context) => {
      if (verbose) config.printStdout(`Current revision(s) for ${context.displayUrl}:`)
      if (checkHeads && !isSameSet(rows, script.getHeads()))
        throw new DatabaseNotAtHeadError('Database is not on all head revisions')
      for (const revision of script.getAllCurrent(rows))
        config.printStdout(revision.cmdFormat(verbose))
      return []
    },
    dontMutate: true,
  })
}

function isSameSet(first: readonly string[], second: readonly string[]): boolean {
  const members = new Set(first)
  return members.size === new Set(second).size && second.every((member) => members.has(member))
}
