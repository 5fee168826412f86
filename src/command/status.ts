import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { paint } from '../util/color.ts'
import type { Difference } from './difference.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'
import { runEnvironment } from './run-environment.ts'

export interface StatusOptions {
  /** Also compare the models with the database, where nothing is pending; default false. */
  readonly check?: boolean
}

/** How far one database is. */
export interface DatabaseStatus {
  /** With the password hidden; empty where it is not known. */
  readonly url: string
  /** The tips of all that is applied. */
  readonly current: readonly RevisionInfo[]
  /** What `upgrade heads` would run, in that order. */
  readonly pending: readonly RevisionInfo[]
}

export interface StatusResult {
  /** Nothing is pending, and, where they were compared, models and databases agree. */
  readonly isUpToDate: boolean
  readonly heads: readonly RevisionInfo[]
  /** One, unless the environment has several. */
  readonly databases: readonly DatabaseStatus[]
  /** Null where models and databases were not compared: not asked for, or revisions are pending. */
  readonly differences: readonly Difference[] | null
}

/**
 * Prints and returns how far the database is behind the revision files. Changes nothing, the version table included.
 *
 * @example
 * const { isUpToDate } = await status(config)
 */
export async function status(
  config: Config,
  { check = false }: StatusOptions = {},
): Promise<StatusResult> {
  const script = ScriptDirectory.fromConfig(config)
  const databases: DatabaseStatus[] = []
  await runEnvironment(config, script, {
    fn: async (rows, context) => {
      await context.warnOfUnfinished()
      databases.push({
        url: context.displayUrl,
        current: script.getAllCurrent(rows).map(revisionInfo),
        pending: script.upgradeRevs('heads', rows).map(({ revision }) => revisionInfo(revision)),
      })
      return []
    },
    dontMutate: true,
  })
  const isPending = databases.some(({ pending }) => pending.length > 0)
  const found = check && !isPending ? await compare(config, script) : null
  const heads = script.getHeads().map((id) => revisionInfo(script.getRevision(id)!))
  const result: StatusResult = {
    isUpToDate: !isPending && (found === null || found.length === 0),
    heads,
    databases,
    differences: found,
  }
  print(config, result, check)
  return result
}

async function compare(config: Config, script: ScriptDirectory): Promise<readonly Difference[]> {
  const { compareModels } = await import('./compare-models.ts')
  const { differences } = await import('./difference.ts')
  return differences(await compareModels(config, script))
}

function print(config: Config, result: StatusResult, check: boolean): void {
  const hasColor = config.cmdOpts?.color === true
  const id = (text: string): string => (hasColor ? paint('id', text) : text)
  const list = (revisions: readonly RevisionInfo[]): string =>
    revisions.map(({ revision }) => id(revision)).join(', ')
  for (const { url, current, pending } of result.databases) {
    config.printStdout(`Database: ${url}`)
    config.printStdout(`Current:  ${current.length === 0 ? '<base>' : list(current)}`)
    config.printStdout(`Heads:    ${result.heads.length === 0 ? '<none>' : list(result.heads)}`)
    config.printStdout(`Pending:  ${pending.length === 0 ? 'none' : pending.length}`)
    for (const { revision, message } of pending) config.printStdout(`  ${id(revision)} ${message}`)
  }
  if (check) printDifferences(config, result.differences)
}

function printDifferences(config: Config, found: readonly Difference[] | null): void {
  const what =
    found === null
      ? 'not compared while revisions are pending'
      : found.length === 0
        ? 'as the database'
        : `${found.length} difference${found.length === 1 ? '' : 's'}`
  config.printStdout(`Models:   ${what}`)
  for (const { description } of found ?? []) config.printStdout(`  ${description}`)
}
