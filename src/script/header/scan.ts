import type { Declared, Literal } from './declared.ts'
import { docComment } from './doc-comment.ts'
import { scanWrittenForm } from './written-form.ts'
import { type Token, Tokenizer, bracketChange } from './tokenizer.ts'

/** What can be read from a revision file without running it. */
export interface ScannedHeader {
  /** The exported names among those that were asked for. */
  readonly exports: ReadonlyMap<string, Declared>
  /** Whether the file exports things in ways that can't be read from its source, such as `export *`. */
  readonly opaque: boolean
  /** The text of the doc comment at the top. */
  readonly doc: string
}

/**
 * Reads the literals that a revision file exports under `names`: as ES module or as CommonJS, with or without types.
 *
 * Reading ends as soon as all names are found. Only statements at the top level of the file count; a value that is not a
 * string, a list of strings or null is `computed`.
 */
export function scanHeader(source: string, names: readonly string[]): ScannedHeader {
  const written = scanWrittenForm(source, names)
  const header =
    written === null
      ? new HeaderScan(source, new Set(names)).run()
      : { exports: written, opaque: false }
  return { ...header, doc: docComment(source) }
}

export class HeaderScan {
  readonly #tokens: Tokenizer
  readonly #names: ReadonlySet<string>
  /** The names without a literal so far. */
  readonly #missing: Set<string>
  /** Top-level variables, by local name. */
  readonly #variables = new Map<string, Declared>()
  /** Exported name → local name, for `export { a as b }`. */
  readonly #renamed = new Map<string, string>()
  readonly #exports = new Map<string, Declared>()
  #opaque = false

  constructor(source: string, names: ReadonlySet<string>) {
    this.#tokens = new Tokenizer(source)
    this.#names = names
    this.#missing = new Set(names)
  }

  run(): { exports: ReadonlyMap<string, Declared>; opaque: boolean } {
    while (this.#missing.size > 0) {
      const token = this.#tokens.next()
      if (token.kind === 'end') break
      if (bracketChange(token) > 0) this.#tokens.skipBracketed()
      else if (token.kind === 'word') this.#word(token.text)
      // What stands behind a dot, as in `x.exports`, is none of ours.
      else if (isSign(token, '.')) this.#tokens.next()
    }
    for (const [exported, local] of this.#renamed)
      this.#set(exported, this.#variables.get(local) ?? 'computed')
    return { exports: this.#exports, opaque: this.#opaque }
  }

  #word(word: string): void {
    switch (word) {
      case 'export':
        return this.#export()
      case 'const':
      case 'let':
      case 'var':
        return this.#declarations(false)
      case 'exports':
        return this.#member()
      case 'module':
        if (this.#tokens.accept('.') && this.#tokens.accept('exports')) this.#moduleExports()
        return
      default:
        return
    }
  }

  #export(): void {
    const tokens = this.#tokens
    if (tokens.accept('const') || tokens.accept('let') || tokens.accept('var'))
      this.#declarations(true)
    else if (tokens.accept('{')) this.#exportList()
    else if (tokens.accept('*') || tokens.accept('=') || tokens.accept('default'))
      this.#opaque = true
  }

  /** `a: string = 'x', b = null` behind `const`. */
  #declarations(exported: boolean): void {
    do {
      const name = this.#tokens.next()
      if (name.kind !== 'word') {
        // A pattern: what it takes apart can't be told.
        this.#opaque ||= exported
        if (bracketChange(name) > 0) this.#tokens.skipBracketed()
        return
      }
      this.#skipType()
      const value: Declared = this.#tokens.accept('=') ? this.#value() : 'computed'
      this.#variables.set(name.text, value)
      if (exported) this.#set(name.text, value)
      if (value === 'computed') this.#skipUntil(endsValue)
    } while (this.#tokens.accept(','))
  }

  #skipType(): void {
    this.#tokens.accept('!')
    if (!this.#tokens.accept(':')) return
    this.#skipUntil((token) => isSign(token, '=') || isSign(token, ';'))
  }

  /** `a, b as c }` behind `export {`. */
  #exportList(): void {
    const renamed: [string, string][] = []
    while (!this.#tokens.accept('}')) {
      const local = this.#tokens.next()
      if (local.kind === 'end') return
      const exported = this.#tokens.accept('as') ? this.#tokens.next() : local
      if (this.#names.has(exported.text)) renamed.push([exported.text, local.text])
    }
    if (this.#tokens.accept('from')) this.#opaque = true
    else for (const [exported, local] of renamed) this.#renamed.set(exported, local)
  }

  /** `.revision = 'x'` behind `exports`. */
  #member(): void {
    if (this.#tokens.accept('[')) {
      this.#opaque = true
      this.#tokens.skipBracketed()
    }
    if (!this.#tokens.accept('.')) return
    const name = this.#tokens.next().text
    if (this.#tokens.accept('=')) this.#set(name, this.#value())
  }

  /** `= { … }` or `.revision = 'x'` behind `module.exports`. */
  #moduleExports(): void {
    if (!this.#tokens.accept('=')) return this.#member()
    if (!this.#tokens.accept('{')) {
      this.#opaque = true
      return
    }
    while (!this.#tokens.accept('}')) {
      if (this.#tokens.peek().kind === 'end') return
      this.#property()
    }
  }

  #property(): void {
    const key = this.#tokens.next()
    if (key.text === '...' || key.text === '[') this.#opaque = true
    const named = key.kind === 'word' || key.kind === 'string'
    if (named && this.#tokens.accept(':')) this.#set(key.text, this.#value())
    else if (named && this.#names.has(key.text)) this.#renamed.set(key.text, key.text)
    if (bracketChange(key) > 0) this.#tokens.skipBracketed()
    this.#skipUntil((token) => isSign(token, ',') || isSign(token, '}'))
    this.#tokens.accept(',')
  }

  /** Reads a literal; anything else, or a literal that an operator follows, is computed. */
  #value(): Declared {
    const literal = this.#literal()
    if (literal === undefined) return 'computed'
    while (this.#tokens.accept('as') || this.#tokens.accept('satisfies')) this.#skipTypeOperand()
    return endsValue(this.#tokens.peek()) ? { literal } : 'computed'
  }

  #literal(): Literal | undefined {
    const { kind, text } = this.#tokens.peek()
    if (kind === 'string') return this.#tokens.next().text
    if (this.#tokens.accept('null') || this.#tokens.accept('undefined')) return null
    if (kind !== 'punctuation' || text !== '[') return undefined
    this.#tokens.next()
    const items: string[] = []
    while (!this.#tokens.accept(']')) {
      const item = this.#tokens.next()
      if (
        item.kind !== 'string' ||
        !(this.#tokens.accept(',') || this.#tokens.peek().text === ']')
      ) {
        this.#tokens.skipBracketed()
        return undefined
      }
      items.push(item.text)
    }
    return items
  }

  /** The type behind `as` or `satisfies`: `const`, `readonly string[]`, `string | null`, `Array<string>`. */
  #skipTypeOperand(): void {
    let open = 0
    this.#skipUntil((token) => {
      if (isSign(token, '<')) open++
      if (isSign(token, '>')) open--
      return open === 0 && (token.newLine || endsValue(token) || CASTS.has(token.text))
    })
  }

  #skipUntil(atEnd: (token: Token) => boolean): void {
    for (let token = this.#tokens.peek(); token.kind !== 'end'; token = this.#tokens.peek()) {
      if (atEnd(token)) return
      this.#tokens.next()
      if (bracketChange(token) > 0) this.#tokens.skipBracketed()
    }
  }

  #set(name: string, declared: Declared): void {
    if (!this.#names.has(name)) return
    this.#exports.set(name, declared)
    if (declared !== 'computed') this.#missing.delete(name)
  }
}

/** Whether a value is complete where this token follows: at its end, or at a new line that doesn't go on with it. */
function endsValue({ kind, text, newLine }: Token): boolean {
  if (kind === 'end') return true
  if (kind === 'punctuation' && (text === ';' || text === ',' || text === '}')) return true
  return newLine && kind === 'word' && !OPERATOR_WORDS.has(text)
}

function isSign({ kind, text }: Token, sign: string): boolean {
  return kind === 'punctuation' && text === sign
}

const CASTS = new Set(['as', 'satisfies'])
const OPERATOR_WORDS = new Set(['in', 'instanceof', ...CASTS])
