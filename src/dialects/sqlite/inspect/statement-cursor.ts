import {
  behindParenthesis,
  isKeyword,
  isName,
  tokenize,
  trimComments,
  type Token,
} from './tokens.ts'

/** Walks over the tokens of one statement. */
export class StatementCursor {
  readonly sql: string
  readonly tokens: readonly Token[]
  /** The place of the next token. */
  at = 0

  constructor(sql: string) {
    this.sql = sql
    this.tokens = tokenize(sql)
  }

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  get next(): Token | undefined {
    return this.tokens[this.at]
  }

  /** Whether these keywords come next. */
  isAt(...words: readonly string[]): boolean {
    return words.every((word, offset) => isKeyword(this.tokens[this.at + offset], word))
  }

  /** Steps over these keywords, if they come next. */
  skip(...words: readonly string[]): boolean {
    if (!this.isAt(...words)) return false
    this.at += words.length
    return true
  }

  /** Steps over this punctuation, if it comes next. */
  skipMark(mark: string): boolean {
    if (this.next?.text !== mark) return false
    this.at++
    return true
  }

  /** Takes a name, its quotes taken off; `null` where none comes next. */
  takeName(): string | null {
    const { next } = this
    if (!isName(next)) return null
    this.at++
    return next.value
  }

  /** Takes a word in upper case; `''` where none comes next. */
  takeWord(): string {
    const { next } = this
    if (next?.kind !== 'word') return ''
    this.at++
    return next.text.toUpperCase()
  }

  /** Takes what stands in parentheses, as written but for comments around it; `null` where none open next. */
  takeParenthesized(): string | null {
    const open = this.next
    if (open?.text !== '(') return null
    this.at = behindParenthesis(this.tokens, this.at)
    const close = this.tokens[this.at - 1]
    return trimComments(this.sql.slice(open.end, close?.start ?? this.sql.length))
  }

  /** The statement's text from token `from` to the present place. */
  textFrom(from: number): string {
    const first = this.tokens[from]
    const last = this.tokens[this.at - 1]
    return first === undefined || last === undefined ? '' : this.sql.slice(first.start, last.end)
  }

  /** The text from here to the end. */
  rest(): string {
    return this.next === undefined ? '' : trimComments(this.sql.slice(this.next.start))
  }
}

/** Cuts the inside of a list at its commas. */
export function splitList(list: string): string[] {
  const items: string[] = []
  let depth = 0
  let start = 0
  for (const token of tokenize(list)) {
    if (token.text === '(') depth++
    else if (token.text === ')') depth--
    else if (token.text === ',' && depth === 0) {
      items.push(list.slice(start, token.start).trim())
      start = token.end
    }
  }
  return [...items, list.slice(start).trim()]
}
