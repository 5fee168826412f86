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
    return this.quote(schema, force)
  }

  /** Writes a schema's name of which dots part the elements (`database.owner`). */
  quoteDotted(schema: NameLike, force: boolean | null = null): string {
    const { text, quote } = nameParts(schema)
    if (quote !== null || force !== null) return this.quote(schema, force)
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

  #fit(name: ResolvedName, max: number): string {
    if (!name.truncatable) return this.#assertFits(name.text)
    if (name.text.length <= max) return name.text
    const digest = createHash('md5').update(name.text, 'utf8').digest('hex')
    return `${name.text.slice(0, Math.max(max - 8, 0))}_${digest.slice(-4)}`
  }

  #assertFits(name: string): string {
    const max = this.traits.maxIdentifierLength
    if (name.length <= max) return name
    throw new IdentifierError(
      `Identifier '${name}' exceeds maximum length of ${max} characters; give a shorter name, or let op.f('…') shorten it`,
    )
  }
}
