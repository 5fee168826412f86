import { RangeNotAncestorError, RevisionError } from '../../errors/revision-error.ts'
import type { Revision } from '../revision.ts'
import { downgradeTarget, upgradeTargets } from './relative.ts'
import { type RevisionIdentifier, type Resolver, asRevision } from './resolver.ts'
import { ancestors, descendants } from './walk.ts'

/** A range of the graph, and how it is to be read. */
export interface RangeOptions {
  /** Take in everything that the upper end needs, on whatever branch; default false: what follows the lower end. */
  readonly implicitBase?: boolean
  /** Take in the lower end itself; default false. */
  readonly inclusive?: boolean
  /** Refuse relative identifiers that lead past the end; default true. */
  readonly assertRelativeLength?: boolean
  /** Read the range as a downgrade: from the rows `upper` to the target `lower`; default false. */
  readonly selectForDowngrade?: boolean
}

/** The revisions of a range, and the heads to sort them from. */
export interface Collected {
  readonly revisions: Set<Revision>
  readonly heads: readonly Revision[]
}

/** Returns what an upgrade from the rows `lower` to `upper` has to run. */
export function collectUpgrade(
  resolver: Resolver,
  upper: RevisionIdentifier,
  lower: RevisionIdentifier,
  options: Required<RangeOptions>,
  warn: (message: string) => void,
): Collected {
  const { implicitBase, inclusive } = options
  const targets = onNamedBranch(resolver, upgradeTargets(resolver, lower, upper, options), lower)
  const required = ancestors(resolver.graph, targets, { check: true })

  let start = lower
  let current = resolver.revisions(lower)
  if (!implicitBase && current.some((r) => r === 'base' || (r !== null && !required.has(r))))
    throw new RangeNotAncestorError(ids(lower), ids(upper))
  // A relative lower end that leads past the base, when walked from the heads, is counted from the upper end.
  if (current[0] === null) {
    const { revision } = downgradeTarget(resolver, upper, lower, options, warn)
    current = revision === null ? [] : [revision]
    start = revision?.revision ?? null
  }
  const rows = current.map((revision) => asRevision(revision, lower))
  const applied = ancestors(resolver.graph, rows, { check: true })

  const needed = new Set<Revision>()
  for (const revision of required) if (!applied.has(revision)) needed.add(revision)
  if (inclusive) for (const revision of resolver.actualRevisions(start)) needed.add(revision)
  if (rows.length > 0 && !implicitBase) {
    const above = descendants(resolver.graph, rows, { check: true, includeDependencies: false })
    for (const revision of needed) if (!above.has(revision)) needed.delete(revision)
  }
  return { revisions: needed, heads: targets }
}

/** Where the lower end is `label@...`, only those targets count that carry the label. */
function onNamedBranch(
  resolver: Resolver,
  targets: readonly Revision[],
  lower: RevisionIdentifier,
): readonly Revision[] {
  if (typeof lower !== 'string' || !lower.includes('@')) return targets
  let branch = lower.slice(0, lower.indexOf('@'))
  const named = resolver.revision(branch)
  if (named?.revision === branch) {
    // A revision was named in place of its branch.
    const [label, ...more] = named.branchLabels
    if (label === undefined || more.length > 0)
      throw new RevisionError(
        `Revision ${branch} has ${named.branchLabels.size} branch labels; name the branch by one label`,
      )
    branch = label
  }
  return [...new Set(targets)].filter(({ branchLabels }) => branchLabels.has(branch))
}

/** Returns what a downgrade from the rows `upper` to the target `lower` has to undo. */
export function collectDowngrade(
  resolver: Resolver,
  upper: RevisionIdentifier,
  lower: RevisionIdentifier,
  options: Required<RangeOptions>,
  warn: (message: string) => void,
): Collected {
  const { branch, revision: target } = downgradeTarget(resolver, upper, lower, options, warn)
  const roots = rootsAbove(resolver, target, branch, options.inclusive)
  const heads = resolver.actualRevisions(upper)
  const active = ancestors(resolver.graph, heads)
  const undone = new Set<Revision>()
  for (const revision of descendants(resolver.graph, roots))
    if (active.has(revision)) undone.add(revision)
  if (options.implicitBase) {
    const below = ancestors(resolver.graph, roots)
    for (const revision of active) if (!below.has(revision)) undone.add(revision)
  }
  if (target !== null && undone.size === 0 && !heads.includes(target))
    throw new RangeNotAncestorError('Nothing to drop', ids(upper))
  return { revisions: undone, heads }
}

/** Returns the lowest revisions that go: the target's children, of one branch where one is named, or all bases. */
function rootsAbove(
  resolver: Resolver,
  target: Revision | null,
  branch: string | null,
  inclusive: boolean,
): readonly Revision[] {
  let roots: readonly Revision[]
  if (target === null) roots = resolver.graph.revisions.filter(({ isBase }) => isBase)
  else if (inclusive) roots = [target]
  else roots = resolver.actualRevisions([...target.nextrev])
  if (branch === null) return roots
  // Looked up in any case: a branch that does not exist must never mean everything.
  const mark = resolver.branch(branch)
  if (roots.length < 2) return roots
  const line = ancestors(resolver.graph, [mark], { includeDependencies: false })
  const ofBranch = roots.filter((root) => line.has(root))
  if (ofBranch.length === 0)
    throw new RevisionError('Not a valid downgrade target from current heads')
  return ofBranch
}

function ids(identifier: RevisionIdentifier): string | readonly string[] | null {
  return identifier === null || typeof identifier === 'string'
    ? identifier
    : identifier.filter((id) => id !== null)
}
