import { brand } from '../../util/brand.ts'
/** A name with quoting forced (`quote: true`), forbidden (`false`) or left to the dialect's rules (`null`). */
export class QuotedName {
  static {
    brand(this, 'QuotedName')
  }

  readonly value: string
  readonly quote: boolean | null

  constructor(value: string, quote: boolean | null) {
    this.value = value
    this.quote = quote
  }

  toString(): string {
    return this.value
  }
}

/**
 * Forces or forbids the quoting of a name.
 *
 * @example
 * sa.Column(sa.quotedName('Order', true), sa.Integer())
 */
export function quotedName(value: string, quote: boolean | null): QuotedName {
  return new QuotedName(value, quote)
}

/** A constraint name that naming conventions must leave alone: what `op.f()` returns. */
export class FinalName {
  static {
    brand(this, 'FinalName')
  }

  readonly value: string
  readonly quote: boolean | null

  constructor(value: string, quote: boolean | null = null) {
    this.value = value
    this.quote = quote
  }

  toString(): string {
    return this.value
  }
}

/** Marks a name as final, so that naming conventions leave it alone. */
export function conv(value: string): FinalName {
  return new FinalName(value)
}

/** Whatever can be given where a name is expected. */
export type NameLike = string | QuotedName | FinalName

/** A name taken apart: its text, its quoting, and whether naming conventions may still change it. */
export interface NameParts {
  readonly text: string
  readonly quote: boolean | null
  readonly isFinal: boolean
}

/** Takes a name apart. */
export function nameParts(name: NameLike): NameParts {
  if (typeof name === 'string') return { text: name, quote: null, isFinal: false }
  return { text: name.value, quote: name.quote, isFinal: name instanceof FinalName }
}

/** A schema as it was given: one without a name is none. */
export function givenSchema<S extends NameLike>(schema: S | null | undefined): S | null {
  return schema === null || schema === undefined || nameParts(schema).text === '' ? null : schema
}

/** The opposite of `nameParts()`. */
export function joinName(text: string, quote: boolean | null, isFinal: boolean): NameLike {
  if (isFinal) return new FinalName(text, quote)
  return quote === null ? text : new QuotedName(text, quote)
}
