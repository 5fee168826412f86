import type { Identity, SequenceOptions } from '../../../sql/schema/server-default.ts'

/** The highest numbers of the integer types: bounds that nobody has to give. */
const HIGHEST = new Set([2n ** 15n - 1n, 2n ** 31n - 1n, 2n ** 63n - 1n])

/** The options that `existing` has and `identity` leaves to the server, as the server would have them if it counts up. */
export function optionsToReset(
  { options: wanted }: Identity,
  { options: there }: Identity,
): SequenceOptions {
  if (Number(wanted.increment ?? 1) < 0) return {}
  const plain = {
    increment: 1n,
    minvalue: 1n,
    cache: 1n,
    start: BigInt(wanted.minvalue ?? 1),
  } as const
  const isOpen = (key: 'cycle' | 'maxvalue' | keyof typeof plain): boolean =>
    (wanted[key] ?? null) === null && (there[key] ?? null) !== null
  const numbers = (['increment', 'minvalue', 'cache', 'start'] as const)
    .filter((key) => isOpen(key) && BigInt(there[key] ?? 0) !== plain[key])
    .map((key) => [key, plain[key]])
  const isLimited = isOpen('maxvalue') && !HIGHEST.has(BigInt(there.maxvalue ?? 0))
  return {
    ...(Object.fromEntries(numbers) as SequenceOptions),
    ...(isOpen('cycle') && there.cycle === true ? { cycle: false } : {}),
    ...(isLimited && wanted.nomaxvalue !== true ? { nomaxvalue: true } : {}),
  }
}
