import { RevisionError } from '../../errors/revision-error.ts'
import type { Revision } from '../revision.ts'
import type { RevisionGraph } from './graph.ts'

export interface WalkOptions {
  /** Follow `dependsOn` as well as `downRevision`; default true. */
  readonly includeDependencies?: boolean
  /** Refuse starts of which one lies above or below another; default false. */
  readonly check?: boolean
}

/** Returns the starts and everything below them. */
export function ancestors(
  graph: RevisionGraph,
  starts: Iterable<Revision>,
  { includeDependencies = true, check = false }: WalkOptions = {},
): Set<Revision> {
  const parents = includeDependencies
    ? (revision: Revision) => revision.normalizedDownRevisions
    : (revision: Revision) => revision.versionedDownRevisions
  return reach(graph, [...starts], parents, check)
}

/** Returns the starts and everything above them. */
export function descendants(
  graph: RevisionGraph,
  starts: Iterable<Revision>,
  { includeDependencies = true, check = false }: WalkOptions = {},
): Set<Revision> {
  const children = includeDependencies
    ? (revision: Revision) => revision.allNextrev
    : (revision: Revision) => revision.nextrev
  return reach(graph, [...starts], children, check)
}

/** Returns the revision of an id that another revision names, which linking has made sure is there. */
export function revisionOf(graph: RevisionGraph, id: string): Revision {
  const revision = graph.byKey.get(id)
  if (revision === undefined) throw new RevisionError(`Revision ${id} is not in the map`)
  return revision
}

function reach(
  graph: RevisionGraph,
  starts: readonly Revision[],
  neighbours: (revision: Revision) => Iterable<string>,
  check: boolean,
): Set<Revision> {
  const seen = new Set<Revision>()
  const others = new Set(check ? starts : [])
  for (const start of starts) {
    const met = new Set<Revision>()
    const todo = [start]
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (next !== start && others.has(next)) met.add(next)
      if (seen.has(next)) continue
      seen.add(next)
      for (const id of neighbours(next)) todo.push(revisionOf(graph, id))
    }
    if (met.size > 0)
      throw new RevisionError(
        `Requested revision ${start.revision} overlaps with other requested revisions ${list(met)}`,
      )
  }
  return seen
}

function list(revisions: Iterable<Revision>): string {
  return Array.from(revisions, ({ revision }) => revision).join(', ')
}
