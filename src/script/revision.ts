import {
  DependencyLoopDetectedError,
  LoopDetectedError,
  RevisionError,
} from '../errors/revision-error.ts'

/** One revision id, several, or none: what `downRevision` and `dependsOn` may be. */
export type RevisionIds = string | readonly string[] | null

/** The four literals that a revision file exports. */
export interface RevisionHeader {
  readonly revision: string
  readonly downRevision?: RevisionIds
  readonly dependsOn?: RevisionIds
  readonly branchLabels?: RevisionIds
}

/** What the map finds out about a revision when it links all of them. */
export interface RevisionLinks {
  readonly nextrev: ReadonlySet<string>
  readonly allNextrev: ReadonlySet<string>
  readonly resolvedDependencies: readonly string[]
  readonly normalizedDependencies: () => readonly string[]
  readonly branchLabels: ReadonlySet<string>
  /** Length of the longest way down to a base, dependencies included: an ancestor's is always smaller. */
  readonly depth: number
  /** Place in load order. */
  readonly position: number
}

const NONE: ReadonlySet<string> = new Set()
const UNLINKED: RevisionLinks = {
  nextrev: NONE,
  allNextrev: NONE,
  resolvedDependencies: [],
  normalizedDependencies: () => [],
  branchLabels: NONE,
  depth: 0,
  position: 0,
}
const ILLEGAL_CHARACTERS = /[@\-+:]/g

/**
 * A node of the revision graph.
 *
 * What a file says is set by the constructor; what follows from the other revisions (`nextrev`, `branchLabels` of the whole
 * branch, ...) is there once a `RevisionMap` has loaded.
 *
 * @throws RevisionError where the id has characters with a meaning, LoopDetectedError where it refers to itself.
 */
export class Revision {
  readonly revision: string
  /** As in the file: null, one id, or the parents that a merge joins. */
  readonly downRevision: RevisionIds
  /** `dependsOn` as in the file: ids or branch labels. */
  readonly dependencies: RevisionIds
  /** The labels that the file itself declares. */
  readonly ownBranchLabels: readonly string[]
  #links: RevisionLinks

  constructor(header: RevisionHeader) {
    const { revision } = header
    const down = idList(header.downRevision)
    const dependencies = idList(header.dependsOn)
    if (down.includes(revision)) throw new LoopDetectedError(revision)
    if (dependencies.includes(revision)) throw new DependencyLoopDetectedError(revision)
    verifyRevisionId(revision)
    this.revision = revision
    this.downRevision = scalarOrList(down)
    this.dependencies = scalarOrList(dependencies)
    this.ownBranchLabels = idList(header.branchLabels)
    this.#links =
      this.ownBranchLabels.length === 0
        ? UNLINKED
        : { ...UNLINKED, branchLabels: new Set(this.ownBranchLabels) }
  }

  /** The path of its file; `null` where it has none. */
  get file(): string | null {
    return null
  }

  /** Where the revision comes from, for messages: its id, or the name of its file. */
  get origin(): string {
    return this.revision
  }

  /** Called by the map that owns this revision, each time it links its revisions. */
  setLinks(links: RevisionLinks): void {
    this.#links = links
  }

  /** Ids of the revisions that name this one as their `downRevision`. */
  get nextrev(): ReadonlySet<string> {
    return this.#links.nextrev
  }

  /** As `nextrev`, and those that depend on this one. */
  get allNextrev(): ReadonlySet<string> {
    return this.#links.allNextrev
  }

  /** Every label of the branches that this revision is on. */
  get branchLabels(): ReadonlySet<string> {
    return this.#links.branchLabels
  }

  get depth(): number {
    return this.#links.depth
  }

  get position(): number {
    return this.#links.position
  }

  /** `dependsOn` as revision ids. */
  get resolvedDependencies(): readonly string[] {
    return this.#links.resolvedDependencies
  }

  /** As `resolvedDependencies`, without those that an ancestor has already. */
  get normalizedDependencies(): readonly string[] {
    return this.#links.normalizedDependencies()
  }

  /** `downRevision` as a list. */
  get versionedDownRevisions(): readonly string[] {
    return idList(this.downRevision)
  }

  /** Parents by `downRevision` and by `dependsOn`. */
  get allDownRevisions(): readonly string[] {
    return join(this.downRevision, this.#links.resolvedDependencies)
  }

  /** Parents by `downRevision` and by those dependencies that no ancestor has: what the version table is moved by. */
  get normalizedDownRevisions(): readonly string[] {
    return join(this.downRevision, this.#links.normalizedDependencies())
  }

  /** No other revision follows by `downRevision`. */
  get isHead(): boolean {
    return this.nextrev.size === 0
  }

  /** Nothing follows, and nothing depends on it. */
  get isRealHead(): boolean {
    return this.allNextrev.size === 0
  }

  get isBase(): boolean {
    return this.downRevision === null
  }

  get isRealBase(): boolean {
    return this.downRevision === null && this.dependencies === null
  }

  /** More than one revision follows by `downRevision`. */
  get isBranchPoint(): boolean {
    return this.nextrev.size > 1
  }

  get isRealBranchPoint(): boolean {
    return this.allNextrev.size > 1
  }

  get isMergePoint(): boolean {
    return Array.isArray(this.downRevision)
  }
}

/** Returns ids as a list; null and undefined are none. */
export function idList(ids: RevisionIds | undefined): readonly string[] {
  if (ids === null || ids === undefined) return []
  return typeof ids === 'string' ? [ids] : ids
}

/** Returns no ids as null, one as itself, several as a list. */
export function scalarOrList(ids: readonly string[]): RevisionIds {
  return ids.length > 1 ? ids : (ids[0] ?? null)
}

/** @throws RevisionError where the id has a character that means something in `label@id`, `id+1`, `a:b`. */
export function verifyRevisionId(revision: string): void {
  const illegal = new Set(revision.match(ILLEGAL_CHARACTERS))
  if (illegal.size > 0)
    throw new RevisionError(
      `Character(s) '${[...illegal].sort().join(', ')}' not allowed in revision identifier '${revision}'`,
    )
}

function join(down: RevisionIds, dependencies: readonly string[]): readonly string[] {
  const parents = idList(down)
  if (dependencies.length === 0 && parents.length < 2) return parents
  return [...new Set([...parents, ...dependencies])]
}
