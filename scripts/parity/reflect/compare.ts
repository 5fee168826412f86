/** What two values have in common where one says nothing: null, no key, and empty lists and objects are alike. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** The paths at which two values differ, with both values; at most the first few. */
export function differences(
  expected: unknown,
  actual: unknown,
  path: readonly string[] = [],
): string[] {
  if (isNothing(expected) && isNothing(actual)) return []
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap((key) => differences(expected[key], actual[key], [...path, key]))
  }
  if (Object.is(expected, plain(actual, expected))) return []
  return [`${path.join('.')}: expected ${show(expected)}, is ${show(actual)}`]
}

/** A value as JSON has it: integers beyond 2^53 are rounded in the file, and SQLite's driver says 0 and 1 for booleans. */
function plain(actual: unknown, expected: unknown): unknown {
  if (typeof actual === 'bigint') return Number(actual)
  return typeof actual === 'boolean' && typeof expected === 'number' ? Number(actual) : actual
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))
}
