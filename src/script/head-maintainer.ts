import { RevisionError } from '../errors/revision-error.ts'
import { AppliedRevisions } from './applied-revisions.ts'
import { type MigrationStep, RevisionStep, StampStep } from './migration-step.ts'

/** One statement on the rows of the version table. */
export type RowEdit =
  | { readonly kind: 'insert'; readonly version: string }
  | { readonly kind: 'delete'; readonly version: string }
  | { readonly kind: 'update'; readonly from: string; readonly to: string }

/** What a step does to the version table. */
export interface HeadChange {
  /** The statements, in order. */
  readonly edits: readonly RowEdit[]
  /** The line for the log. */
  readonly description: string
}

export interface HeadMaintainerOptions {
  /**
   * Keep the rows to the letter as Python's Alembic does, where a revision has parents of which one includes another: after
   * a downgrade it leaves a row for both, which a later upgrade refuses; in an upgrade it fails on the row that is not there.
   * For comparisons; default false.
   */
  readonly exactlyAsAlembic?: boolean
}

/**
 * Keeps the rows of the version table in mind while steps run, and tells what each of them does to the table.
 *
 * @example
 * const maintainer = new HeadMaintainer(['a1'])
 * maintainer.updateToStep(step).edits // [{ kind: 'update', from: 'a1', to: 'b2' }]
 */
export class HeadMaintainer {
  readonly #heads: Set<string>
  readonly #exactlyAsAlembic: boolean
  /** Found out when a step needs it. */
  #applied: AppliedRevisions | null = null

  constructor(heads: Iterable<string>, options: HeadMaintainerOptions = {}) {
    this.#heads = new Set(heads)
    this.#exactlyAsAlembic = options.exactlyAsAlembic ?? false
  }

  /** The rows as they are after the steps so far. */
  get heads(): ReadonlySet<string> {
    return this.#heads
  }

  /** Moves the heads as the step does. */
  updateToStep(step: MigrationStep): HeadChange {
    const change = this.#changeOf(step)
    for (const edit of change.edits) this.#apply(edit)
    if (step instanceof RevisionStep) {
      if (step.isUpgrade) this.#applied?.add(step.revision)
      else this.#applied?.delete(step.revision)
    } else this.#applied = null
    return change
  }

  #changeOf(step: MigrationStep): HeadChange {
    if (step instanceof StampStep) return stampChange(step, this.#heads)
    if (!(step instanceof RevisionStep))
      throw new RevisionError(
        `A step is a RevisionStep or a StampStep, not ${step.constructor.name}`,
      )
    if (step.isUpgrade) {
      const change = upgradeChange(step, this.#heads)
      if (this.#exactlyAsAlembic && change.edits.length > 1) this.#refuseRedundantParents(step)
      return change
    }
    return downgradeChange(step, this.#heads, () => this.#rowsWithout(step))
  }

  #rowsWithout(step: RevisionStep): readonly string[] {
    const applied = this.#appliedBefore(step)
    return this.#exactlyAsAlembic
      ? applied.rowsWithoutByAlembic(step.revision, this.#heads)
      : applied.rowsWithout(step.revision, this.#heads)
  }

  #refuseRedundantParents(step: RevisionStep): void {
    const redundant = this.#appliedBefore(step).redundantParents(step.revision, this.#heads)
    if (redundant.length > 0)
      throw new RevisionError(
        `${step.revision.origin} merges several revisions and depends on ${redundant.join(', ')}, which they include; ` +
          "take it out of 'dependsOn'",
      )
  }

  #appliedBefore(step: RevisionStep): AppliedRevisions {
    return (this.#applied ??= new AppliedRevisions(step.map, this.#heads))
  }

  #apply(edit: RowEdit): void {
    if (edit.kind !== 'insert') this.#remove(edit.kind === 'update' ? edit.from : edit.version)
    if (edit.kind !== 'delete') this.#add(edit.kind === 'update' ? edit.to : edit.version)
  }

  #add(version: string): void {
    if (this.#heads.has(version))
      throw new RevisionError(`Revision ${version} is in the version table already`)
    this.#heads.add(version)
  }

  #remove(version: string): void {
    if (!this.#heads.delete(version))
      throw new RevisionError(
        `Revision ${version} is to be taken out of the version table, where it is no row of its own`,
      )
  }
}

/**
 * Makes sure that the version table can follow a plan to its end, before the first step runs.
 *
 * @throws RevisionError where it can't.
 */
export function verifyPlan<Step extends MigrationStep>(
  steps: readonly Step[],
  rows: Iterable<string>,
): readonly Step[] {
  const maintainer = new HeadMaintainer(rows)
  for (const step of steps) maintainer.updateToStep(step)
  return steps
}

function upgradeChange(step: RevisionStep, heads: ReadonlySet<string>): HeadChange {
  const { revision, normalizedDownRevisions: parents } = step.revision
  // A parent that is no row is below one that is.
  const applied = parents.filter((id) => heads.has(id))
  if (applied.length === 0) return insertion(revision)
  if (applied.length > 1) return merge(applied, revision)
  return update(parents.length === 1 ? parents[0] : applied[0], revision)
}

function downgradeChange(
  step: RevisionStep,
  heads: ReadonlySet<string>,
  rowsWithout: () => readonly string[],
): HeadChange {
  const { revision, normalizedDownRevisions: parents } = step.revision
  if (heads.has(revision)) {
    const back = rowsWithout()
    if (back.length === 0) return deletion(revision)
    if (parents.length > 1) return unmerge(revision, back)
  }
  const applied = parents.filter((id) => heads.has(id))
  if (parents.length > 1 && applied.length !== 1)
    throw new RevisionError(
      `Can't tell which row of the version table revision ${revision} goes down to: ${parents.join(', ')}`,
    )
  return update(revision, parents.length === 1 ? parents[0] : applied[0])
}

function stampChange(step: StampStep, heads: ReadonlySet<string>): HeadChange {
  const { fromRevisionsNoDeps: from, toRevisionsNoDeps: to, branchMove, isUpgrade } = step
  if (!isUpgrade && branchMove) return deletion(from[0])
  const comes = branchMove || from.some((id) => !heads.has(id))
  if (isUpgrade && comes && to.some((id) => !heads.has(id))) return insertion(to[0])
  if (from.length > 1) return merge(from, to[0])
  if (to.length > 1) return unmerge(from[0], to)
  return update(from[0], to[0])
}

function deletion(version: string | undefined): HeadChange {
  const id = known(version)
  return { edits: [{ kind: 'delete', version: id }], description: `branch delete ${id}` }
}

function insertion(version: string | undefined): HeadChange {
  const id = known(version)
  return { edits: [{ kind: 'insert', version: id }], description: `new branch insert ${id}` }
}

function update(from: string | undefined, to: string | undefined): HeadChange {
  const edit = { kind: 'update', from: known(from), to: known(to) } as const
  return { edits: [edit], description: `update ${edit.from} to ${edit.to}` }
}

function merge(from: readonly string[], to: string | undefined): HeadChange {
  const moved = update(from.at(-1), to)
  const gone = from.slice(0, -1)
  return {
    edits: [...gone.map((version) => ({ kind: 'delete', version }) as const), ...moved.edits],
    description: `merge, delete ${quoted(gone)}, ${moved.description}`,
  }
}

function unmerge(from: string | undefined, to: readonly string[]): HeadChange {
  const moved = update(from, to.at(-1))
  const back = to.slice(0, -1)
  return {
    edits: [...back.map((version) => ({ kind: 'insert', version }) as const), ...moved.edits],
    description: `unmerge, insert ${quoted(back)}, ${moved.description}`,
  }
}

function quoted(ids: readonly string[]): string {
  return `[${ids.map((id) => `'${id}'`).join(', ')}]`
}

function known(version: string | undefined): string {
  if (version === undefined) throw new RevisionError('The step does not say which row it moves')
  return version
}
