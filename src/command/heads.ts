import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { printRevision } from './print-revision.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'
import { scriptsNamed } from './scripts-named.ts'

export interface HeadsOptions {
  readonly verbose?: boolean
  /** Only those that no other revision depends on; default false. */
  readonly resolveDependencies?: boolean
}

export interface HeadsResult {
  readonly heads: readonly RevisionInfo[]
}

/**
 * Prints and returns the heads of the script directory.
 *
 * @example
 * const { heads: found } = await heads(config)
 */
export async function heads(config: Config, options: HeadsOptions = {}): Promise<HeadsResult> {
  const { verbose = false, resolveDependencies = false } = options
  const script = ScriptDirectory.fromConfig(config)
  const found = scriptsNamed(script, resolveDependencies ? 'heads' : script.getHeads())
  for (const revision of found)
    printRevision(config, revision, verbose, { includeBranches: true, treeIndicators: false })
  return { heads: found.map(revisionInfo) }
}
