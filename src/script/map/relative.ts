import { RevisionError } from '../../errors/revision-error.ts'
import type { Revision } from '../revision.ts'
import type { RevisionOrBase } from './graph.ts'
import type { RevisionIdentifier, Resolver } from './resolver.ts'
import { ancestors } from './walk.ts'

/** `label@symbol+2` in its parts. */
interface RelativeTarget {
  readonly branch: string | null
  readonly symbol: string | null
  /** The number as written, sign included. */
  readonly text: string
  readonly steps: number
}

interface TargetOptions {
  /** Whether a walk past the end is an error; else it ends there. */
  readonly assertRelativeLength: boolean
}

const RELATIVE = /^(?:(.+?)@)?([\p{L}\p{N}_]+)?([+-]\p{Nd}+)/u

function parseRelative(target: string): RelativeTarget | null {
  const match = RELATIVE.exec(target)
  if (match === null) return null
  const [, branch = null, symbol = null, text = ''] = match
  return { branch, symbol, text, steps: Number(text) }
}

/** Returns the revisions that an upgrade from `current` goes to; a relative target is walked to. */
export function upgradeTargets(
  resolver: Resolver,
  current: RevisionIdentifier,
  target: RevisionIdentifier,
  { assertRelativeLength }: TargetOptions,
): Revision[] {
  const relative = typeof target === 'string' ? parseRelative(target) : null
  if (relative === null) return resolver.actualRevisions(target)
  const { branch, symbol, steps } = relative
  if (symbol === null && steps <= 0) throw tooFar(String(steps), steps)
  const noOverwalk = assertRelativeLength
  const found =
    steps > 0
      ? resolver.walk(symbol ?? upgradeStart(resolver, current, branch), steps, {
          branch,
          noOverwalk,
        })
      : resolver.walk(resolver.revision(onBranch(symbol ?? '', branch)), steps, { noOverwalk })
  if (found === null || found === 'base') throw tooFar(relative.text, steps)
  return [found]
}

/** Returns where `+1` and `label@+1` start: the one current revision, on the branch if one is named, else the base. */
function upgradeStart(
  resolver: Resolver,
  current: RevisionIdentifier,
  branch: string | null,
): Revision | string | null {
  const rows = current === null ? [] : [current].flat()
  let starts: readonly (Revision | string | null)[] = rows
  if (branch !== null) {
    const revisions = resolver.actualRevisions(rows)
    starts = resolver.filterForLineage(revisions, branch)
    // No row is on the branch; what the rows have below them may be.
    if (starts.length === 0)
      starts = tips(resolver.filterForLineage([...ancestors(resolver.graph, revisions)], branch))
  }
  if (starts.length > 1)
    throw new RevisionError('Ambiguous upgrade from multiple current revisions')
  return starts[0] ?? null
}

/**
 * Returns the branch and the revision that a downgrade from `current` goes to, null being the base.
 *
 * Where `current` has several rows, a bare `-1` goes down from the first, with a warning, and stays on its branch.
 */
export function downgradeTarget(
  resolver: Resolver,
  current: RevisionIdentifier,
  target: RevisionIdentifier,
  { assertRelativeLength }: TargetOptions,
  warn: (message: string) => void,
): { readonly branch: string | null; readonly revision: Revision | null } {
  if (target === null) return { branch: null, revision: null }
  if (typeof target !== 'string')
    throw new RevisionError(`A downgrade goes to one revision, not to ${target.join(', ')}`)
  const relative = parseRelative(target)
  if (relative === null) {
    const at = target.lastIndexOf('@')
    return {
      branch: at > 0 ? target.slice(0, at) : null,
      revision: resolver.revision(target.slice(at + 1)),
    }
  }
  const noOverwalk = assertRelativeLength
  const { symbol, steps, text } = relative
  let { branch } = relative
  let found: RevisionOrBase | null
  if (steps >= 0) {
    if (symbol === null) throw tooFar(text, steps)
    found = resolver.walk(symbol, steps, { branch, noOverwalk })
  } else {
    const start = symbol ?? downgradeStart(resolver, current, relative, warn)
    // From one of several rows, only that row's branch is undone.
    if (symbol === null) branch ??= start
    found = resolver.walk(resolver.revision(onBranch(start, branch)), steps, { noOverwalk })
  }
  if (found === null)
    throw symbol === null ? tooFar(text, steps) : new RevisionError('Walked too far')
  return { branch, revision: found === 'base' ? null : found }
}

function downgradeStart(
  resolver: Resolver,
  current: RevisionIdentifier,
  { branch, text, steps }: RelativeTarget,
  warn: (message: string) => void,
): string {
  const rows = current === null ? [] : [current].flat().filter((row) => row !== null)
  if (branch === null) {
    const [first] = rows
    if (first === undefined) throw tooFar(text, steps)
    if (new Set(rows).size > 1)
      warn(
        'downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.',
      )
    return first
  }
  let starts = resolver.filterForLineage(rows, branch)
  if (starts.length === 0)
    starts = resolver
      .filterForLineage(resolver.allCurrent(rows), branch)
      .map(({ revision }) => revision)
  const [start] = starts
  if (start === undefined) throw tooFar(`${branch}@${text}`, steps)
  if (starts.length > 1)
    throw new RevisionError(
      `Ambiguous downgrade from multiple current revisions of branch '${branch}': ${starts.join(', ')}`,
    )
  return start
}

/** Returns those revisions that no other one of them has as a parent. */
function tips(revisions: readonly Revision[]): string[] {
  const below = new Set(revisions.flatMap(({ normalizedDownRevisions }) => normalizedDownRevisions))
  return revisions.map(({ revision }) => revision).filter((id) => !below.has(id))
}

function onBranch(symbol: string, branch: string | null): string {
  return branch === null ? symbol : `${branch}@${symbol}`
}

function tooFar(text: string, steps: number): RevisionError {
  return new RevisionError(`Relative revision ${text} didn't produce ${Math.abs(steps)} migrations`)
}
