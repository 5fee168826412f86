import type { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'

/** Returns the revisions that a symbol stands for; the base is none. */
export function scriptsNamed(
  script: ScriptDirectory,
  symbol: string | readonly string[],
): Script[] {
  return script.getRevisions(symbol).filter((found) => found !== null && found !== 'base')
}
