import type { Script } from '../script/script.ts'
import { idList } from '../script/revision.ts'

/** What commands answer about a revision. */
export interface RevisionInfo {
  readonly revision: string
  /** Empty for a base; several for a merge. */
  readonly downRevisions: readonly string[]
  /** As in the file: ids or branch labels. */
  readonly dependsOn: readonly string[]
  /** Every label of the branches that the revision is on, sorted. */
  readonly branchLabels: readonly string[]
  /** The first paragraph of the text at the top of the file. */
  readonly message: string
  /** Absolute path of the file. */
  readonly path: string
  /** No other revision follows. */
  readonly isHead: boolean
  /** Nothing follows, but another branch depends on it. */
  readonly isEffectiveHead: boolean
  readonly isBranchPoint: boolean
  readonly isMergePoint: boolean
}

/** What commands that make revisions answer as a document. */
export interface CreatedRevisions {
  readonly created: readonly RevisionInfo[]
}

export function revisionInfo(script: Script): RevisionInfo {
  return {
    revision: script.revision,
    downRevisions: script.versionedDownRevisions,
    dependsOn: idList(script.dependencies),
    branchLabels: [...script.branchLabels].toSorted(),
    message: script.doc,
    path: script.path,
    isHead: script.isHead,
    isEffectiveHead: script.isHead && !script.isRealHead,
    isBranchPoint: script.isBranchPoint,
    isMergePoint: script.isMergePoint,
  }
}

export function createdRevisions(created: Script | readonly Script[]): CreatedRevisions {
  return { created: [created].flat().map(revisionInfo) }
}
