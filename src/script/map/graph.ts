import type { Revision } from '../revision.ts'

/** The linked revisions of one map. */
export interface RevisionGraph {
  /** By id and by branch label, in load order, ids first. */
  readonly byKey: ReadonlyMap<string, Revision>
  /** Each id's revision once, in load order; of several files with one id the last. */
  readonly revisions: readonly Revision[]
  readonly heads: readonly string[]
  readonly bases: readonly string[]
  /** As `heads` and `bases`, where a dependency counts as a parent. */
  readonly realHeads: readonly string[]
  readonly realBases: readonly string[]
}

/** The bottom of the graph, as the result of a walk. */
export type RevisionOrBase = Revision | 'base'
