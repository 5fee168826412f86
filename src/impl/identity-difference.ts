import type { Identity } from '../sql/schema/server-default.ts'

/** The options in which two identity columns differ, sorted. An option that the model leaves to the server does not. */
export function differingIdentityOptions(
  metadata: Identity | null,
  inspected: Identity | null,
): string[] {
  const [meta, found] = [metadata, inspected].map((identity) => givenOptions(identity))
  const options = new Set([...Object.keys(meta ?? {}), ...Object.keys(found ?? {})])
  const differing = [...options].filter((option) => {
    const wanted = meta?.[option]
    return wanted !== undefined && wanted !== null && !isSame(wanted, found?.[option])
  })
  const always = [metadata, inspected].map((identity) => identity?.always === true)
  if (always[0] !== always[1]) differing.push('always')
  return differing.toSorted()
}

/** The options that are set, `always` aside; those of single databases under their own names. */
function givenOptions(identity: Identity | null): Record<string, unknown> {
  if (identity === null) return {}
  const own = Object.values(identity.dialectOptions).map((options) => options ?? {})
  const given = Object.assign({ onNull: identity.onNull, ...identity.options }, ...own) as object
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
}

/** Numbers may come as `number` from one side and as `bigint` from the other. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (isNumber(a) && isNumber(b) && BigInt(a) === BigInt(b))
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
