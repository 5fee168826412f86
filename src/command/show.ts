import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { printRevision } from './print-revision.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'
import { scriptsNamed } from './scripts-named.ts'

export interface ShownRevision extends RevisionInfo {
  /** All the text at the top of the file. */
  readonly doc: string
  /** The revisions that follow. */
  readonly nextRevisions: readonly string[]
}

export interface ShowResult {
  readonly revisions: readonly ShownRevision[]
}

/** Prints and returns all that is known of the revisions that a symbol stands for; `current` asks the database. */
export async function show(config: Config, rev: string): Promise<ShowResult> {
  const script = ScriptDirectory.fromConfig(config)
  const shown: Script[] = []
  const print = (symbol: string | readonly string[]): void => {
    for (const revision of scriptsNamed(script, symbol)) {
      shown.push(revision)
      printRevision(config, revision, true)
    }
  }
  if (rev === 'current') {
    const { runEnvironment } = await import('./run-environment.ts')
    await runEnvironment(config, script, {
      fn: (current) => {
        print(current)
        return []
      },
    })
  } else print(rev)
  return {
    revisions: shown.map((revision) => ({
      ...revisionInfo(revision),
      doc: revision.longdoc,
      nextRevisions: [...revision.nextrev],
    })),
  }
}
