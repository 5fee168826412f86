import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { printRevision } from './print-revision.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'
import { scriptsNamed } from './scripts-named.ts'

/** A revision that several others follow. */
export interface BranchPoint extends RevisionInfo {
  readonly branches: readonly RevisionInfo[]
}

export interface BranchesResult {
  readonly branchPoints: readonly BranchPoint[]
}

/** Prints and returns the branch points, each with the revisions that it branches into. */
export async function branches(
  config: Config,
  { verbose = false }: { readonly verbose?: boolean } = {},
): Promise<BranchesResult> {
  const script = ScriptDirectory.fromConfig(config)
  const branchPoints: BranchPoint[] = []
  for (const revision of script.walkRevisions()) {
    if (!revision.isBranchPoint) continue
    const children = scriptsNamed(script, [...revision.nextrev])
    branchPoints.push({ ...revisionInfo(revision), branches: children.map(revisionInfo) })
    printRevision(config, revision, verbose, { includeBranches: true })
    const prefix = `${' '.repeat(revision.revision.length)} -> `
    for (const child of children)
      printRevision(config, child, false, { prefix, includeBranches: true, includeDoc: verbose })
    config.printStdout('')
  }
  return { branchPoints }
}
