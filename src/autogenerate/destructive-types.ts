import type { TypeEngine } from '../sql/types/type-engine.ts'

/** Bytes of integers. */
const INTEGER_BYTES: Readonly<Record<string, number>> = {
  TINYINT: 1,
  SMALLINT: 2,
  SMALLINTEGER: 2,
  MEDIUMINT: 3,
  INT: 4,
  INTEGER: 4,
  BIGINT: 8,
  BIGINTEGER: 8,
}

/** Digits that any integer of so many bytes has. */
const INTEGER_DIGITS: Readonly<Record<number, number>> = { 1: 3, 2: 5, 3: 7, 4: 10, 8: 19 }

/** Bits of the fraction of approximate numbers. */
const FLOAT_BITS: Readonly<Record<string, number>> = {
  REAL: 24,
  DOUBLE: 53,
  DOUBLE_PRECISION: 53,
  BINARY_FLOAT: 24,
  BINARY_DOUBLE: 53,
}

/** Characters, or bytes, of strings that say their limit by their name. */
const SIZES: Readonly<Record<string, number>> = {
  TINYTEXT: 255,
  MEDIUMTEXT: 16_777_215,
  TINYBLOB: 255,
  MEDIUMBLOB: 16_777_215,
}

/** What the plain word means beside one of the sizes. */
const PLAIN_SIZE = 65_535
const SIZED = /^(TINY|MEDIUM|LONG)(TEXT|BLOB)$/
const PLAIN = /^(TEXT|UNICODETEXT|BLOB|LARGEBINARY)$/

const UUID_CHARACTERS = 32

interface Properties {
  readonly length?: number | null
  readonly precision?: number | null
  readonly scale?: number | null
  readonly fsp?: number | null
  readonly unsigned?: boolean
  readonly timezone?: boolean
  readonly values?: readonly string[]
}

/** Returns what values of the one type lose in the other, or why they don't fit; null where all go on as they are. */
export function narrowing(from: TypeEngine, to: TypeEngine): string | null {
  const [old, now] = [read(from), read(to)]
  if (now.values !== undefined) return fewerValues(old.values, now.values)
  if (isUnknown(from) || isUnknown(to)) return null
  if (to.affinity === 'String') return shorter(from, to)
  if (from.affinity !== to.affinity) return otherFamily(from, to)
  if (from.affinity === 'Binary') return shorter(from, to)
  if (from.affinity === 'Integer') return smallerInteger(from, to)
  if (from.affinity === 'Numeric') return fewerDigits(from, to)
  return lessTime(old, now)
}

/** Options of any type, as far as they are there. */
function read(type: TypeEngine): Properties {
  return type as Properties
}

function nameOf({ typeName }: TypeEngine): string {
  return typeName.toUpperCase().replaceAll(' ', '_')
}

function isUnknown({ affinity }: TypeEngine): boolean {
  return affinity === 'Null' || affinity === 'Other'
}

function fewerValues(old: readonly string[] | undefined, now: readonly string[]): string | null {
  const known = new Set(now)
  if (old === undefined) return 'only the values of the enumeration fit'
  const gone = old.filter((value) => !known.has(value))
  return gone.length === 0 ? null : `rows may hold ${gone.map((one) => `'${one}'`).join(', ')}`
}

function shorter(from: TypeEngine, to: TypeEngine): string | null {
  const [old, now] = [sizeOf(from, to), sizeOf(to, from)]
  return now < old ? `values may be longer than ${now}` : null
}

/** The longest text of a value of the type. */
function sizeOf(type: TypeEngine, other: TypeEngine): number {
  const { length, values } = read(type)
  if (values !== undefined) return Math.max(0, ...values.map((value) => value.length))
  if (typeof length === 'number') return length
  if (type.affinity === 'Uuid') return UUID_CHARACTERS
  if (type.affinity === 'Boolean') return 'false'.length
  if (type.affinity === 'Integer') return digitsOf(type) + 1
  if (PLAIN.test(nameOf(type)) && SIZED.test(nameOf(other))) return PLAIN_SIZE
  return SIZES[nameOf(type)] ?? Number.POSITIVE_INFINITY
}

function bytesOf(type: TypeEngine): number {
  return INTEGER_BYTES[nameOf(type)] ?? 8
}

function digitsOf(type: TypeEngine): number {
  return INTEGER_DIGITS[bytesOf(type)] ?? 19
}

function smallerInteger(from: TypeEngine, to: TypeEngine): string | null {
  const [old, now] = [bytesOf(from), bytesOf(to)]
  if (now < old) return 'larger numbers do not fit'
  const [wasUnsigned, isUnsigned] = [from, to].map((type) => read(type).unsigned === true)
  if (isUnsigned === true && wasUnsigned === false) return 'negative numbers do not fit'
  return wasUnsigned === true && isUnsigned === false && now === old
    ? 'larger numbers do not fit'
    : null
}

function fewerDigits(from: TypeEngine, to: TypeEngine): string | null {
  const [oldBits, nowBits] = [bitsOf(from), bitsOf(to)]
  if (nowBits !== null) {
    return oldBits !== null && nowBits >= oldBits ? null : 'digits are rounded off'
  }
  const { precision = null, scale = null } = read(to)
  if (precision === null) return null
  if (oldBits !== null) return 'digits are rounded off, and larger numbers do not fit'
  const { precision: oldPrecision = null, scale: oldScale = null } = read(from)
  if (oldPrecision === null) return `only numbers of ${precision} digits fit`
  if (precision - (scale ?? 0) < oldPrecision - (oldScale ?? 0)) return 'larger numbers do not fit'
  return (scale ?? 0) < (oldScale ?? 0) ? 'digits after the point are rounded off' : null
}

/** `null` for exact numbers. */
function bitsOf(type: TypeEngine): number | null {
  const fixed = FLOAT_BITS[nameOf(type)]
  if (fixed !== undefined) return fixed
  if (nameOf(type) !== 'FLOAT') return null
  const { precision } = read(type)
  return typeof precision === 'number' && precision <= 24 ? 24 : 53
}

function lessTime(old: Properties, now: Properties): string | null {
  if (old.timezone === true && now.timezone !== true) return 'the time zone is lost'
  const [before, after] = [old, now].map(({ fsp, precision }) => fsp ?? precision ?? null)
  if (typeof before !== 'number' || typeof after !== 'number') return null
  return after < before ? 'fractions of seconds are rounded off' : null
}

/** Conversions between families that lose nothing; strings, which take anything, aside. */
function otherFamily(from: TypeEngine, to: TypeEngine): string | null {
  const way = `${from.affinity} ${to.affinity}`
  switch (way) {
    case 'Boolean Integer':
    case 'Boolean Numeric':
    case 'Date DateTime':
      return null
    case 'Integer Numeric':
      return wholeDigits(from, to)
    case 'Numeric Integer':
      return 'what is behind the point is lost, and larger numbers do not fit'
    case 'DateTime Date':
      return 'the time of day is lost'
    case 'DateTime Time':
      return 'the date is lost'
    default:
      return 'values may have no equivalent'
  }
}

function wholeDigits(from: TypeEngine, to: TypeEngine): string | null {
  const bits = bitsOf(to)
  if (bits !== null) return bytesOf(from) * 8 > bits ? 'digits are rounded off' : null
  const { precision = null, scale = null } = read(to)
  if (precision === null || precision - (scale ?? 0) >= digitsOf(from)) return null
  return 'larger numbers do not fit'
}
