import { RevisionError } from '../../errors/revision-error.ts'
import type { WarningHandler } from '../../util/warnings.ts'
import type { Revision } from '../revision.ts'
import { type Links, cycleError, parentsFirst } from './cycles.ts'
import { normalizeDependencies } from './dependencies.ts'
import type { RevisionGraph } from './graph.ts'
import { spreadLabels } from './labels.ts'

const NONE: ReadonlySet<string> = new Set()
const NO_IDS: readonly string[] = []

/**
 * Links revisions, given in load order, to a graph: children, heads and bases, dependencies, branch labels.
 *
 * A second revision with an id replaces the first, with a warning. All else that is wrong with the whole is an error:
 * a label twice, a revision that is named and not there, a circle.
 */
export function linkRevisions(loaded: readonly Revision[], warn: WarningHandler): RevisionGraph {
  const byKey = mapById(loaded, warn)
  const revisions = [...byKey.values()]
  mapLabels(loaded, byKey)
  const resolved = new Map(
    loaded.map((revision) => [revision, resolveDependencies(revision, byKey)]),
  )
  const { versioned, all } = linkParents(loaded, revisions, resolved, byKey)

  const order = parentsFirst(revisions, all)
  if (order.length < revisions.length) throw cycleError(revisions, versioned, all)
  const depths = depthsOf(order, all)
  // Only plans ask for these, and they take a walk through the graph.
  let normalized: ReadonlyMap<Revision, readonly string[]> | undefined
  const normalizedOf = (revision: Revision): readonly string[] => {
    normalized ??= normalizeDependencies(loaded, resolved, versioned, depths)
    return normalized.get(revision) ?? NO_IDS
  }
  const labels = spreadLabels(order, versioned, all)
  const positions = new Map(revisions.map((revision, index) => [revision, index]))
  for (const revision of loaded) {
    const nextrev = idsOf(versioned.children.get(revision))
    const allNextrev = idsOf(all.children.get(revision))
    revision.setLinks({
      nextrev,
      allNextrev: allNextrev.size === nextrev.size ? nextrev : allNextrev,
      resolvedDependencies: resolved.get(revision) ?? NO_IDS,
      normalizedDependencies: () => normalizedOf(revision),
      branchLabels:
        labels.get(revision) ??
        (revision.ownBranchLabels.length === 0 ? NONE : new Set(revision.ownBranchLabels)),
      depth: depths.get(revision) ?? 0,
      position: positions.get(revision) ?? 0,
    })
  }
  const ids = (test: (revision: Revision) => boolean): string[] =>
    loaded.filter(test).map(({ revision }) => revision)
  return {
    byKey,
    revisions,
    heads: ids((revision) => revision.isHead),
    bases: ids((revision) => revision.isBase),
    realHeads: ids((revision) => revision.isRealHead),
    realBases: ids((revision) => revision.isRealBase),
  }
}

function mapById(loaded: readonly Revision[], warn: WarningHandler): Map<string, Revision> {
  const byKey = new Map<string, Revision>()
  for (const revision of loaded) {
    warnOfSecond(byKey.get(revision.revision), revision, warn)
    byKey.set(revision.revision, revision)
  }
  return byKey
}

/** Warns of a revision whose id another one has. */
export function warnOfSecond(
  first: Revision | undefined,
  second: Revision,
  warn: WarningHandler,
): void {
  if (first === undefined) return
  const files = [first.file, second.file].filter((file) => file !== null)
  const hint = files.length === 2 ? `it is in ${files.join(' and in ')}` : undefined
  warn(`Revision ${second.revision} is present more than once`, hint)
}

function mapLabels(loaded: readonly Revision[], byKey: Map<string, Revision>): void {
  for (const revision of loaded)
    for (const label of revision.ownBranchLabels) {
      const owner = byKey.get(label)
      if (owner !== undefined)
        throw new RevisionError(
          `Branch name '${label}' in revision ${revision.revision} already used by revision ${owner.revision}`,
        )
      byKey.set(label, revision)
    }
}

function resolveDependencies(
  revision: Revision,
  byKey: ReadonlyMap<string, Revision>,
): readonly string[] {
  const { dependencies } = revision
  if (dependencies === null) return NO_IDS
  return [dependencies].flat().map((name) => {
    const found = byKey.get(name)
    if (found === undefined) throw notPresent(name, revision)
    return found.revision
  })
}

/** Finds the parents of every revision, first by `downRevision`, then by both kinds of link. */
function linkParents(
  loaded: readonly Revision[],
  revisions: readonly Revision[],
  resolved: ReadonlyMap<Revision, readonly string[]>,
  byKey: ReadonlyMap<string, Revision>,
): { versioned: Links; all: Links } {
  const find = (id: string, from: Revision): Revision => {
    const parent = byKey.get(id)
    if (parent === undefined) throw notPresent(id, from)
    // A label names the head of a branch, which moves on; a parent has to stay.
    if (parent.revision !== id) throw new RevisionError('Dependency resolution failed; broken map')
    return parent
  }
  const versioned = new Map<Revision, Revision[]>()
  const all = new Map<Revision, Revision[]>()
  for (const revision of loaded) {
    const down = revision.versionedDownRevisions
    const parents = (down.length > 1 ? [...new Set(down)] : down).map((id) => find(id, revision))
    const dependencies = (resolved.get(revision) ?? []).map((id) => find(id, revision))
    versioned.set(revision, parents)
    all.set(
      revision,
      dependencies.length === 0 ? parents : [...new Set([...parents, ...dependencies])],
    )
  }
  return { versioned: withChildren(revisions, versioned), all: withChildren(revisions, all) }
}

function withChildren(revisions: readonly Revision[], parents: Map<Revision, Revision[]>): Links {
  const children = new Map<Revision, Revision[]>()
  for (const revision of revisions)
    for (const parent of parents.get(revision) ?? []) {
      const known = children.get(parent)
      if (known === undefined) children.set(parent, [revision])
      else known.push(revision)
    }
  return { parents, children }
}

function depthsOf(order: readonly Revision[], { parents }: Links): Map<Revision, number> {
  const depths = new Map<Revision, number>()
  for (const revision of order) {
    let depth = 0
    for (const parent of parents.get(revision) ?? [])
      depth = Math.max(depth, (depths.get(parent) ?? 0) + 1)
    depths.set(revision, depth)
  }
  return depths
}

function idsOf(revisions: readonly Revision[] | undefined): ReadonlySet<string> {
  return revisions === undefined ? NONE : new Set(revisions.map(({ revision }) => revision))
}

function notPresent(name: string, from: Revision): RevisionError {
  return new RevisionError(`Revision ${name} referenced from ${from.origin} is not present`)
}
