import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { scriptsNamed } from './scripts-named.ts'

/** Prints the branch points, each with the revisions that it branches into. */
export async function branches(
  config: Config,
  { verbose = false }: { readonly verbose?: boolean } = {},
): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  for (const revision of script.walkRevisions()) {
    if (!revision.isBranchPoint) continue
    config.printStdout(revision.cmdFormat(verbose, { includeBranches: true }))
    const indent = ' '.repeat(revision.revision.length)
    for (const child of scriptsNamed(script, [...revision.nextrev]))
      config.printStdout(
        `${indent} -> ${child.cmdFormat(false, { includeBranches: true, includeDoc: verbose })}`,
      )
    config.printStdout('')
  }
}
