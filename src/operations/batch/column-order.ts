import { OperationError } from '../../errors/operation-error.ts'

/** "This column comes before that one." */
export type ColumnPair = readonly [before: string, after: string]

/** Keeps track of where a batch wants its columns. */
export class ColumnOrder {
  readonly #chains: readonly (readonly string[])[]
  readonly #existing: string[]
  readonly #added: ColumnPair[] = []

  /** `chains` are what the user gave as `partialReordering`; without them the existing columns stay in their order. */
  constructor(existing: readonly string[], chains: readonly (readonly string[])[]) {
    this.#existing = [...existing]
    this.#chains = chains
  }

  /** Notes where a new column goes; at the end unless said. */
  add(name: string, insertBefore: string | undefined, insertAfter: string | undefined): void {
    let before = insertBefore
    let after = insertAfter
    if (this.#chains.length === 0) {
      if (insertAfter !== undefined) before ??= this.#successorOf(insertAfter)
      else if (insertBefore !== undefined) after = this.#predecessorOf(insertBefore)
    }
    if (before !== undefined) this.#added.push([name, before])
    if (after !== undefined) this.#added.push([after, name])
    const last = this.#existing.at(-1)
    if (this.#chains.length === 0 && before === undefined && after === undefined && last) {
      this.#added.push([last, name])
    }
  }

  drop(name: string): void {
    const at = this.#existing.indexOf(name)
    if (at !== -1) this.#existing.splice(at, 1)
  }

  /** The names in the order wanted. */
  sort(names: readonly string[]): string[] {
    if (this.#chains.length === 0 && this.#added.length === 0) return [...names]
    const existing = names.slice(0, this.#existing.length)
    const chains = this.#chains.length > 0 ? this.#chains : [existing]
    return sortByPairs([...chains.flatMap(pairsOf), ...this.#added], names)
  }

  #successorOf(name: string): string | undefined {
    const at = this.#existing.indexOf(name)
    if (at !== -1) return this.#existing[at + 1]
    const pair = this.#added.findLast(([before]) => before === name)
    if (pair !== undefined) return pair[1]
    throw new OperationError(`insertAfter: there is no column '${name}'`)
  }

  #predecessorOf(name: string): string | undefined {
    const at = this.#existing.indexOf(name)
    if (at !== -1) return this.#existing[at - 1]
    const pair = this.#added.findLast(([, after]) => after === name)
    if (pair !== undefined) return pair[0]
    throw new OperationError(`insertBefore: there is no column '${name}'`)
  }
}

function pairsOf(chain: readonly string[]): ColumnPair[] {
  return chain.slice(1).map((name, at) => [chain[at] ?? name, name])
}

/** Sorts names such that all pairs hold; what they leave open stays as it is. */
function sortByPairs(pairs: readonly ColumnPair[], names: readonly string[]): string[] {
  const sorted: string[] = []
  let waiting = [...names]
  while (waiting.length > 0) {
    const open = new Set(waiting)
    const free = waiting.filter(
      (name) =>
        !pairs.some(([before, after]) => after === name && before !== name && open.has(before)),
    )
    if (free.length === 0) {
      throw new OperationError(`The order asked for goes in a circle: ${waiting.join(', ')}`)
    }
    sorted.push(...free)
    waiting = waiting.filter((name) => !free.includes(name))
  }
  return sorted
}
