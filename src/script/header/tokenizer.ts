/** A piece of JavaScript or TypeScript source. */
export interface Token {
  readonly kind: 'word' | 'string' | 'template' | 'number' | 'regex' | 'punctuation' | 'end'
  /** The text; of a string its value, of a template without substitutions, too. */
  readonly text: string
  /** Whether a line break stands between this token and the one before. */
  readonly newLine: boolean
}

const END: Token = { kind: 'end', text: '', newLine: true }
const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER = /\.?\d[\w.]*/y
const PUNCTUATION = /=>|[=!]==?|\.{3}|[^]/y
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const SPACE = /[^\S\n\r\u2028\u2029]+/y
// After these a slash begins a regular expression; after any other word or value it divides.
const OPERATOR_WORDS = new Set(['return', 'typeof', 'case', 'in', 'of', 'void', 'delete', 'await'])

/**
 * Cuts source into tokens, one at a time and no further than it is asked to.
 *
 * It knows comments, strings, templates and regular expressions, so that nothing inside of them is taken for code; it does
 * not know the grammar.
 */
export class Tokenizer {
  readonly #source: string
  #position = 0
  #last: Token = END
  #next: Token | null = null

  constructor(source: string) {
    this.#source = source
    if (source.startsWith('\uFEFF')) this.#position = 1
    if (source.startsWith('#!', this.#position)) this.#skipLine()
  }

  /** Returns the next token without going past it. */
  peek(): Token {
    return (this.#next ??= this.#read())
  }

  next(): Token {
    const token = this.peek()
    this.#next = null
    this.#last = token
    return token
  }

  /** Goes past the next token where it is this word or sign; tells whether it was. */
  accept(text: string): boolean {
    const { kind, text: found } = this.peek()
    if (found !== text || (kind !== 'word' && kind !== 'punctuation')) return false
    this.next()
    return true
  }

  /** Goes on behind the bracket that closes the one that was read last. */
  skipBracketed(): void {
    for (let depth = 1; depth > 0;) {
      const token = this.next()
      if (token.kind === 'end') return
      depth += bracketChange(token)
    }
  }

  #read(): Token {
    const newLine = this.#skipBlank()
    const source = this.#source
    const code = source.charCodeAt(this.#position)
    if (Number.isNaN(code)) return END
    if (code === 0x22 || code === 0x27) return { kind: 'string', text: this.#string(), newLine }
    if (code === 0x60) return this.#template(newLine)
    if (code === 0x2f && this.#regexMayBegin()) {
      const regex = this.#match(REGEX)
      if (regex !== null) return { kind: 'regex', text: regex, newLine }
    }
    const word = this.#word(code)
    if (word !== null) return { kind: 'word', text: word, newLine }
    const number = this.#match(NUMBER)
    if (number !== null) return { kind: 'number', text: number, newLine }
    return { kind: 'punctuation', text: this.#match(PUNCTUATION) ?? '', newLine }
  }

  /** A word; character by character as long as it is ASCII, which is much faster than the pattern. */
  #word(first: number): string | null {
    if (first >= 0x80 || first === 0x23) return this.#match(WORD)
    if (!isWordCode(first) || (first >= 0x30 && first <= 0x39)) return null
    let at = this.#position
    let code = first
    while (isWordCode(code)) code = this.#source.charCodeAt(++at)
    if (code >= 0x80) return this.#match(WORD)
    const word = this.#source.slice(this.#position, at)
    this.#position = at
    return word
  }

  /** Goes past white space and comments; tells whether there was a line break. */
  #skipBlank(): boolean {
    let newLine = false
    for (;;) {
      const code = this.#source.charCodeAt(this.#position)
      if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) {
        newLine = true
        this.#position++
      } else if (code === 0x20) this.#position++
      else if (code === 0x2f && this.#source.startsWith('//', this.#position)) this.#skipLine()
      else if (code === 0x2f && this.#source.startsWith('/*', this.#position)) {
        const end = this.#source.indexOf('*/', this.#position + 2)
        const comment = this.#source.slice(this.#position, end < 0 ? undefined : end)
        newLine ||= comment.includes('\n')
        this.#position += comment.length + 2
      } else if ((code > 0x20 && code < 0x80) || this.#match(SPACE) === null) return newLine
    }
  }

  #skipLine(): void {
    const end = this.#source.indexOf('\n', this.#position)
    this.#position = end < 0 ? this.#source.length : end
  }

  #string(): string {
    const start = this.#position
    const quote = this.#source[start]
    let at = start + 1
    for (; at < this.#source.length; at++) {
      const char = this.#source[at]
      if (char === quote) break
      if (char === '\\') at++
      // No string goes over a line: this was no string, such as a quote in a regular expression.
      else if (char === '\n') break
    }
    this.#position = at + 1
    return unescape(this.#source.slice(start + 1, at))
  }

  /** Reads a template; one with substitutions has no value, and its text is empty. */
  #template(newLine: boolean): Token {
    const start = this.#position + 1
    let plain = true
    let at = start
    for (; at < this.#source.length && this.#source[at] !== '`'; at++) {
      if (this.#source[at] === '\\') at++
      else if (this.#source.startsWith('${', at)) {
        plain = false
        this.#position = at + 2
        this.skipBracketed()
        at = this.#position - 1
      }
    }
    this.#position = at + 1
    if (!plain) return { kind: 'template', text: '', newLine }
    return { kind: 'string', text: unescape(this.#source.slice(start, at)), newLine }
  }

  #regexMayBegin(): boolean {
    const { kind, text } = this.#last
    switch (kind) {
      case 'word':
        return OPERATOR_WORDS.has(text)
      case 'punctuation':
        return text !== ')' && text !== ']' && text !== '}'
      case 'end':
        return true
      case 'string':
      case 'template':
      case 'number':
      case 'regex':
        return false
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position
    const found = pattern.exec(this.#source)?.[0] ?? null
    if (found !== null) this.#position += found.length
    return found
  }
}

/** Whether an ASCII character may stand in a word: a letter, a digit, `_` or `$`. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x24
  )
}

/** Returns 1 for an opening bracket, -1 for a closing one, else 0. */
export function bracketChange({ kind, text }: Token): -1 | 0 | 1 {
  if (kind !== 'punctuation') return 0
  if (text === '{' || text === '(' || text === '[') return 1
  return text === '}' || text === ')' || text === ']' ? -1 : 0
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|(\r\n|[^]))/g,
    (_, x?: string, u?: string, point?: string, char?: string) => {
      const code = x ?? u ?? point
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
      if (char === undefined || char === '\r\n') return ''
      return ESCAPES[char] ?? char
    },
  )
}
