import { inspect } from 'node:util'
import { MultipleHeadsError, ResolutionError, RevisionError } from '../../errors/revision-error.ts'
import { closest } from '../../util/closest.ts'
import type { Revision } from '../revision.ts'
import type { RevisionGraph, RevisionOrBase } from './graph.ts'
import { type WalkOptions, ancestors, descendants } from './walk.ts'

/** What a user may name revisions by: an id, the beginning of one, a symbol, a label, or several of them. */
export type RevisionIdentifier = string | readonly (string | null)[] | null

type Target = Revision | string | null

export interface StepOptions {
  /** Walking up, stay on this branch. */
  readonly branch?: string | null
  /** Answer null where the graph ends before the last step; default true. Else the walk ends there. */
  readonly noOverwalk?: boolean
}

// A number as Python's int() reads it: `-1`, ` -1 `, `-1_000`.
const NEGATIVE_NUMBER = /^\s*-\d+(?:_\d+)*\s*$/

/** Finds the revisions that identifiers mean. */
export class Resolver {
  readonly #source: { readonly graph: RevisionGraph }

  /** The graph is asked for when a question needs it: asking may read files. */
  constructor(source: { readonly graph: RevisionGraph }) {
    this.#source = source
  }

  get graph(): RevisionGraph {
    return this.#source.graph
  }

  /** Splits `label@id` and replaces `heads`, `head` and `base` by ids; other ids are not looked up yet. */
  resolveNumber(identifier: RevisionIdentifier): {
    readonly ids: readonly string[]
    readonly branch: string | null
  } {
    if (identifier !== null && typeof identifier !== 'string') {
      if (!Array.isArray(identifier) || identifier.some((id) => typeof id !== 'string'))
        throw new RevisionError(
          `revision identifier ${inspect(identifier)} is not a string; ensure database driver settings are correct`,
        )
      return { ids: identifier as readonly string[], branch: null }
    }
    const at = identifier?.indexOf('@') ?? -1
    const branch = at < 0 ? null : (identifier?.slice(0, at) ?? null)
    const id = at < 0 ? identifier : (identifier?.slice(at + 1) ?? null)
    switch (id) {
      case 'heads':
        return { ids: branch ? this.#headsOf(branch) : this.graph.realHeads, branch }
      case 'head': {
        const head = this.currentHead(branch)
        return { ids: head === null ? [] : [head], branch }
      }
      case 'base':
      case null:
        return { ids: [], branch }
      default:
        return { ids: [id], branch }
    }
  }

  /** @throws MultipleHeadsError where there are several. */
  currentHead(branch: string | null = null): string | null {
    const heads = branch ? this.#headsOf(branch) : this.graph.heads
    if (heads.length > 1) throw new MultipleHeadsError(heads, branch ? `${branch}@head` : 'head')
    return heads[0] ?? null
  }

  /** Returns the one revision that is meant, or null for the base. */
  revision(identifier: RevisionIdentifier): Revision | null {
    const { ids, branch } = this.resolveNumber(identifier)
    if (ids.length > 1) throw new MultipleHeadsError(ids, String(identifier))
    return this.#find(ids[0] ?? null, branch)
  }

  /** As `revision()`, where the base is an error. */
  actualRevision(identifier: RevisionIdentifier): Revision {
    return asRevision(this.revision(identifier), identifier)
  }

  /** Returns all revisions that are meant, none for the base; `-2` walks down from the heads. */
  revisions(identifier: RevisionIdentifier): (RevisionOrBase | null)[] {
    if (identifier !== null && typeof identifier !== 'string')
      return identifier.flatMap((each) => this.revisions(each))
    const { ids, branch } = this.resolveNumber(identifier)
    const [only] = ids
    if (ids.length === 1 && only !== undefined && NEGATIVE_NUMBER.test(only)) {
      const steps = Number(only.replaceAll('_', ''))
      if (steps < 0)
        return this.actualRevisions('heads')
          .filter((head) => branch === null || head.branchLabels.has(branch))
          .map((head) => this.walk(head, steps))
    }
    return ids.map((id) => this.#find(id, branch))
  }

  /** As `revisions()`, where the base as the end of a relative walk is an error. */
  actualRevisions(identifier: RevisionIdentifier): Revision[] {
    return this.revisions(identifier).map((revision) => asRevision(revision, identifier))
  }

  /** Returns the tips of everything that is applied where the version table has these rows. */
  allCurrent(rows: RevisionIdentifier): Revision[] {
    const applied = ancestors(this.graph, this.actualRevisions(rows))
    const followed = new Set(
      [...applied].flatMap(({ versionedDownRevisions }) => versionedDownRevisions),
    )
    return [...applied].filter(({ revision }) => !followed.has(revision))
  }

  /** Returns the revision that a branch is named by: the one that declares the label, or any id. */
  branch(label: string): Revision {
    const declared = this.graph.byKey.get(label)
    if (declared !== undefined) return declared
    try {
      return asRevision(this.#find(label, null), label)
    } catch (error) {
      if (!(error instanceof ResolutionError)) throw error
      throw new ResolutionError(`No such branch: '${label}'`, label, {
        cause: error,
        suggestions: error.suggestions,
      })
    }
  }

  /** Leaves those targets that lie above or below what `checkAgainst` means, or are it. */
  filterForLineage<T extends Target>(
    targets: readonly T[],
    checkAgainst: string | null,
    options: Pick<WalkOptions, 'includeDependencies'> = {},
  ): T[] {
    return targets.filter(this.#lineage(checkAgainst, options.includeDependencies ?? false))
  }

  /**
   * Walks up (`steps` > 0) or down from `start`, null being the base on the way up and the heads on the way down.
   *
   * @throws RevisionError where a step could go to several revisions.
   */
  walk(
    start: Revision | string | null,
    steps: number,
    { branch = null, noOverwalk = true }: StepOptions = {},
  ): RevisionOrBase | null {
    let at: RevisionOrBase | null = typeof start === 'string' ? this.revision(start) : start
    const onBranch = branch && steps > 0 ? this.#lineage(branch, false) : () => true
    for (let step = 0; step < Math.abs(steps); step++) {
      const next: RevisionOrBase[] = steps > 0 ? this.#above(at).filter(onBranch) : this.#below(at)
      if (next.length > 1) throw new RevisionError('Ambiguous walk')
      if (next[0] === undefined) return noOverwalk ? null : at
      at = next[0]
    }
    return at
  }

  #above(revision: RevisionOrBase | null): Revision[] {
    if (revision === 'base') throw new RevisionError('Walked too far')
    return this.actualRevisions(revision === null ? this.graph.bases : [...revision.nextrev])
  }

  #below(revision: RevisionOrBase | null): RevisionOrBase[] {
    if (revision === 'base') return []
    const ids = revision === null ? this.graph.heads : revision.versionedDownRevisions
    const parents = this.actualRevisions(ids)
    return parents.length === 0 ? ['base'] : parents
  }

  #headsOf(branch: string): readonly string[] {
    return this.filterForLineage(this.graph.heads, branch)
  }

  /** Returns a test; what it needs is found at its first call, so that nothing is looked up for no targets. */
  #lineage(checkAgainst: string | null, includeDependencies: boolean): (target: Target) => boolean {
    const { ids, branch } = this.resolveNumber(checkAgainst)
    const marks = branch ? [branch, ...ids] : ids
    if (marks.length === 0) return () => true
    let line: ReadonlySet<Revision> | null = null
    return (target) => {
      const revision =
        target === null || typeof target === 'string' ? this.#find(target, null) : target
      if (line === null) {
        const starts = marks.map((mark) => asRevision(this.#find(mark, null), mark))
        line = new Set([
          ...descendants(this.graph, starts, { includeDependencies }),
          ...ancestors(this.graph, starts, { includeDependencies }),
        ])
      }
      return line.has(asRevision(revision, typeof target === 'string' ? target : 'base'))
    }
  }

  #find(id: string | null, branch: string | null): Revision | null {
    const mark = branch ? this.branch(branch) : null
    if (id === null) return null
    const revision = this.graph.byKey.get(id) ?? this.#findByPrefix(id, branch)
    if (mark !== null && !this.#shareLineage(revision, mark))
      throw new ResolutionError(
        `Revision ${revision.revision} is not a member of branch '${branch}'`,
        id,
      )
    return revision
  }

  #findByPrefix(prefix: string, branch: string | null): Revision {
    const matches =
      prefix === ''
        ? []
        : [...this.graph.byKey.keys()].filter((key) => key.length > 3 && key.startsWith(prefix))
    const keys = branch ? this.filterForLineage(matches, branch) : matches
    if (keys.length > 1) {
      const some = keys.slice(0, 3).map((key) => `'${key}'`)
      throw new ResolutionError(
        `Multiple revisions start with '${prefix}': ${some.join(', ')}...`,
        prefix,
        { suggestions: keys },
      )
    }
    const found = keys[0] === undefined ? undefined : this.graph.byKey.get(keys[0])
    if (found !== undefined) return found
    const hint =
      prefix.length < 4
        ? '; please ensure at least four characters are present for partial revision identifier matches'
        : ''
    throw new ResolutionError(`No such revision or branch '${prefix}'${hint}`, prefix, {
      suggestions: closest(prefix, this.graph.byKey.keys()),
    })
  }

  #shareLineage(revision: Revision, mark: Revision): boolean {
    const options = { includeDependencies: false }
    return (
      ancestors(this.graph, [revision], options).has(mark) ||
      descendants(this.graph, [revision], options).has(mark)
    )
  }
}

/** Returns a revision, where nothing but a revision makes sense. */
export function asRevision(
  revision: RevisionOrBase | null,
  identifier: RevisionIdentifier,
): Revision {
  if (revision === null || revision === 'base')
    throw new RevisionError(`'${String(identifier)}' does not name a revision`)
  return revision
}
