import { SqlScanner, type SqlToken } from './scanner.ts'
import type { BodyRule, DelimiterCommand, ScriptSyntax } from './script-syntax.ts'

/** A statement of a script. */
export interface ScriptStatement {
  /** From its first to its last piece of code, without what ended it. */
  readonly sql: string
  /** The line on which it begins, from 1. */
  readonly line: number
}

/** What a script comes to. */
export interface SplitScript {
  readonly statements: readonly ScriptStatement[]
  /** What keeps the rest from being understood, and on which line that began. */
  readonly problem: { readonly text: string; readonly line: number } | null
}

/** Cuts a script into its statements. The texts are the script's own; only what stands between them is left out. */
export function splitScript(text: string, syntax: ScriptSyntax): SplitScript {
  return new Splitter(text, syntax).run()
}

/** Whether a statement holds semicolons that would end it in a script. */
export function isCompound(sql: string, syntax: ScriptSyntax): boolean {
  if (!sql.includes(';')) return false
  const { statements, problem } = splitScript(sql, syntax)
  const [only, ...others] = statements
  if (only === undefined || others.length > 0 || problem !== null) return false
  return splitScript(only.sql, plain(syntax)).statements.length > 1
}

function plain({ bodies: _bodies, ...syntax }: ScriptSyntax): ScriptSyntax {
  return syntax
}

const SEMICOLON = ';'
/** END is followed by these where it ends what no BEGIN or CASE began. */
const LOOPS = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR', 'FOREACH'])
/** As many words as it takes to tell what a statement makes. */
const HEAD_LENGTH = 12

class Splitter {
  readonly #scanner: SqlScanner
  readonly #syntax: ScriptSyntax
  readonly #lines: LineCounter
  readonly #statements: ScriptStatement[] = []
  #delimiter: string | null
  #statement: OpenStatement | null = null

  constructor(text: string, syntax: ScriptSyntax) {
    this.#scanner = new SqlScanner(text, syntax)
    this.#syntax = syntax
    this.#lines = new LineCounter(text)
    this.#delimiter = syntax.semicolons ? SEMICOLON : null
  }

  run(): SplitScript {
    const scanner = this.#scanner
    for (;;) {
      if (scanner.atLineStart && this.#takeLine()) continue
      if (this.#takeDelimiter()) continue
      const token = scanner.next(this.#delimiter)
      if (token === undefined) break
      if (token.unterminated) return this.#result(describe(token.kind), token.start)
      if (!isBlank(token)) this.#add(token)
    }
    const open = this.#statement
    const mustEnd = this.#delimiter !== null && this.#delimiter !== SEMICOLON
    if (open !== null && mustEnd)
      return this.#result(`a statement that no delimiter '${this.#delimiter}' ends`, open.start)
    this.#close()
    return { statements: this.#statements, problem: null }
  }

  #result(text: string, at: number): SplitScript {
    const problem = { text, line: this.#lines.of(at) }
    return { statements: this.#statements, problem }
  }

  /** Goes past a line that is no SQL but tells where statements end. */
  #takeLine(): boolean {
    const { separatorLine, delimiterCommand } = this.#syntax
    const separator = separatorLine && this.#scanner.take(separatorLine)
    if (separator) {
      this.#close(Number(separator[1] ?? 1))
      return true
    }
    if (this.#statement !== null || delimiterCommand?.takes !== 'line') return false
    const delimiter = this.#scanner.take(delimiterCommand.pattern)?.[1]
    if (delimiter === undefined) return false
    this.#delimiter = delimiter
    return true
  }

  #takeDelimiter(): boolean {
    const delimiter = this.#delimiter
    const { text, position } = this.#scanner
    if (delimiter === null || !text.startsWith(delimiter, position)) return false
    // A delimiter of the author's own ends whatever there is.
    if (delimiter === SEMICOLON && this.#statement?.isWhole === false) return false
    this.#scanner.position += delimiter.length
    const changed = this.#delimiterOf(this.#syntax.delimiterCommand)
    if (changed === null) this.#close()
    else {
      this.#delimiter = changed
      this.#statement = null
    }
    return true
  }

  #delimiterOf(command: DelimiterCommand | undefined): string | null {
    if (this.#statement === null || command?.takes !== 'statement') return null
    return command.pattern.exec(this.#statement.sql)?.[1] ?? null
  }

  #add(token: SqlToken): void {
    this.#statement ??= new OpenStatement(this.#scanner.text, token.start, this.#syntax)
    this.#statement.add(token)
  }

  #close(times = 1): void {
    if (this.#statement === null) return
    const { sql, start } = this.#statement
    const statement = { sql, line: this.#lines.of(start) }
    for (let time = 0; time < times; time++) this.#statements.push(statement)
    this.#statement = null
  }
}

/** A statement that has begun and not ended yet. */
class OpenStatement {
  readonly start: number
  readonly #text: string
  readonly #syntax: ScriptSyntax
  #end: number
  /** The first words, in capitals. */
  #head = ''
  #headLength = 0
  /** The last two pieces of code: a word in capitals, a sign, or nothing for what was quoted. */
  #last: readonly [string, string] = ['', '']
  #blocks = 0
  #parentheses = 0
  #hasBlock = false
  #needsBlock = false

  constructor(text: string, start: number, syntax: ScriptSyntax) {
    this.#text = text
    this.start = start
    this.#end = start
    this.#syntax = syntax
  }

  get sql(): string {
    return this.#text.slice(this.start, this.#end)
  }

  /** Whether a semicolon here ends it. */
  get isWhole(): boolean {
    const { bodies, parentheses } = this.#syntax
    if (parentheses === true && this.#parentheses > 0) return false
    return bodies === undefined || !bodies.starts.test(this.#head) || this.#isBodyWhole(bodies)
  }

  #isBodyWhole({ until }: BodyRule): boolean {
    if (until === 'separator') return false
    if (until === 'balanced') return this.#blocks <= 0 && (this.#hasBlock || !this.#needsBlock)
    return until.test(this.#last.join(' '))
  }

  add({ kind, start, end }: SqlToken): void {
    this.#end = end
    const piece = kind === 'quoted' ? '' : this.#text.slice(start, end).toUpperCase()
    if (kind === 'word') this.#addWord(piece)
    else if (piece === '(') this.#parentheses++
    else if (piece === ')') this.#parentheses--
    this.#last = [this.#last[1], piece]
  }

  #addWord(word: string): void {
    if (this.#headLength < HEAD_LENGTH) {
      this.#head += this.#headLength === 0 ? word : ` ${word}`
      this.#headLength++
    }
    if (word === this.#syntax.bodies?.blockAfter) this.#needsBlock = true
    const [, before] = this.#last
    // `new.end` is a column.
    if (before === '.') return
    if (word === 'END') this.#blocks--
    else if (before === 'END') this.#blocks += LOOPS.has(word) ? 1 : 0
    else if (word === 'BEGIN' || word === 'CASE') {
      this.#blocks++
      this.#hasBlock ||= word === 'BEGIN'
    }
  }
}

/** Tells lines of ever later places, each break counted once. */
class LineCounter {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  of(place: number): number {
    for (; this.#at < place; this.#at++) if (this.#text[this.#at] === '\n') this.#line++
    return this.#line
  }
}

function isBlank({ kind }: SqlToken): boolean {
  return kind === 'space' || kind === 'lineComment' || kind === 'blockComment'
}

function describe(kind: SqlToken['kind']): string {
  return kind === 'blockComment' ? 'a comment that has no end' : 'a quote that has no end'
}
