/** One line of the table: a figure, and the floor that it can't go below. */
export interface Measurement {
  readonly what: string
  readonly value: number
  readonly floor: number
  readonly unit: string
  /** `value / floor`, paired where noise matters. */
  readonly ratio: number
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
