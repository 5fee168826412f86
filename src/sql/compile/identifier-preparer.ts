import { createHash } from 'node:crypto'
import { IdentifierError } from '../../errors/compile-error.ts'
import { nameParts, type NameLike } from '../elements/identifier.ts'
import type { TableReference } from '../elements/column-expression.ts'
import type { ResolvedName } from '../schema/naming.ts'
import type { DialectTraits } from './dialect-traits.ts'
import { assertStorable } from './storable-text.ts'

/** How a dialect quotes names. */
export interface QuotingRules {
  readonly open: string
  readonly close: string
  /** Words that must be quoted, in lower case. */
  readonly reservedWords: ReadonlySet<string>
  /** What an unquoted name may consist of. */
  readonly legalCharacters: RegExp
  readonly illegalInitialCharacters: RegExp
  /** Whether a name that is not all lower case needs quotes. */
  readonly quotesMixedCase: boolean
}

/** The rules that most servers share, for the dialect to complete. */
export const COMMON_QUOTING: Omit<QuotingRules, 'reservedWords'> = {
  open: '"',
  close: '"',
  legalCharacters: /^[A-Z0-9_$]+$/i,
  illegalInitialCharacters: /^[0-9$]/,
  quotesMixedCase: true,
}

/** The one place where names become SQL. */
export class IdentifierPreparer {
  readonly traits: DialectTraits
  readonly rules: QuotingRules

  constructor(traits: DialectTraits, rules: QuotingRules) {
    this.traits = traits
    this.rules = rules
  }

  /** Whether a name can't be written as it is. */
  requiresQuotes(name: string): boolean {
    const { reservedWords, legalCharacters, illegalInitialCharacters, quotesMixedCase } = this.rules
    const lower = name.toLowerCase()
    return (
      reservedWords.has(lower) ||
      illegalInitialCharacters.test(name) ||
      !legalCharacters.test(name) ||
      (quotesMixedCase && lower !== name)
    )
  }

  /** Writes a name with quotes whether it needs them or not. */
  quoteAlways(name: string): string {
    assertStorable(name, 'Identifier')
    const { open, close } = this.rules
    const escaped = name.replaceAll(close, close + close)
    const doubled =
      this.traits.paramstyle === 'format' || this.traits.paramstyle === 'pyformat'
        ? escaped.replaceAll('%', '%%')
        : escaped
    return open + doubled + close
  }

  /** Writes a name, quoted where it must be or where the caller says so. */
  quote(name: NameLike, force: boolean | null = null): string {
    const { text, quote } = nameParts(name)
    const wanted = quote ?? force ?? this.requiresQuotes(text)
    return wanted ? this.quoteAlways(text) : text
  }

  /** Writes a schema's name. */
  quoteSchema(schema: NameLike, force: boolean | null = null): string {
    return this.quote(this.#storedSchema(schema), force)
  }

  #storedSchema(schema: NameLike): NameLike {
    const { schemaNames } = this.traits
    if (schemaNames === undefined) return schema
    const { text } = nameParts(schema)
    const stored = schemaNames.get(text)
    if (stored !== undefined) return stored
    throw new IdentifierError(
      `The schema '${text}' has no counterpart in the scratch place: nothing but an operation at run time names it`,
    )
  }

  /** Writes a schema's name of which dots part the elements (`database.owner`). */
  quoteDotted(schema: NameLike, force: boolean | null = null): string {
    const stored = this.#storedSchema(schema)
    const { text, quote } = nameParts(stored)
    if (quote !== null || force !== null) return this.quote(stored, force)
    return text
      .split('.')
      .map((part) => this.quote(part))
      .join('.')
  }

  /** Writes a table with its schema. */
  formatTable(table: TableReference): string {
    const name = this.quote(table.name, table.quote)
    if (table.schema === null) return name
    return `${this.quoteSchema(table.schema, table.quoteSchema ?? null)}.${name}`
  }

  /** Writes a table with its schema, a dotted schema element by element, as ALTER TABLE statements want it. */
  formatAlteredTable(table: TableReference): string {
    const name = this.quote(table.name, table.quote)
    if (table.schema === null) return name
    return `${this.quoteDotted(table.schema, table.quoteSchema ?? null)}.${name}`
  }

  /** Writes the name of a constraint, shortened or refused where it is too long. */
  formatConstraint(name: ResolvedName): string {
    return this.quote(this.#fit(name, this.traits.maxConstraintNameLength), name.quote)
  }

  /** Writes the name of an index, shortened or refused where it is too long. */
  formatIndex(name: ResolvedName): string {
    return this.quote(this.#fit(name, this.traits.maxIndexNameLength), name.quote)
  }

  /** A name as the server will store it. */
  fitConstraint(name: ResolvedName): string {
    return this.#fit(name, this.traits.maxConstraintNameLength)
  }

  /** A name as the server will store it. */
  fitIndex(name: ResolvedName): string {
    return this.#fit(name, this.traits.maxIndexNameLength)
  }

  /** A name's length as the server counts it. */
  lengthOf(name: string): number {
    return this.traits.measuresNamesInBytes === true ? Buffer.byteLength(name) : name.length
  }

  /**
   * Throws IdentifierError for a name that is longer than the server allows; `way` says what can be done, `what` is `table`
   * or the like.
   */
  assertFits(name: string, { what = 'Identifier', way, max }: LongNameWords): void {
    if (this.lengthOf(name) <= max) return
    const unit = name.length > max ? 'characters' : 'bytes'
    throw new IdentifierError(`${what} '${name}' exceeds maximum length of ${max} ${unit}; ${way}`)
  }

  #fit(name: ResolvedName, max: number): string {
    if (!name.truncatable) {
      this.assertFits(name.text, {
        max: this.traits.maxIdentifierLength,
        way: "give a shorter name, or let op.f('…') shorten it",
      })
      return name.text
    }
    if (this.lengthOf(name.text) <= max) return name.text
    const digest = createHash('md5').update(name.text, 'utf8').digest('hex')
    return `${this.#beginning(name.text, Math.max(max - 8, 0))}_${digest.slice(-4)}`
  }

  #beginning(text: string, max: number): string {
    if (this.traits.measuresNamesInBytes !== true) return text.slice(0, max)
    let found = ''
    for (const character of text) {
      if (Buffer.byteLength(found + character) > max) break
      found += character
    }
    return found
  }
}

/** What a name may be as long as, and how one that is longer is spoken of. */
export interface LongNameWords {
  /** Default `Identifier`. */
  readonly what?: string
  readonly way: string
  readonly max: number
}
