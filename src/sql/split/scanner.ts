import type { ScriptSyntax } from './script-syntax.ts'

/** A piece of a script: white space, a comment, or code. */
export interface SqlToken {
  readonly kind: 'space' | 'lineComment' | 'blockComment' | 'quoted' | 'word' | 'sign'
  /** Where it begins. */
  readonly start: number
  /** Where the next one begins. */
  readonly end: number
  /** Whether the script ends in the middle of it. */
  readonly unterminated: boolean
}

// A line break is a token of its own: some things count at the beginning of a line.
const SPACE = /\n|[^\S\n]+/y
const WORD = /[\p{L}\p{N}_$\u{80}-\u{10ffff}]+/uy
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy
const ALTERNATIVE = /[nN]?[qQ]'([^])/y
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' }

/** Cuts a script into tokens, so that nothing in quotes or comments is taken for anything else. */
export class SqlScanner {
  readonly text: string
  readonly #syntax: ScriptSyntax
  /** Where the next token begins. */
  position = 0

  constructor(text: string, syntax: ScriptSyntax) {
    this.text = text
    this.#syntax = syntax
  }

  /** Whether nothing stands before the next token on its line. */
  get atLineStart(): boolean {
    return this.position === 0 || this.text[this.position - 1] === '\n'
  }

  /** Goes past what a sticky pattern matches here, and returns it. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = this.#match(pattern)
    if (found !== null) this.position += found[0].length
    return found
  }

  /** Returns the next token, undefined at the end; a word ends before `delimiter`. */
  next(delimiter: string | null = null): SqlToken | undefined {
    const start = this.position
    if (start >= this.text.length) return undefined
    const [kind, found] = this.#read(start)
    let end = found < 0 ? this.text.length : found
    // A dollar sign is part of a word, and of delimiters that people like.
    if (kind === 'word' && delimiter?.includes('$') === true) {
      const before = this.text.slice(start, end).indexOf(delimiter)
      if (before > 0) end = start + before
    }
    this.position = end
    return { kind, start, end, unterminated: found < 0 }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)
  }

  /** The kind of the token at `at`, and where it ends; -1 where it does not. */
  #read(at: number): [SqlToken['kind'], number] {
    const syntax = this.#syntax
    const space = this.#match(SPACE)
    if (space !== null) return ['space', at + space[0].length]
    const comment = this.#comment(at)
    if (comment !== undefined) return comment
    const quoted = this.#quoted(at)
    if (quoted !== undefined) return ['quoted', quoted]
    const word = this.#match(WORD)
    if (word === null) return ['sign', at + 1]
    const end = at + word[0].length
    if (syntax.escapeStrings === true && /^e$/i.test(word[0]) && this.text[end] === "'")
      return ['quoted', this.#closing(end + 1, "'", true)]
    return ['word', end]
  }

  #comment(at: number): [SqlToken['kind'], number] | undefined {
    const { text } = this
    const syntax = this.#syntax
    const dashes = text.startsWith('--', at)
    if (
      (dashes && (syntax.dashesNeedSpace !== true || /^\s?$/.test(text.charAt(at + 2)))) ||
      (text[at] === '#' && syntax.hashComments === true)
    ) {
      const end = text.indexOf('\n', at)
      return ['lineComment', end < 0 ? text.length : end]
    }
    if (text.startsWith('/*', at)) {
      const isCode = syntax.codeComments !== undefined && this.#match(syntax.codeComments) !== null
      return [isCode ? 'quoted' : 'blockComment', this.#commentEnd(at + 2)]
    }
    if (text[at] === '{' && syntax.braceComments === true)
      return ['blockComment', after(text, '}', at)]
    return undefined
  }

  #commentEnd(from: number): number {
    if (this.#syntax.nestedComments !== true) return after(this.text, '*/', from)
    const edge = /\/\*|\*\//g
    edge.lastIndex = from
    for (let depth = 1; depth > 0;) {
      const found = edge.exec(this.text)
      if (found === null) return -1
      depth += found[0] === '/*' ? 1 : -1
    }
    return edge.lastIndex
  }

  #quoted(at: number): number | undefined {
    const { text } = this
    const syntax = this.#syntax
    switch (text.charAt(at)) {
      case "'":
        return this.#closing(at + 1, "'", syntax.backslashEscapes)
      case '"':
        return this.#closing(
          at + 1,
          '"',
          syntax.doubleQuotedStrings === true && syntax.backslashEscapes,
        )
      case '`':
        return syntax.backticks === true ? this.#closing(at + 1, '`', false) : undefined
      case '[':
        return syntax.brackets === true ? this.#closing(at + 1, ']', false) : undefined
      case '$': {
        const tag = syntax.dollarQuotes === true ? this.#match(DOLLAR_TAG)?.[0] : undefined
        return tag === undefined ? undefined : after(text, tag, at + tag.length)
      }
      default: {
        const opening = syntax.alternativeQuotes === true ? this.#match(ALTERNATIVE) : null
        if (opening === null) return undefined
        const bracket = opening[1] ?? ''
        return after(text, `${CLOSING[bracket] ?? bracket}'`, at + opening[0].length)
      }
    }
  }

  /** Where the quoted text that goes on at `from` ends: behind a quote that is not doubled. */
  #closing(from: number, quote: string, backslashes: boolean): number {
    for (let at = from; at < this.text.length; at++) {
      const char = this.text[at]
      if (char === '\\' && backslashes) at++
      else if (char === quote) {
        if (this.text[at + 1] !== quote) return at + 1
        at++
      }
    }
    return -1
  }
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found < 0 ? -1 : found + end.length
}
