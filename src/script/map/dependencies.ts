import type { Revision } from '../revision.ts'
import type { Links } from './cycles.ts'

/**
 * Returns each revision's dependencies without those that one of its ancestors, by `downRevision`, has already.
 *
 * The version table is moved by what is left: what an ancestor has merged in is no head any more.
 */
export function normalizeDependencies(
  revisions: readonly Revision[],
  resolved: ReadonlyMap<Revision, readonly string[]>,
  versioned: Links,
  depths: ReadonlyMap<Revision, number>,
): Map<Revision, readonly string[]> {
  const dependents = new Map<string, Set<Revision>>()
  for (const [revision, ids] of resolved)
    for (const id of ids) {
      const known = dependents.get(id)
      if (known === undefined) dependents.set(id, new Set([revision]))
      else known.add(revision)
    }
  const normalized = new Map<Revision, readonly string[]>()
  for (const revision of revisions) {
    const ids = resolved.get(revision) ?? []
    if (ids.length === 0) continue
    const own = new Set(ids)
    for (const id of own)
      if (hasAncestorIn(dependents.get(id) ?? new Set(), revision, versioned, depths))
        own.delete(id)
    if (own.size > 0) normalized.set(revision, [...own])
  }
  return normalized
}

/** Walks down no further than the lowest of `wanted`: most dependencies have one dependent, and there is nothing to walk. */
function hasAncestorIn(
  wanted: ReadonlySet<Revision>,
  start: Revision,
  { parents }: Links,
  depths: ReadonlyMap<Revision, number>,
): boolean {
  if (wanted.size < 2) return false
  const depthOf = (revision: Revision): number => depths.get(revision) ?? 0
  let floor = Infinity
  for (const revision of wanted) if (revision !== start) floor = Math.min(floor, depthOf(revision))
  const seen = new Set(parents.get(start))
  for (const revision of seen) {
    if (depthOf(revision) < floor) continue
    if (wanted.has(revision)) return true
    for (const parent of parents.get(revision) ?? []) seen.add(parent)
  }
  return false
}
