import { behindParenthesis, tokenize } from '../inspect/tokens.ts'

const OPERATORS: ReadonlySet<string> = new Set(
  '|| -> ->> + - * / % & | << >> < <= > >= = == <> !='.split(' '),
)

/** Whether the text can stand behind DEFAULT as it is: a literal, a word, or an expression in parentheses. */
export function isDefaultTerm(sql: string): boolean {
  const tokens = tokenize(sql)
  const [first] = tokens
  if (first === undefined) return false
  const behind = first.text === '(' ? behindParenthesis(tokens, 0) : 1
  const next = tokens[behind]
  switch (first.kind) {
    case 'string':
    case 'quotedName':
      // What follows as a word (`COLLATE NOCASE`) belongs to the column, an operator makes it an expression.
      return next === undefined || !OPERATORS.has(next.text)
    case 'punctuation':
      return first.text === '(' && (next === undefined || !OPERATORS.has(next.text))
    case 'word':
    case 'number':
      return /^\w+$/.test(sql.trim())
    case 'blob':
      return false
  }
}
