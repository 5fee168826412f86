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
    String.raw`(?<space>\s+|--[^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<blob>[xX]'[0-9a-fA-F]*')`,
    String.raw`(?<string>'(?:[^']|'')*')`,
    '(?<quotedName>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\\[[^\\]]*\\])',
    String.raw`(?<number>0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*)`,
    String.raw`(?<punctuation>\|\||->>?|<<|>>|<=|>=|<>|==|!=|[^])`,
  ].join('|'),
  'uy',
)

/** Cuts SQL into tokens. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  while (pattern.lastIndex < sql.length) {
    const start = pattern.lastIndex
    const groups = pattern.exec(sql)?.groups ?? {}
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined)
    const text = sql.slice(start, pattern.lastIndex)
    if (kind === undefined || kind === 'space') continue
    tokens.push({
      kind: kind as Token['kind'],
      text,
      value: unquoted(text),
      start,
      end: start + text.length,
    })
  }
  return tokens
}

/** SQL without white space and comments around it: behind a comment up to the line's end nothing can follow. */
export function trimComments(sql: string): string {
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
  return foldName(a) === foldName(b)
}

/** A name as SQLite compares it. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
