import { ScriptFileError } from '../../errors/script-error.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'
import { SqlScanner, type SqlToken } from '../../sql/split/scanner.ts'
import { type ScriptStatement, splitScript } from '../../sql/split/split-script.ts'
import type { Direction } from '../script.ts'

/** What a revision file in plain SQL does in one direction. */
export interface SqlSection {
  readonly statements: readonly ScriptStatement[]
  /** False where the file says that they can't run in a transaction. */
  readonly transaction: boolean
}

interface OpenSection {
  readonly direction: Direction
  /** Where its text begins. */
  readonly start: number
  transaction: boolean
  hasCode: boolean
}

const MARKER = /^--\s{0,2}(upgrade|downgrade)\s*$/i
const TRANSACTION = /^--\s{0,2}transaction\s*:\s*(.*?)\s*$/i

/**
 * Reads one section of a revision file in plain SQL, which all have to make sense.
 *
 * @throws ScriptFileError, with the line, where the file is not made so or has no such section.
 */
export function readSqlSection(
  { path, source }: { readonly path: string; readonly source: string },
  direction: Direction,
  syntax: ScriptSyntax,
): SqlSection {
  const sections = new SectionScan(path, source, syntax).run()
  let wanted: SqlSection | undefined
  for (const [index, section] of sections.entries()) {
    const end = sections[index + 1]?.start ?? source.length
    const before = source.slice(0, section.start).split('\n').length - 1
    const { statements, problem } = splitScript(source.slice(section.start, end), syntax)
    if (problem !== null)
      throw new ScriptFileError(`${path}:${before + problem.line} begins ${problem.text}`, path)
    if (section.direction === direction)
      wanted = {
        statements: statements.map(({ sql, line }) => ({ sql, line: before + line })),
        transaction: section.transaction,
      }
  }
  if (wanted !== undefined) return wanted
  const why =
    direction === 'downgrade' ? ', so that it can not be undone' : ', which says what it does'
  throw new ScriptFileError(
    `${path} has no section '-- ${direction}'${why}; add the line, with nothing below it where there is nothing to do`,
    path,
  )
}

/** Finds the lines that begin sections, wherever they are not part of a quote or comment. */
class SectionScan {
  readonly #path: string
  readonly #source: string
  readonly #scanner: SqlScanner
  readonly #sections: OpenSection[] = []

  constructor(path: string, source: string, syntax: ScriptSyntax) {
    this.#path = path
    this.#source = source
    this.#scanner = new SqlScanner(source, syntax)
    if (source.startsWith('\uFEFF')) this.#scanner.position = 1
  }

  run(): readonly OpenSection[] {
    for (;;) {
      const { atLineStart } = this.#scanner
      const token = this.#scanner.next()
      if (token === undefined) return this.#sections
      if (token.kind === 'lineComment') {
        if (atLineStart) this.#readLine(token)
      } else if (token.kind !== 'space' && token.kind !== 'blockComment') this.#readCode(token)
    }
  }

  #readLine(token: SqlToken): void {
    const text = this.#source.slice(token.start, token.end)
    const marker = MARKER.exec(text)?.[1]?.toLowerCase()
    const transaction = TRANSACTION.exec(text)?.[1]?.toLowerCase()
    if (marker === 'upgrade' || marker === 'downgrade') this.#open(marker, token)
    else if (transaction !== undefined) this.#setTransaction(transaction, token)
  }

  #open(direction: Direction, { start, end }: SqlToken): void {
    if (this.#sections.some((section) => section.direction === direction))
      throw this.#error(start, `begins a second section '-- ${direction}'`)
    this.#sections.push({ direction, start: end, transaction: true, hasCode: false })
  }

  #setTransaction(value: string, { start }: SqlToken): void {
    const section = this.#sections.at(-1)
    if (section === undefined || section.hasCode)
      throw this.#error(
        start,
        "is no place for '-- transaction:': it stands before a section's first statement",
      )
    if (value !== 'on' && value !== 'off')
      throw this.#error(start, `says '-- transaction: ${value}'; known are on and off`)
    section.transaction = value === 'on'
  }

  #readCode({ start }: SqlToken): void {
    const section = this.#sections.at(-1)
    if (section === undefined)
      throw this.#error(
        start,
        "has SQL that stands in no section; put '-- upgrade' on a line above it",
      )
    section.hasCode = true
  }

  #error(at: number, what: string): ScriptFileError {
    const line = this.#source.slice(0, at).split('\n').length
    return new ScriptFileError(`${this.#path}:${line} ${what}`, this.#path)
  }
}
