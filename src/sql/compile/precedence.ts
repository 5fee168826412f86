/** How tightly an operator binds, in every server; those that are not here bind less tightly than any. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ...['*', '/', '%'].map((operator) => [operator, 4] as const),
  ...['+', '-'].map((operator) => [operator, 3] as const),
  ['||', 2],
  ...['=', '!=', '<>', '<', '<=', '>', '>=', 'LIKE', 'NOT LIKE', 'IS', 'IS NOT', 'IN'].map(
    (operator) => [operator, 1] as const,
  ),
])

/** Operators whose operands may be grouped either way. */
const ASSOCIATIVE: ReadonlySet<string> = new Set(['*', '+', '||'])

/** Whether an operation must stand in parentheses where it is an operand of another one. */
export function needsParentheses(inner: string, outer: string): boolean {
  if (inner === outer && ASSOCIATIVE.has(inner)) return false
  return (PRECEDENCE.get(inner) ?? 0) <= (PRECEDENCE.get(outer) ?? 0)
}
