import { CompileError } from '../../errors/compile-error.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { ArrayType } from '../types/array.ts'
import { TypeDecorator } from '../types/custom.ts'
import { EnumType } from '../types/enum.ts'
import { DateTime } from '../types/temporal.ts'
import type { Uuid } from '../types/uuid.ts'
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
    this.assertHolds(value, type)
    if (Array.isArray(value) && type?.affinity !== 'Json') return this.renderArray(value, type)
    if (type?.affinity === 'Json') return this.renderString(jsonText(value), type)
    if (value instanceof Uint8Array) return this.#bytes(value)
    if (value instanceof Date) return this.renderDate(value, type)
    if (typeof value === 'string') return this.renderText(value, type)
    if (typeof value === 'number') return this.renderNumber(value, type)
    if (typeof value === 'bigint') return this.renderBigint(value, type)
    if (typeof value === 'boolean') return this.renderBoolean(value, type)
    return this.refuse(value, type)
  }

  /** Writes a string of any type: dates and numbers may come as text. */
  protected renderText(value: string, type: TypeEngine | null): string {
    if (type?.affinity === 'Numeric' || type?.affinity === 'Integer') {
      if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)) return value
      throw new CompileError(`Could not render literal value ${shown(value)} as ${type.toString()}`)
    }
    if (type?.affinity === 'Uuid') return this.renderString(this.uuidText(value, type), null)
    const seconds = type?.affinity === 'Interval' ? this.spanSeconds(value, type) : null
    if (seconds !== null) return this.renderInterval(seconds, type)
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
    if (type?.affinity === 'Boolean') return this.renderBoolean(value !== 0, type)
    if (type?.affinity === 'Interval') return this.renderInterval(value, type)
    return String(value)
  }

  /** A span of time in seconds. Where the database has no type for it, it is counted from 1970, as SQLAlchemy stores it. */
  protected renderInterval(seconds: number, type: TypeEngine | null): string {
    if (this.traits.exactlyAsAlembic === true) return this.refuse(seconds, type)
    return this.renderDate(new Date(seconds * 1000), MOMENT)
  }

  /** The seconds of a span in ISO 8601; `null` for other text, which is left to the server. */
  spanSeconds(text: string, type: TypeEngine): number | null {
    const seconds = durationSeconds(text)
    if (seconds === null && /^[+-]?P/.test(text)) {
      this.refuse(text, type, 'months and years have no length; give days and hours')
    }
    return seconds
  }

  /** A UUID as its column keeps it: without its dashes where the database has no such type. */
  uuidText(value: string, type: TypeEngine): string {
    const isNative = this.traits.supportsNativeUuid && (type as Uuid).nativeUuid
    return isNative ? value : value.replaceAll('-', '')
  }

  protected renderBigint(value: bigint, _type: TypeEngine | null): string {
    return value.toString()
  }

  /** NaN and the infinities, which few databases have. */
  protected renderNonFinite(value: number, type: TypeEngine | null): string {
    return this.refuse(value, type, 'the database has no such number')
  }

  /** `true` or `1`, as the dialect has it. */
  renderBoolean(value: boolean, _type: TypeEngine | null = null): string {
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
    const digits = iso.slice(iso.indexOf('.') + 1, -1)
    const fraction = /[1-9]/.test(digits) ? `.${digits.padEnd(6, '0')}` : ''
    const time = iso.slice(iso.indexOf('T') + 1, iso.indexOf('T') + 9) + fraction
    if (type?.affinity === 'Date') return day
    if (type?.affinity === 'Time') return time
    return `${day} ${time}${this.utcSuffix(type)}`
  }

  /** What stands behind a moment of a type that keeps a zone, for the servers that have such types. */
  protected utcSuffix(_type: TypeEngine | null): string {
    return ''
  }

  /** Refuses what a column of the type's family can't hold, whatever the server would make of it. */
  assertHolds(value: unknown, type: TypeEngine | null): void {
    if (type === null) return
    if (value instanceof Uint8Array && !BYTES.has(type.affinity)) {
      this.refuse(value, type, 'such a column holds no bytes')
    }
    if (value instanceof Date && !MOMENTS.has(type.affinity)) {
      this.refuse(value, type, 'such a column holds no dates')
    }
    if (typeof value !== 'string') return
    const isForeign = type.affinity === 'String' && type instanceof EnumType && type.validateStrings
    if (isForeign && !type.values.includes(value)) {
      this.refuse(value, type, 'it is none of the values of the enumeration')
    }
    if (/^[+-]\d{6}-\d\d/.test(value) && isDay(type)) this.refuse(value, type, YEARS)
  }

  /** Refuses a `Date` that is none, or outside of the years that all databases have. */
  assertMoment(value: Date, type: TypeEngine | null): void {
    if (/^\d{4}-/.test(validIso(value)) && value.getUTCFullYear() > 0) return
    this.refuse(value, type, YEARS)
  }

  #bytes(value: Uint8Array): string {
    const text = this.traits.exactlyAsAlembic === true ? decoded(value) : null
    if (text === null) return this.renderBytes(value)
    const quoted = text.replaceAll("'", "''")
    return `'${this.traits.backslashEscapes ? quoted.replaceAll('\\', '\\\\') : quoted}'`
  }

  /** Bytes have no common literal. */
  protected renderBytes(value: Uint8Array): string {
    return this.refuse(value, null)
  }

  /** Arrays have no common literal. */
  protected renderArray(value: readonly unknown[], type: TypeEngine | null): string {
    if (this.traits.exactlyAsAlembic === true && type instanceof ArrayType) {
      const items = value.map((item) => this.#item(item, type))
      return `${type.dialectName === null ? '' : 'ARRAY'}[${items.join(', ')}]`
    }
    return this.refuse(value, type)
  }

  #item(item: unknown, type: ArrayType): string {
    return this.renderLiteral(item, Array.isArray(item) ? type : type.itemType)
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

const YEARS = 'it must be a valid date of the years 1 to 9999'

const MOMENT: TypeEngine = new DateTime()

/** The families whose columns hold bytes; text is among them for the servers that take them there. */
const BYTES: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Array',
  'Binary',
  'Json',
  'Null',
  'Other',
  'String',
])

/** The families whose columns hold a `Date`; it is text in UTC among text. */
const MOMENTS: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Array',
  'Date',
  'DateTime',
  'Json',
  'Null',
  'Other',
  'String',
  'Time',
])

function isDay({ affinity }: TypeEngine): boolean {
  return affinity === 'Date' || affinity === 'DateTime'
}

const DURATION =
  /^(?<sign>[+-]?)P(?=.)(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/

/** The seconds of a span in ISO 8601, as `Temporal.Duration` writes it; `null` for other text, months and years included. */
function durationSeconds(text: string): number | null {
  const parts = DURATION.exec(text)?.groups
  if (parts === undefined) return null
  const part = (name: string): number => Number(parts[name] ?? 0)
  const days = part('weeks') * 7 + part('days')
  const seconds = ((days * 24 + part('hours')) * 60 + part('minutes')) * 60 + part('seconds')
  return parts['sign'] === '-' ? -seconds : seconds
}

/** Whether the type keeps a zone. */
export function isZoned(type: TypeEngine | null): boolean {
  return (type as { readonly timezone?: boolean } | null)?.timezone === true
}

/** Bytes as the reference writes them: as text, where they are UTF-8. */
function decoded(value: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    return null
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
