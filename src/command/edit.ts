import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { openInEditor } from './editor.ts'
import { scriptsNamed } from './scripts-named.ts'

/** Opens the files of the revisions that a symbol stands for in `$EDITOR`; `current` asks the database. */
export async function edit(config: Config, rev: string): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  const open = (symbol: string | readonly string[]): void => {
    for (const revision of scriptsNamed(script, symbol)) openInEditor(revision.path)
  }
  if (rev === 'current') {
    const { runEnvironment } = await import('./run-environment.ts')
    await runEnvironment(config, script, {
      fn: (current) => {
        if (current.length === 0) throw new CommandError('No current revisions')
        open(current)
        return []
      },
    })
    return
  }
  if (scriptsNamed(script, rev).length === 0)
    throw new CommandError(`No revision files indicated by symbol '${rev}'`)
  open(rev)
}
