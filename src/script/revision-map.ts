import { warn, type WarningHandler } from '../util/warnings.ts'
import { type RangeOptions, collectDowngrade, collectUpgrade } from './map/collect.ts'
import type { RevisionGraph, RevisionOrBase } from './map/graph.ts'
import { linkRevisions, warnOfSecond } from './map/link.ts'
import { Resolver, type RevisionIdentifier, type StepOptions } from './map/resolver.ts'
import { topologicalOrder } from './map/topological-order.ts'
import { type WalkOptions, ancestors, descendants } from './map/walk.ts'
import type { Revision } from './revision.ts'

/**
 * The graph of all revisions, which answers what identifiers mean and what an upgrade or a downgrade runs.
 *
 * The revisions are asked for at the first question; what is wrong with them as a whole is thrown there. `onWarning` gets
 * the text of warnings and hints; default: a Node warning.
 *
 * @example
 * const map = new RevisionMap(() => [
 *   new Revision({ revision: 'a1' }),
 *   new Revision({ revision: 'b2', downRevision: 'a1' }),
 * ])
 * map.heads // ['b2']
 */
export class RevisionMap<Node extends Revision = Revision> {
  readonly #load: () => Iterable<Node>
  readonly #warn: WarningHandler
  #loaded: Node[] | null = null
  #graph: RevisionGraph | null = null
  readonly #resolver: Resolver = new Resolver(this)

  constructor(load: () => Iterable<Node>, onWarning: WarningHandler = warn) {
    this.#load = load
    this.#warn = onWarning
  }

  /** The linked revisions; loads them. */
  get graph(): RevisionGraph {
    if (this.#graph === null) {
      // What is linked again has been warned of.
      const warn = this.#loaded === null ? this.#warn : () => {}
      const loaded = this.#loaded ?? [...this.#load()]
      this.#graph = linkRevisions(loaded, warn)
      this.#loaded = loaded
    }
    return this.#graph
  }

  /** Every revision, in load order. */
  get revisions(): readonly Node[] {
    return this.graph.revisions as readonly Node[]
  }

  /** Ids without a child by `downRevision`. */
  get heads(): readonly string[] {
    return this.graph.heads
  }

  /** Ids without a parent. */
  get bases(): readonly string[] {
    return this.graph.bases
  }

  /** Ids that nothing follows and nothing depends on. */
  get realHeads(): readonly string[] {
    return this.graph.realHeads
  }

  /** Ids without a parent and without dependencies. */
  get realBases(): readonly string[] {
    return this.graph.realBases
  }

  /** Adds one revision, with a warning where its id is there already; the graph is linked anew at the next question. */
  addRevision(revision: Node): void {
    const { byKey } = this.graph
    warnOfSecond(byKey.get(revision.revision), revision, this.#warn)
    this.#loaded = [...(this.#loaded ?? []), revision]
    this.#graph = null
  }

  /** Splits `label@id` and replaces `heads`, `head`, `base` by ids. */
  resolveRevisionNumber(id: RevisionIdentifier): {
    readonly ids: readonly string[]
    readonly branch: string | null
  } {
    return this.#resolver.resolveNumber(id)
  }

  /** Returns the one head, of a branch where one is named; null where there is none, MultipleHeadsError where several. */
  getCurrentHead(branchLabel: string | null = null): string | null {
    return this.#resolver.currentHead(branchLabel)
  }

  /** Returns the bases that share a line with what is named. */
  getBaseRevisions(identifier: string): string[] {
    return this.filterForLineage(this.bases, identifier)
  }

  /** Returns the one revision that is meant: an id, the beginning of one, `head`, `label@head`, ...; null for the base. */
  getRevision(id: RevisionIdentifier): Node | null {
    return this.#resolver.revision(id) as Node | null
  }

  /** Returns all revisions that are meant; `-2` walks down from the heads, and may end at the base or before. */
  getRevisions(id: RevisionIdentifier): (Node | 'base' | null)[] {
    return this.#resolver.revisions(id) as (Node | 'base' | null)[]
  }

  /** Returns the tips of all that is applied where the version table has these rows. */
  getAllCurrent(rows: RevisionIdentifier): Node[] {
    return this.#resolver.allCurrent(rows) as Node[]
  }

  /** Leaves those targets that are above or below what `checkAgainst` means. */
  filterForLineage<Target extends Revision | string | null>(
    targets: readonly Target[],
    checkAgainst: string | null,
    options: Pick<WalkOptions, 'includeDependencies'> = {},
  ): Target[] {
    return this.#resolver.filterForLineage(targets, checkAgainst, options)
  }

  /** Walks `steps` up (positive) or down from `start`. */
  walk(
    start: Node | string | null,
    steps: number,
    options: StepOptions = {},
  ): RevisionOrBase | null {
    return this.#resolver.walk(start, steps, options)
  }

  /** Returns the starts and all below them. */
  ancestors(starts: Iterable<Node>, options: WalkOptions = {}): Set<Node> {
    return ancestors(this.graph, starts, options) as Set<Node>
  }

  /** Returns the starts and all above them. */
  descendants(starts: Iterable<Node>, options: WalkOptions = {}): Set<Node> {
    return descendants(this.graph, starts, options) as Set<Node>
  }

  /**
   * Yields the revisions from `upper` down to `lower`, children before parents.
   *
   * @throws RevisionError and its kinds at the first step.
   */
  *iterateRevisions(
    upper: RevisionIdentifier,
    lower: RevisionIdentifier,
    options: RangeOptions = {},
  ): Generator<Node, void, undefined> {
    const all: Required<RangeOptions> = {
      implicitBase: false,
      inclusive: false,
      assertRelativeLength: true,
      selectForDowngrade: false,
      ...options,
    }
    const collect = all.selectForDowngrade ? collectDowngrade : collectUpgrade
    const collected = collect(this.#resolver, upper, lower, all, this.#warn)
    // By id: one that is a symbol, such as `head`, means other revisions, and is refused before anything runs.
    for (const { revision } of topologicalOrder(this.graph, collected))
      yield this.#resolver.actualRevision(revision) as Node
  }
}
