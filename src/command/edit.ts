import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { openInEditor } from './editor.ts'
import { scriptsNamed } from './scripts-named.ts'

export interface EditResult {
  /** The files that were opened. */
  readonly opened: readonly string[]
}

/** Opens the files of the revisions that a symbol stands for in `$EDITOR`; `current` asks the database. */
export async function edit(config: Config, rev: string): Promise<EditResult> {
  const script = ScriptDirectory.fromConfig(config)
  const opened: string[] = []
  const open = (symbol: string | readonly string[]): void => {
    for (const { path } of scriptsNamed(script, symbol)) {
      openInEditor(path, process.env, { leavesStdout: config.stdout !== process.stdout })
      opened.push(path)
    }
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
    return { opened }
  }
  if (scriptsNamed(script, rev).length === 0)
    throw new CommandError(`No revision files indicated by symbol '${rev}'`)
  open(rev)
  return { opened }
}
