import { RevisionError } from '../../errors/revision-error.ts'
import type { Revision } from '../revision.ts'
import type { Collected } from './collect.ts'
import type { RevisionGraph } from './graph.ts'
import { revisionOf } from './walk.ts'

/**
 * Returns the collected revisions with children before parents, line after line as Alembic does.
 *
 * A line stands at one revision, first at a head. As long as the revision is not below another line, it is put out and the
 * line goes down to its parent; further parents start lines of their own at the end of the list. Where the revision is below
 * other lines, the first of those goes on instead. A line that has nowhere to go ends, and the one before it goes on.
 */
export function topologicalOrder(graph: RevisionGraph, collected: Collected): Revision[] {
  if (collected.revisions.size === 0) return []
  const order = new Lines(graph, collected).run()
  if (order.length < collected.revisions.size) {
    const done = new Set(order)
    const lost = [...collected.revisions].find((revision) => !done.has(revision))
    throw new RevisionError(
      `Revision ${lost?.revision} is in the range, but only dependencies on revisions outside of it lead there; ` +
        'begin the range at the base',
    )
  }
  return order
}

interface Node {
  readonly revision: Revision
  /** Whether it is to be put out; other nodes only hold back what is below them. */
  readonly wanted: boolean
  readonly parents: Node[]
  /** The children that are not put out yet. */
  readonly children: Set<Node>
  /** The line that stands here. */
  line: Line | null
  /** Number of the first line that stands here or above, infinite where none does; null as long as nobody asks. */
  reachedBy: number | null
  /** Where `reachedBy` is from: a child, or null for the line that stands here. */
  reachedThrough: Node | null
}

interface Line {
  readonly number: number
  at: Node
  before: Line | null
  after: Line | null
}

class Lines {
  readonly #byNumber: Line[] = []
  #first: Line | null = null
  #last: Line | null = null
  readonly #output: Revision[] = []

  constructor(graph: RevisionGraph, { revisions, heads }: Collected) {
    const nodes = nodesBelow(graph, heads, revisions)
    const starts = new Set(heads.flatMap((head) => nodes.get(head) ?? []))
    for (const start of [...starts].sort((a, b) => a.revision.position - b.revision.position))
      this.#startLine(start)
  }

  run(): Revision[] {
    for (let line = this.#first; line !== null;)
      line = this.#byNumber[this.#firstAbove(line)] ?? this.#advance(line)
    return this.#output
  }

  /** Returns the number of the first line above a line, infinite where there is none. */
  #firstAbove(line: Line): number {
    const first = line === this.#first ? line.after : this.#first
    return firstReaching(line.at, first?.number ?? Infinity)
  }

  /** Puts out where the line stands and moves it down; returns the line to go on with. */
  #advance(line: Line): Line | null {
    const node = line.at
    if (node.wanted) this.#output.push(node.revision)
    node.line = null
    const [next, ...others] = node.parents.filter((parent) => parent.wanted && parent.line === null)
    for (const parent of node.parents) {
      parent.children.delete(node)
      if (parent.reachedThrough !== node) continue
      // The line's number goes down with it; where it does not go, another line may be the first now.
      if (parent === next) parent.reachedThrough = null
      else forget(parent)
    }
    for (const other of others) this.#startLine(other)
    if (next === undefined) return this.#endLine(line)
    line.at = next
    next.line = line
    return line
  }

  #startLine(at: Node): void {
    const line: Line = { number: this.#byNumber.length, at, before: this.#last, after: null }
    at.line = line
    if (this.#last === null) this.#first = line
    else this.#last.after = line
    this.#last = line
    this.#byNumber.push(line)
  }

  #endLine({ before, after }: Line): Line | null {
    if (before === null) this.#first = after
    else before.after = after
    if (after === null) this.#last = before
    else after.before = before
    return before ?? after
  }
}

/** Makes nodes of the heads and what is below them, as deep as anything wanted can be. */
function nodesBelow(
  graph: RevisionGraph,
  heads: readonly Revision[],
  wanted: ReadonlySet<Revision>,
): Map<Revision, Node> {
  let floor = Infinity
  for (const { depth } of wanted) floor = Math.min(floor, depth)
  const nodes = new Map<Revision, Node>()
  const nodeOf = (revision: Revision): Node => {
    const known = nodes.get(revision)
    if (known !== undefined) return known
    const node: Node = {
      revision,
      wanted: wanted.has(revision),
      parents: [],
      children: new Set(),
      line: null,
      reachedBy: null,
      reachedThrough: null,
    }
    nodes.set(revision, node)
    return node
  }
  for (const head of heads) if (wanted.has(head)) nodeOf(head)
  // The map grows while it is read.
  for (const node of nodes.values())
    for (const id of node.revision.normalizedDownRevisions) {
      const revision = revisionOf(graph, id)
      if (revision.depth < floor) continue
      const parent = nodeOf(revision)
      node.parents.push(parent)
      parent.children.add(node)
    }
  return nodes
}

/** A node whose children are being looked at. */
interface Visit {
  readonly node: Node
  readonly children: Iterator<Node, undefined>
  first: number
  through: Node | null
}

/**
 * Returns the number of the first line above a node; none is below `least`, so that a look ends as soon as that is found.
 *
 * What is found out on the way is kept until a line moves away from there. Loops in place of recursion: a history may be
 * longer than the stack is deep.
 */
function firstReaching(start: Node, least: number): number {
  const visits: Visit[] = [visit(start, Infinity)]
  for (;;) {
    const current = visits.at(-1)
    if (current === undefined) return Infinity
    const child = current.first === least ? undefined : current.children.next().value
    if (child === undefined) {
      visits.pop()
      const caller = visits.at(-1)
      if (caller === undefined) return current.first
      current.node.reachedBy = current.first
      current.node.reachedThrough = current.through
      consider(caller, current.node, current.first)
    } else if (child.reachedBy === null) visits.push(visit(child, child.line?.number ?? Infinity))
    else consider(current, child, child.reachedBy)
  }
}

function visit(node: Node, first: number): Visit {
  return { node, children: node.children.values(), first, through: null }
}

function consider(visit: Visit, child: Node, reachedBy: number): void {
  if (reachedBy >= visit.first) return
  visit.first = reachedBy
  visit.through = child
}

/** Forgets what is known of a node, and of those below it that have it from there. */
function forget(start: Node): void {
  const todo = [start]
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    node.reachedBy = null
    node.reachedThrough = null
    for (const parent of node.parents) if (parent.reachedThrough === node) todo.push(parent)
  }
}
