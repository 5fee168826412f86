import type { Config } from '../config/config.ts'
import type { LockHolder } from '../impl/migration-lock.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { runEnvironment } from './run-environment.ts'

/** The lock of one database's version table. */
export interface LockOfDatabase {
  /** With the password hidden; empty where it is not known. */
  readonly url: string
  readonly versionTable: string
  /** Null where nobody holds it. */
  readonly holder: LockHolder | null
}

export interface LockStatusResult {
  /** Somebody holds the lock of one of the databases: a run is under way. */
  readonly isHeld: boolean
  /** One, unless the environment has several. */
  readonly databases: readonly LockOfDatabase[]
}

/**
 * Prints and returns who holds the lock that runs take. Changes nothing, and doesn't wait.
 *
 * @example
 * const { isHeld } = await lockStatus(config)
 */
export async function lockStatus(config: Config): Promise<LockStatusResult> {
  const script = ScriptDirectory.fromConfig(config)
  const databases: LockOfDatabase[] = []
  await runEnvironment(config, script, {
    fn: async (_rows, context) => {
      const { versionTable = 'alembic_version' } = context.opts
      const holder = await context.findLockHolder()
      databases.push({ url: context.displayUrl, versionTable: String(versionTable), holder })
      if (holder === null) await context.warnOfUnfinished()
      return []
    },
    dontMutate: true,
  })
  for (const database of databases) print(config, database)
  return { isHeld: databases.some(({ holder }) => holder !== null), databases }
}

function print(config: Config, { url, versionTable, holder }: LockOfDatabase): void {
  config.printStdout(`Database: ${url}`)
  if (holder === null) {
    config.printStdout(`Lock:     ${versionTable} is free`)
    return
  }
  const { session, since, activity } = holder
  const who = session === null ? '' : ` by session ${session}`
  config.printStdout(
    `Lock:     ${versionTable} is held${who}${since === null ? '' : ` since ${since}`}`,
  )
  const from = [holder.application, holder.client].filter((part) => part !== null)
  if (from.length > 0) config.printStdout(`From:     ${from.join(', ')}`)
  if (activity !== null) config.printStdout(`Activity: ${activity}`)
}
