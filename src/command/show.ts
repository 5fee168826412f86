import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { scriptsNamed } from './scripts-named.ts'

/** Prints all that is known of the revisions that a symbol stands for; `current` asks the database. */
export async function show(config: Config, rev: string): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  const print = (symbol: string | readonly string[]): void => {
    for (const revision of scriptsNamed(script, symbol)) config.printStdout(revision.logEntry)
  }
  if (rev !== 'current') {
    print(rev)
    return
  }
  const { runEnvironment } = await import('./run-environment.ts')
  await runEnvironment(config, script, {
    fn: (current) => {
      print(current)
      return []
    },
  })
}
