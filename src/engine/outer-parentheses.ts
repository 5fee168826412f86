// Quoted strings and names may hold parentheses of their own.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|[()]/g

/** Takes off pairs of parentheses that span the whole condition: `(a > 1)`, but not `(a) OR (b)`. */
export function withoutOuterParentheses(condition: string): string {
  const text = condition.trim()
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (depth === 0 && token === ')') {
      return index === text.length - 1 ? withoutOuterParentheses(text.slice(1, -1)) : text
    }
  }
  return text
}
