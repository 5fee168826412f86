import { CompileError } from '../../errors/compile-error.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { TypeDecorator } from '../types/custom.ts'
import type { DialectTraits } from './dialect-traits.ts'
import { jsonText, plainValue } from './plain-value.ts'
import { assertStorable } from './storable-text.ts'

/** The one place where values become SQL. What is here holds for every server; dialects override the rest. */
export class LiteralCompiler {
  readonly traits: DialectTraits

  constructor(traits: DialectTraits) {
    this.traits = traits
  }

  /**
   * Writes a value as a literal of the given type.
   *
   * @throws CompileError where the dialect has no literal for it
   */
  renderLiteral(given: unknown, declared: TypeEngine | null): string {
    const value = plainValue(given)
    if (value === null || value === undefined) return 'NULL'
    const type = this.#underlying(declared)
    if (Array.isArray(value) && type?.affinity !== 'Json') return this.renderArray(value, type)
    if (type?.affinity === 'Json') return this.renderString(jsonText(value), type)
    if (value instanceof Uint8Array) return this.renderBytes(value)
    if (value instanceof Date) return this.renderDate(value, type)
    if (typeof value === 'string') return this.renderText(value, type)
    if (typeof value === 'number') return this.renderNumber(value, type)
    if (typeof value === 'bigint') return this.renderBigint(value, type)
    if (typeof value === 'boolean') return this.renderBoolean(value)
    return this.refuse(value, type)
  }

  /** Writes a string of any type: dates and numbers may come as text. */
  protected renderText(value: string, type: TypeEngine | null): string {
    if (type?.affinity === 'Numeric' || type?.affinity === 'Integer') {
      if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)) return value
      throw new CompileError(`Could not render literal value ${shown(value)} as ${type.toString()}`)
    }
    return this.renderString(value, type)
  }

  /** Writes a quoted string. */
  renderString(value: string, _type: TypeEngine | null): string {
    assertStorable(value, 'String')
    let escaped = value.replaceAll("'", "''")
    if (this.traits.backslashEscapes) escaped = escaped.replaceAll('\\', '\\\\')
    const { paramstyle } = this.traits
    if (paramstyle === 'format' || paramstyle === 'pyformat')
      escaped = escaped.replaceAll('%', '%%')
    return `'${escaped}'`
  }

  protected renderNumber(value: number, type: TypeEngine | null): string {
    if (!Number.isFinite(value)) return this.renderNonFinite(value, type)
    if (type?.affinity === 'Boolean') return this.renderBoolean(value !== 0)
    return String(value)
  }

  protected renderBigint(value: bigint, _type: TypeEngine | null): string {
    return value.toString()
  }

  /** NaN and the infinities, which few databases have. */
  protected renderNonFinite(value: number, type: TypeEngine | null): string {
    return this.refuse(value, type, 'the database has no such number')
  }

  /** `true` or `1`, as the dialect has it. */
  renderBoolean(value: boolean): string {
    if (this.traits.supportsNativeBoolean) return value ? 'true' : 'false'
    return value ? '1' : '0'
  }

  /** A JavaScript `Date` is an instant: it is written in UTC. */
  protected renderDate(value: Date, type: TypeEngine | null): string {
    this.assertMoment(value, type)
    return `'${this.dateText(value, type)}'`
  }

  /** The text of an instant: date, time or both by the type's family, in UTC. */
  dateText(value: Date, type: TypeEngine | null): string {
    const iso = value.toISOString()
    const day = iso.slice(0, iso.indexOf('T'))
    const fraction = value.getUTCMilliseconds() === 0 ? '' : `.${iso.slice(-4, -1)}000`
    const time = iso.slice(iso.indexOf('T') + 1, iso.indexOf('T') + 9) + fraction
    if (type?.affinity === 'Date') return day
    if (type?.affinity === 'Time') return time
    return `${day} ${time}${this.utcSuffix(type)}`
  }

  /** What stands behind a moment of a type with a time zone. */
  protected utcSuffix(type: TypeEngine | null): string {
    return (type as { timezone?: boolean } | null)?.timezone === true ? '+00:00' : ''
  }

  /** Refuses a `Date` that is none, or outside of the years that all databases have. */
  assertMoment(value: Date, type: TypeEngine | null): void {
    if (/^\d{4}-/.test(validIso(value)) && value.getUTCFullYear() > 0) return
    this.refuse(value, type, 'it must be a valid date of the years 1 to 9999')
  }

  /** Bytes have no common literal. */
  protected renderBytes(value: Uint8Array): string {
    return this.refuse(value, null)
  }

  /** Arrays have no common literal. */
  protected renderArray(value: readonly unknown[], type: TypeEngine | null): string {
    return this.refuse(value, type)
  }

  /** Throws the error for a value that the dialect has no form for. */
  refuse(
    value: unknown,
    type: TypeEngine | null,
    hint: string = "run online, or write it as sa.text('…')",
  ): never {
    throw new CompileError(
      `Could not render literal value ${shown(value)} with datatype ${type?.toString() ?? 'unknown'} for dialect ${this.traits.name}; ${hint}`,
    )
  }

  #underlying(declared: TypeEngine | null): TypeEngine | null {
    if (declared === null) return null
    const type = declared.forDialect(this.traits.name)
    return type instanceof TypeDecorator
      ? this.#underlying(type.loadDialectImpl(this.traits.name))
      : type
  }
}

function validIso(value: Date): string {
  return Number.isNaN(value.getTime()) ? '' : value.toISOString()
}

const SHOWN_CHARACTERS = 60

/** A value in an error message: enough of it to be recognised. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  // oxlint-disable-next-line no-base-to-string -- objects are named by their kind
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`
}
