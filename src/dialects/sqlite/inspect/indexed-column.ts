import { isKeyword, isName, tokenize, type Token } from './tokens.ts'

/** One element of a key or an index: `a COLLATE NOCASE DESC`. */
export interface IndexedColumn {
  /** The column's name; `null` where the element is an expression. */
  readonly name: string | null
  /** The element without collation of its own and order, as written. */
  readonly expression: string
  readonly collation: string | null
  readonly descending: boolean
  /** The whole element, as written. */
  readonly text: string
}

/** Reads one element of a key or an index. */
export function parseIndexedColumn(text: string): IndexedColumn {
  let tokens: readonly Token[] = tokenize(text)
  const descending = isKeyword(tokens.at(-1), 'DESC')
  if (descending || isKeyword(tokens.at(-1), 'ASC')) {
    if (tokens.length > 1) tokens = tokens.slice(0, -1)
  }
  let collation: string | null = null
  const last = tokens.at(-1)
  if (tokens.length > 2 && isKeyword(tokens.at(-2), 'COLLATE') && isName(last)) {
    collation = last.value
    tokens = tokens.slice(0, -2)
  }
  const [first] = tokens
  const expression = text.slice(first?.start ?? 0, tokens.at(-1)?.end ?? text.length)
  const name = tokens.length === 1 && isName(first) ? first.value : null
  return { name, expression, collation, descending: descending && first !== undefined, text }
}
