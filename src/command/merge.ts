import { asBoolean } from '../config/boolean.ts'
import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { newRevisionId } from './revision-id.ts'

export interface MergeOptions {
  readonly message?: string
  readonly branchLabel?: string | readonly string[]
  /** Identifier of the new revision; default a random one. */
  readonly revId?: string
  /** Allow revisions that are not heads; default false. */
  readonly splice?: boolean
}

/**
 * Makes a revision file that merges several revisions into one.
 *
 * @example
 * await merge(config, 'heads', { message: 'join both branches' })
 */
export async function merge(
  config: Config,
  revisions: string | readonly string[],
  options: MergeOptions = {},
): Promise<Script> {
  const { message = null, branchLabel = null, revId = newRevisionId(), splice = false } = options
  const script = ScriptDirectory.fromConfig(config)
  const templateArgs: Record<string, unknown> = { config }
  if (asBoolean(config.getAlembicOption('revision_environment'))) {
    const { runEnvironment } = await import('./run-environment.ts')
    await runEnvironment(config, script, { fn: () => [], templateArgs })
  }
  return await script.generateRevision(revId, message, {
    head: revisions,
    branchLabels: branchLabel,
    splice,
    templateArgs,
  })
}
