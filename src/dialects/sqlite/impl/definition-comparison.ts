import { parseCreateIndex } from '../inspect/create-index.ts'
import { behindParenthesis, foldName, tokenize, type Token } from '../inspect/tokens.ts'

const SAME: Readonly<Record<string, string>> = { '==': '=', '!=': '<>' }

/** SQL without what does not change its meaning: blanks, comments, case, quotes of names, parentheses around the whole. */
export function normalSql(sql: string): string {
  return JSON.stringify(withoutParentheses(tokenize(sql)).map(normalToken))
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const isWrapped = tokens[0]?.text === '(' && behindParenthesis(tokens, 0) === tokens.length
  return isWrapped ? withoutParentheses(tokens.slice(1, -1)) : tokens
}

function normalToken({ kind, text, value }: Token): string {
  if (kind === 'word' || kind === 'quotedName') return foldName(value)
  return kind === 'punctuation' ? (SAME[text] ?? text) : text
}

/** A CREATE INDEX as text that is the same for two that make the same index, its name aside. */
export function normalIndex(sql: string): string {
  const { unique, elements, where } = parseCreateIndex(sql)
  const keys = elements.map(({ expression, collation, descending }) => [
    normalSql(expression),
    collation === null ? null : foldName(collation),
    descending,
  ])
  return JSON.stringify([unique, keys, where === null ? null : normalSql(where)])
}
