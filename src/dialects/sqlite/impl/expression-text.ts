import type { ExpressionText } from '../../../impl/table-recreation.ts'
import { foldName, isKeyword, tokenize, type Token } from '../inspect/tokens.ts'

/** Words of expressions and indexes that name no column unless they are quoted. */
const OPERATORS: ReadonlySet<string> = new Set(
  (
    'and as asc between case cast collate current_date current_time current_timestamp desc distinct else end escape ' +
    'exists false from glob in is isnull like match not notnull null or regexp then true when where'
  ).split(' '),
)

/** Reads the expressions of CHECKs, generated columns and indexes: what names a column in them, and what doesn't. */
export const expressionText: ExpressionText = {
  mentioned(sql, columns) {
    const named = new Set(columnTokens(sql).map(({ value }) => foldName(value)))
    return columns.filter((column) => named.has(foldName(column)))
  },

  rename(sql, table, renames) {
    const folded = new Map([...renames].map(([from, to]) => [foldName(from), to]))
    const tokens = tokenize(sql)
    const columns = new Set(columnTokens(sql).map(({ start }) => start))
    let rewritten = ''
    let written = 0
    for (const [at, token] of tokens.entries()) {
      const isQualifier =
        tokens[at + 1]?.text === '.' &&
        isIdentifier(token) &&
        foldName(token.value) === foldName(table)
      const next = tokens[at + 2]
      if (isQualifier && next !== undefined) {
        rewritten += sql.slice(written, token.start)
        written = next.start
      }
      const name = columns.has(token.start) ? folded.get(foldName(token.value)) : undefined
      if (name === undefined) continue
      rewritten += `${sql.slice(written, token.start)}"${name.replaceAll('"', '""')}"`
      written = token.end
    }
    return rewritten + sql.slice(written)
  },
}

/** The tokens that can name a column: not functions, qualifiers, collations or the types of casts. */
function columnTokens(sql: string): Token[] {
  const tokens = tokenize(sql)
  return tokens.filter((token, at) => {
    const next = tokens[at + 1]
    const previous = tokens[at - 1]
    if (!isIdentifier(token) || next?.text === '(' || next?.text === '.') return false
    return !(isKeyword(previous, 'COLLATE') || isKeyword(previous, 'AS'))
  })
}

function isIdentifier(token: Token): boolean {
  if (token.kind === 'word') return !OPERATORS.has(foldName(token.text))
  return token.kind === 'quotedName'
}
