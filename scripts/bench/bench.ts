/** One line of the table: a figure, and what it is held against. */
export interface Measurement {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** A figure of the same unit; `undefined` where there is nothing to compare with. */
  readonly against?: number | undefined
  /** `value / against`, paired where noise matters; of a growth, the exponent itself. */
  readonly ratio?: number | undefined
  /** What the ratio must not exceed. */
  readonly limit: number
}

/** One benchmark: a file of this folder. */
export interface Bench {
  readonly name: string
  run(): Promise<readonly Measurement[]>
}

/** The middle value; the upper one of two. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1]
  if (middle === undefined) throw new RangeError('the median of nothing')
  return middle
}

/** The line of a figure that was measured in pairs, in turn with what it is held against. */
export function paired(
  what: string,
  unit: string,
  limit: number,
  pairs: readonly { readonly value: number; readonly against: number }[],
): Measurement {
  return {
    what,
    unit,
    limit,
    value: median(pairs.map(({ value }) => value)),
    against: median(pairs.map(({ against }) => against)),
    ratio: median(pairs.map(({ value, against }) => value / against)),
  }
}
