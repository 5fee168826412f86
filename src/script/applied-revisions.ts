import type { RevisionMap } from './revision-map.ts'
import type { Script } from './script.ts'

/**
 * Everything that is applied while the steps of a run go on: what the rows of the version table stand for.
 *
 * A question costs a look at what has been built upon one revision; from the rows downwards it would cost a walk through
 * most of the graph at every step.
 */
export class AppliedRevisions {
  readonly #map: RevisionMap<Script>
  readonly #ids: Set<string>
  /** The applied children of those revisions that were asked about. */
  readonly #children = new Map<string, Set<string>>()

  constructor(map: RevisionMap<Script>, rows: Iterable<string>) {
    this.#map = map
    const starts = map.getRevisions([...rows]).filter((row) => row !== null && row !== 'base')
    this.#ids = new Set(Array.from(map.ancestors(starts), ({ revision }) => revision))
  }

  add(revision: Script): void {
    this.#ids.add(revision.revision)
    for (const parent of revision.allDownRevisions)
      this.#children.get(parent)?.add(revision.revision)
  }

  delete(revision: Script): void {
    this.#ids.delete(revision.revision)
    for (const parent of revision.allDownRevisions)
      this.#children.get(parent)?.delete(revision.revision)
  }

  /** Returns those parents of a revision that become rows when it is undone: those that nothing else is built upon. */
  rowsWithout(revision: Script, rows: ReadonlySet<string>): string[] {
    return this.#parentsWithout(revision, rows, () => true)
  }

  /** As `rowsWithout()`, to the letter of Alembic's: beside other rows, a parent counts that only other parents include. */
  rowsWithoutByAlembic(revision: Script, rows: ReadonlySet<string>): string[] {
    const isAlone = rows.size === (rows.has(revision.revision) ? 1 : 0)
    return this.#parentsWithout(revision, rows, (id) => isAlone || rows.has(id))
  }

  /** Returns those parents of a merge that are no rows because other parents include them: Alembic fails on them. */
  redundantParents(revision: Script, rows: ReadonlySet<string>): string[] {
    const parents = revision.normalizedDownRevisions
    const isOther = (id: string): boolean => rows.has(id) && !parents.includes(id)
    return parents.filter(
      (parent) => !rows.has(parent) && !this.#isBelow(parent, isOther, revision),
    )
  }

  #parentsWithout(
    revision: Script,
    rows: ReadonlySet<string>,
    isBuiltUpon: (id: string) => boolean,
  ): string[] {
    return revision.normalizedDownRevisions.filter(
      (parent) => !rows.has(parent) && !this.#isBelow(parent, isBuiltUpon, revision),
    )
  }

  /** Whether an applied revision that passes the test has been built upon `start`, not counting what lies above `except`. */
  #isBelow(start: string, test: (id: string) => boolean, except: Script): boolean {
    const seen = new Set([except.revision])
    // Straight up first: a row is at the end of any way up but those to `except`.
    const ways = [this.#childrenOf(start).values()]
    for (let way = ways.at(-1); way !== undefined; way = ways.at(-1)) {
      const { value: child } = way.next()
      if (child === undefined) ways.pop()
      else if (!seen.has(child)) {
        if (test(child)) return true
        seen.add(child)
        ways.push(this.#childrenOf(child).values())
      }
    }
    return false
  }

  #childrenOf(id: string): ReadonlySet<string> {
    const known = this.#children.get(id)
    if (known !== undefined) return known
    const all = this.#map.getRevision(id)?.allNextrev ?? []
    const applied = new Set([...all].filter((child) => this.#ids.has(child)))
    this.#children.set(id, applied)
    return applied
  }
}
