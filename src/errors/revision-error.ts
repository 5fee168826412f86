import { AlembicError } from './alembic-error.ts'

/** The revision graph, or a question asked of it, makes no sense. */
export class RevisionError extends AlembicError {
  readonly code: string = 'REVISION_ERROR'
}

/** `lower` is not an ancestor of `upper`. */
export class RangeNotAncestorError extends RevisionError {
  override readonly code: string = 'RANGE_NOT_ANCESTOR'
  readonly lower: string | readonly string[] | null
  readonly upper: string | readonly string[] | null

  constructor(lower: string | readonly string[] | null, upper: string | readonly string[] | null) {
    super(`Revision ${named(lower)} is not an ancestor of revision ${named(upper)}`)
    this.lower = lower
    this.upper = upper
  }
}

/** One head was asked for and there are several. */
export class MultipleHeadsError extends RevisionError {
  override readonly code: string = 'MULTIPLE_HEADS'
  readonly heads: readonly string[]
  readonly argument: string | null

  constructor(heads: readonly string[], argument: string | null) {
    super(`Multiple heads are present for given argument '${argument}'; ${heads.join(', ')}`)
    this.heads = heads
    this.argument = argument
  }
}

/** No revision, or more than one, answers to an identifier. */
export class ResolutionError extends RevisionError {
  override readonly code: string = 'REVISION_NOT_FOUND'
  readonly argument: string
  /** Ids and labels that may have been meant, the likeliest first. */
  readonly suggestions: readonly string[]

  constructor(
    message: string,
    argument: string,
    options: { readonly cause?: unknown; readonly suggestions?: readonly string[] } = {},
  ) {
    super(message, options)
    this.argument = argument
    this.suggestions = options.suggestions ?? []
  }
}

/** The `downRevision` links of the files go in a circle. */
export class CycleDetectedError extends RevisionError {
  override readonly code: string = 'REVISION_CYCLE'
  readonly revisions: readonly string[]

  constructor(revisions: readonly string[], kind = 'Cycle') {
    super(`${kind} is detected in revisions (${revisions.join(', ')})`)
    this.revisions = revisions
  }
}

/** The `downRevision` and `dependsOn` links together go in a circle. */
export class DependencyCycleDetectedError extends CycleDetectedError {
  override readonly code: string = 'DEPENDENCY_CYCLE'

  constructor(revisions: readonly string[]) {
    super(revisions, 'Dependency cycle')
  }
}

/** A revision names itself as its `downRevision`. */
export class LoopDetectedError extends CycleDetectedError {
  override readonly code: string = 'REVISION_LOOP'

  constructor(revision: string) {
    super([revision], 'Self-loop')
  }
}

/** A revision names itself in `dependsOn`. */
export class DependencyLoopDetectedError extends DependencyCycleDetectedError {
  override readonly code: string = 'DEPENDENCY_LOOP'

  constructor(revision: string) {
    super([revision])
    this.message = `Dependency self-loop is detected in revisions (${revision})`
  }
}

function named(revisions: string | readonly string[] | null): string {
  return revisions === null || revisions.length === 0 ? 'base' : [revisions].flat().join(', ')
}
