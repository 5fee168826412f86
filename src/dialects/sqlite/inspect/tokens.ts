/** One word of SQLite's SQL. White space and comments are no tokens. */
export interface Token {
  readonly kind: 'word' | 'quotedName' | 'string' | 'number' | 'blob' | 'punctuation'
  /** As written. */
  readonly text: string
  /** Without quotes; words as they are. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const TOKEN = new RegExp(
  [
    String.raw`\s+|--[^\n]*|/\*[^]*?(?:\*/|$)`,
    String.raw`[xX]'[0-9a-fA-F]*'`,
    String.raw`'(?:[^']|'')*'`,
    '"(?:[^"]|"")*"|`(?:[^`]|``)*`|\\[[^\\]]*\\]',
    String.raw`0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`,
    String.raw`[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*`,
    String.raw`\|\||->>?|<<|>>|<=|>=|<>|==|!=|[^]`,
  ].join('|'),
  'uy',
)

/** Cuts SQL into tokens. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  // The pattern has no groups: to fill them took most of the time that reading a schema takes.
  TOKEN.lastIndex = 0
  for (let start = 0; start < sql.length; start = TOKEN.lastIndex) {
    TOKEN.test(sql)
    const text = sql.slice(start, TOKEN.lastIndex)
    const kind = kindOf(text)
    if (kind === null) continue
    tokens.push({ kind, text, value: unquoted(text), start, end: start + text.length })
  }
  return tokens
}

/** What a token is, by how it begins; `null` for white space and comments. */
function kindOf(text: string): Token['kind'] | null {
  if (/^(?:\s|--|\/\*)/.test(text)) return null
  if (/^[xX]'/.test(text)) return 'blob'
  if (/^[\p{L}_\u0080-\uffff]/u.test(text)) return 'word'
  if (/^\.?\d/.test(text)) return 'number'
  if (text.length === 1) return 'punctuation'
  if (text.startsWith("'")) return 'string'
  return /^["`[]/.test(text) ? 'quotedName' : 'punctuation'
}

/** SQL without white space and comments around it: behind a comment up to the line's end nothing can follow. */
export function trimComments(sql: string): string {
  if (!sql.includes('--') && !sql.includes('/*')) return sql.trim()
  const tokens = tokenize(sql)
  return sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}

/** Takes the quotes of a name or string off. */
function unquoted(text: string): string {
  const quote = text[0]
  if (quote === '[') return text.slice(1, -1)
  if (quote !== '"' && quote !== '`' && quote !== "'") return text
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

/** Whether a token can be a name. SQLite takes strings for names, too. */
export function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quotedName' || token?.kind === 'string'
}

/** Whether a token is this keyword. */
export function isKeyword(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word
}

/** The place behind the parenthesis that closes the one at `open`; the end where none does. */
export function behindParenthesis(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++
    else if (tokens[at]?.text === ')' && --depth === 0) return at + 1
  }
  return tokens.length
}

/** Whether two names are the same to SQLite, which folds the case of ASCII letters. */
export function isSameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && foldName(a) === foldName(b))
}

/** A name as SQLite compares it. */
export function foldName(name: string): string {
  if (!/[A-Z]/.test(name)) return name
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
