import { CycleDetectedError, DependencyCycleDetectedError } from '../../errors/revision-error.ts'
import type { Revision } from '../revision.ts'

/** Parents and children of every revision, along one kind of link. */
export interface Links {
  readonly parents: ReadonlyMap<Revision, readonly Revision[]>
  readonly children: ReadonlyMap<Revision, readonly Revision[]>
}

/** Returns the revisions with parents before children; those on or above a circle are left out. */
export function parentsFirst(
  revisions: readonly Revision[],
  { parents, children }: Links,
): Revision[] {
  const waiting = new Map<Revision, number>()
  const order: Revision[] = []
  for (const revision of revisions) {
    const count = parents.get(revision)?.length ?? 0
    if (count === 0) order.push(revision)
    else waiting.set(revision, count)
  }
  // The array grows while it is read: each revision comes as soon as its last parent has come.
  for (const revision of order)
    for (const child of children.get(revision) ?? []) {
      const count = (waiting.get(child) ?? 0) - 1
      waiting.set(child, count)
      if (count === 0) order.push(child)
    }
  return order
}

/**
 * Returns the error for revisions whose links go in a circle: by `downRevision` alone where that is so, else by both kinds.
 *
 * It names, as Alembic does, every revision that can't be reached both from a head and from a base; where there is none,
 * because the circle has a way in and a way out, it names the circle.
 */
export function cycleError(
  revisions: readonly Revision[],
  versioned: Links,
  all: Links,
): CycleDetectedError {
  const inVersioned = cycleMembers(revisions, versioned)
  if (inVersioned.length > 0) return new CycleDetectedError(inVersioned)
  return new DependencyCycleDetectedError(cycleMembers(revisions, all))
}

function cycleMembers(revisions: readonly Revision[], links: Links): readonly string[] {
  const order = parentsFirst(revisions, links)
  if (order.length === revisions.length) return []
  const { parents, children } = links
  const heads = revisions.filter((revision) => (children.get(revision) ?? []).length === 0)
  const bases = revisions.filter((revision) => (parents.get(revision) ?? []).length === 0)
  if (heads.length === 0 || bases.length === 0) return revisions.map(({ revision }) => revision)
  const fromHeads = reach(heads, parents)
  const fromBases = reach(bases, children)
  const outside = revisions.filter((r) => !fromHeads.has(r) || !fromBases.has(r))
  const named = outside.length > 0 ? outside : circle(revisions, links, order)
  return named.map(({ revision }) => revision).sort()
}

function reach(
  starts: readonly Revision[],
  neighbours: ReadonlyMap<Revision, readonly Revision[]>,
): Set<Revision> {
  const seen = new Set(starts)
  // A set grows while it is read, too.
  for (const revision of seen) for (const next of neighbours.get(revision) ?? []) seen.add(next)
  return seen
}

/** Leaves what lies both on or above a circle and on or below one: the circles, and what is between two of them. */
function circle(
  revisions: readonly Revision[],
  { parents, children }: Links,
  notAbove: readonly Revision[],
): Revision[] {
  const notBelow = parentsFirst(revisions, { parents: children, children: parents })
  const free = new Set([...notAbove, ...notBelow])
  return revisions.filter((revision) => !free.has(revision))
}
