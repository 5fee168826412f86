import { asBoolean } from '../config/boolean.ts'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { printRevision } from './print-revision.ts'
import { type RevisionInfo, revisionInfo } from './revision-info.ts'

export interface HistoryOptions {
  /** `[start]:[end]`, both inclusive; default everything. */
  readonly revRange?: string
  readonly verbose?: boolean
  /** Mark the revisions that the database is at. */
  readonly indicateCurrent?: boolean
}

export interface HistoryEntry extends RevisionInfo {
  /** Whether the database is at it; null where it was not asked. */
  readonly isCurrent: boolean | null
}

export interface HistoryResult {
  /** Newest first. */
  readonly revisions: readonly HistoryEntry[]
}

type RangeEnd = string | readonly string[] | null

/** Prints and returns the revisions, newest first. */
export async function history(
  config: Config,
  options: HistoryOptions = {},
): Promise<HistoryResult> {
  const script = ScriptDirectory.fromConfig(config)
  const [base, head] = parseRange(options.revRange)
  const needsDatabase =
    base === 'current' ||
    head === 'current' ||
    options.indicateCurrent === true ||
    asBoolean(config.getAlembicOption('revision_environment'))
  if (!needsDatabase) return { revisions: print(config, script, base, head, options, null) }
  const revisions: HistoryEntry[] = []
  const { runEnvironment } = await import('./run-environment.ts')
  await runEnvironment(config, script, {
    fn: (current) => {
      const resolve = (end: string | null): RangeEnd => (end === 'current' ? current : end)
      // As in the reference, only one end is taken for the database's: `current:current` ends at its rows.
      const start = head === 'current' ? base : resolve(base)
      revisions.push(...print(config, script, start, resolve(head), options, current))
      return []
    },
  })
  return { revisions }
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
  current: readonly string[] | null,
): HistoryEntry[] {
  return Array.from(script.walkRevisions(base ?? 'base', head ?? 'heads'), (revision) => {
    const isCurrent = current === null ? null : current.includes(revision.revision)
    printRevision(config, revision, verbose, {
      includeBranches: true,
      includeDoc: true,
      includeParents: true,
      current: indicateCurrent && isCurrent === true,
    })
    return { ...revisionInfo(revision), isCurrent }
  })
}
