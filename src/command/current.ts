import type { Config } from '../config/config.ts'
import { DatabaseNotAtHeadError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { printRevision } from './print-revision.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'
import { runEnvironment } from './run-environment.ts'
import { isSameSet } from './same-set.ts'

export interface CurrentOptions {
  /** Fail where the database is not on all head revisions; default false. */
  readonly checkHeads?: boolean
  readonly verbose?: boolean
}

/** Where one database is. */
export interface CurrentOfDatabase {
  /** With the password hidden; empty where it is not known. */
  readonly url: string
  /** The rows of the version table, sorted. */
  readonly rows: readonly string[]
  /** The tips of all that is applied. */
  readonly revisions: readonly RevisionInfo[]
  /** Whether the rows are the heads. */
  readonly isAtHeads: boolean
}

export interface CurrentResult {
  /** One, unless the environment has several. */
  readonly databases: readonly CurrentOfDatabase[]
}

/**
 * Prints and returns the revisions that the database is at. Changes nothing, the version table included.
 *
 * @throws DatabaseNotAtHeadError with `checkHeads`, where it is not on all heads.
 *
 * @example
 * const { databases } = await current(config)
 */
export async function current(
  config: Config,
  { checkHeads = false, verbose = false }: CurrentOptions = {},
): Promise<CurrentResult> {
  const script = ScriptDirectory.fromConfig(config)
  const databases: CurrentOfDatabase[] = []
  await runEnvironment(config, script, {
    fn: async (rows, context) => {
      // Elsewhere there is what the reference prints.
      if (process.stderr.isTTY) await context.warnOfUnfinished()
      if (verbose) config.printStdout(`Current revision(s) for ${context.displayUrl}:`)
      const isAtHeads = isSameSet(rows, script.getHeads())
      if (checkHeads && !isAtHeads)
        throw new DatabaseNotAtHeadError('Database is not on all head revisions')
      const found = script.getAllCurrent(rows)
      for (const revision of found) printRevision(config, revision, verbose)
      databases.push({
        url: context.displayUrl,
        rows: rows.toSorted(),
        revisions: found.map(revisionInfo),
        isAtHeads,
      })
      return []
    },
    dontMutate: true,
  })
  return { databases }
}
