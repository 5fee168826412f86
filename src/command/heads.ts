import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { scriptsNamed } from './scripts-named.ts'

/** Prints the heads of the script directory; with `resolveDependencies` only those that no other revision depends on. */
export async function heads(
  config: Config,
  options: { readonly verbose?: boolean; readonly resolveDependencies?: boolean } = {},
): Promise<void> {
  const { verbose = false, resolveDependencies = false } = options
  const script = ScriptDirectory.fromConfig(config)
  const found = scriptsNamed(script, resolveDependencies ? 'heads' : script.getHeads())
  for (const revision of found)
    config.printStdout(
      revision.cmdFormat(verbose, { includeBranches: true, treeIndicators: false }),
    )
}
