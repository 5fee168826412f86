import type { sa } from '../../../src/index.ts'

/** How identity columns number. */
export const IDENTITIES: readonly NonNullable<Parameters<typeof sa.Identity>[0]>[] = [
  { always: true, start: 5 },
  { always: false, start: 5 },
  { always: true, start: 5, increment: 2 },
  { always: false, start: 30, minvalue: 3, maxvalue: 3000, cycle: true },
  { always: true, cache: 7 },
]

/** How sequences number. What is there counts on from 1, or from 20 and less: that is in the bounds of each. */
export const SEQUENCES: readonly NonNullable<Parameters<typeof sa.Sequence>[1]>[] = [
  {},
  { start: 20 },
  { increment: 3 },
  { start: 10, minvalue: 1, maxvalue: 500, cycle: true },
  { cache: 5 },
  { start: 2, increment: 2, minvalue: 0, maxvalue: 9_000_000_000 },
]
