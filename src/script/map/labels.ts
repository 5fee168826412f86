import type { Revision } from '../revision.ts'
import type { Links } from './cycles.ts'

type Labels = ReadonlySet<string>

const NONE: Labels = new Set()

/**
 * Returns the branch labels of every revision: its own, those of all its ancestors by `downRevision`, and, on a line that
 * ends in a head without branching, those of the line's other revisions, above and below.
 *
 * Revisions with the same labels share one set; `order` has parents before children.
 */
export function spreadLabels(
  order: readonly Revision[],
  versioned: Links,
  all: Links,
): Map<Revision, Labels> {
  const labels = new Map<Revision, Labels>()
  if (order.every(({ ownBranchLabels }) => ownBranchLabels.length === 0)) return labels
  for (const revision of order) {
    const parents = (versioned.parents.get(revision) ?? []).map((p) => labels.get(p) ?? NONE)
    if (revision.ownBranchLabels.length > 0) parents.push(new Set(revision.ownBranchLabels))
    labels.set(revision, union(parents))
  }
  for (const head of order) {
    if (versioned.children.has(head)) continue
    const ofLine = labels.get(head) ?? NONE
    if (ofLine.size === 0) continue
    let revision: Revision | undefined = head
    while (revision !== undefined && !revision.isMergePoint && !branches(revision, all)) {
      labels.set(revision, ofLine)
      revision = versioned.parents.get(revision)?.[0]
    }
  }
  return labels
}

function branches(revision: Revision, all: Links): boolean {
  return (all.children.get(revision)?.length ?? 0) > 1
}

function union(sets: readonly Labels[]): Labels {
  if (sets.length < 2) return sets[0] ?? NONE
  const [largest = NONE, ...rest] = sets.toSorted((a, b) => b.size - a.size)
  if (rest.every((set) => [...set].every((label) => largest.has(label)))) return largest
  return new Set(sets.flatMap((set) => [...set]))
}
