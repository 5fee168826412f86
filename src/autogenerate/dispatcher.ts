/** Ends the comparisons of one subgroup for one object. */
export const STOP = 'stop' as const

/** What a comparator may give back; anything but `STOP` goes on. */
export type ComparatorResult = typeof STOP | undefined | void

/** In which of three rounds a comparator runs. */
export type DispatchPriority = 'first' | 'medium' | 'last'

/** Where a comparator belongs. */
export interface Registration {
  readonly subgroup: string
  /** A dialect's name; its comparators run before the others of the same round. */
  readonly qualifier: string
  readonly priority: DispatchPriority
}

interface Entry<Args extends readonly unknown[], Extra> extends Registration {
  readonly extra: Extra | undefined
  readonly compare: (...args: Args) => ComparatorResult | Promise<ComparatorResult>
}

const PRIORITIES: readonly DispatchPriority[] = ['first', 'medium', 'last']

/** Runs functions in the order of their priority, and of their registration within one. */
export class PriorityDispatcher<Args extends readonly unknown[], Extra = undefined> {
  readonly #entries: Entry<Args, Extra>[] = []
  readonly #ordered = new Map<string, readonly Entry<Args, Extra>[]>()

  add(compare: Entry<Args, Extra>['compare'], registration: Registration, extra?: Extra): void {
    this.#entries.push({ compare, extra, ...registration })
    this.#ordered.clear()
  }

  /**
   * Runs all functions for a dialect, a subgroup's until one of them says `STOP`. Gives a promise only where one of them does:
   * one for each column of each table would cost more than comparing them.
   */
  dispatch(dialectName: string, ...args: Args): Promise<void> | undefined {
    return run(this.#for(dialectName).values(), args, new Set())
  }

  /** What all functions for a dialect were added with. */
  extras(dialectName: string): readonly (Extra | undefined)[] {
    return this.#for(dialectName).map(({ extra }) => extra)
  }

  #for(dialectName: string): readonly Entry<Args, Extra>[] {
    const known = this.#ordered.get(dialectName)
    if (known !== undefined) return known
    const ordered = PRIORITIES.flatMap((priority) =>
      [dialectName, 'default'].flatMap((wanted) =>
        this.#entries.filter((entry) => entry.priority === priority && entry.qualifier === wanted),
      ),
    )
    this.#ordered.set(dialectName, ordered)
    return ordered
  }
}

/** What is left of the functions; those behind one that gives a promise run when that is settled. */
function run<Args extends readonly unknown[]>(
  entries: ArrayIterator<Entry<Args, unknown>>,
  args: Args,
  stopped: Set<string>,
): Promise<void> | undefined {
  for (const { compare, subgroup } of entries) {
    if (stopped.has(subgroup)) continue
    const answer = compare(...args)
    if (answer instanceof Promise) {
      return answer.then((result) => {
        if (result === STOP) stopped.add(subgroup)
        return run(entries, args, stopped)
      })
    }
    if (answer === STOP) stopped.add(subgroup)
  }
  return undefined
}
