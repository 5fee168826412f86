import { asBoolean } from '../config/boolean.ts'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'

export interface HistoryOptions {
  /** `[start]:[end]`, both inclusive; default everything. */
  readonly revRange?: string
  readonly verbose?: boolean
  /** Mark the revisions that the database is at. */
  readonly indicateCurrent?: boolean
}

type RangeEnd = string | readonly string[] | null

/** Prints the revisions, newest first. */
export async function history(config: Config, options: HistoryOptions = {}): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  const [base, head] = parseRange(options.revRange)
  const needsDatabase =
    base === 'current' ||
    head === 'current' ||
    options.indicateCurrent === true ||
    asBoolean(config.getAlembicOption('revision_environment'))
  if (!needsDatabase) {
    print(config, script, base, head, options)
    return
  }
  const { runEnvironment } = await import('./run-environment.ts')
  await runEnvironment(config, script, {
    fn: (current) => {
      const resolve = (end: string | null): RangeEnd => (end === 'current' ? current : end)
      // As in the reference, only one end is taken for the database's: `current:current` ends at its rows.
      const start = head === 'current' ? base : resolve(base)
      print(config, script, start, resolve(head), options, current)
      return []
    },
  })
}

function parseRange(range: string | undefined): [base: string | null, head: string | null] {
  if (range === undefined) return [null, null]
  const ends = range.trim().split(':')
  const [base, head] = ends
  if (ends.length !== 2 || base === undefined || head === undefined)
    throw new CommandError('History range requires [start]:[end], [start]:, or :[end]')
  return [base === '' ? null : base, head === '' ? null : head]
}

function print(
  config: Config,
  script: ScriptDirectory,
  base: RangeEnd,
  head: RangeEnd,
  { verbose = false, indicateCurrent = false }: HistoryOptions,
  current: readonly string[] = [],
): void {
  for (const revision of script.walkRevisions(base ?? 'base', head ?? 'heads'))
    config.printStdout(
      revision.cmdFormat(verbose, {
        includeBranches: true,
        includeDoc: true,
        includeParents: true,
        current: indicateCurrent && current.includes(revision.revision),
      }),
    )
}
