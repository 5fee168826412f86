import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { DATE, DATETIME, formatMoment, TIME, type MomentParts } from '../types.ts'

const DEFAULT_FORMAT = {
  Date: DATE().storageFormat,
  Time: TIME().storageFormat,
  DateTime: DATETIME().storageFormat,
}

const ISO_DATE = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`
const ISO_TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,6}))?)?`
const ISO_ZONE = String.raw`(?:Z|[+-]\d\d:?\d\d)?`
const ISO_MOMENT = new RegExp(
  `^(?:${ISO_DATE}(?:[T ]${ISO_TIME}${ISO_ZONE})?|${ISO_TIME.replaceAll('?<', '?<_')}${ISO_ZONE})$`,
)

/** SQLite has no date types: what is written is text in the form that SQLite's functions and SQLAlchemy read. */
export class SqliteLiteralCompiler extends LiteralCompiler {
  protected override renderText(value: string, type: TypeEngine | null): string {
    const stored = this.storedMoment(value, type)
    return stored === null ? super.renderText(value, type) : this.renderString(stored, null)
  }

  /** A date or time in the form in which its column keeps it; `null` for any other column, and for other text. */
  storedMoment(value: Date | string, type: TypeEngine | null): string | null {
    const format = storageFormat(type)
    const moment = parseMoment(typeof value === 'string' ? value : value.toISOString())
    return format === null || moment === null ? null : formatMoment(format, moment)
  }

  /** Whether a column keeps moments in the form that columns of `sa.DateTime()` have. */
  isUsualDateTime(type: TypeEngine | null): boolean {
    return type?.affinity === 'DateTime' && storageFormat(type) === DEFAULT_FORMAT.DateTime
  }

  override dateText(value: Date, type: TypeEngine | null): string {
    const moment = parseMoment(value.toISOString())
    const format = storageFormat(type) ?? DEFAULT_FORMAT.DateTime
    return moment === null ? super.dateText(value, type) : formatMoment(format, moment)
  }

  /** A number that is too large for a double, which is what makes one infinite; NaN is stored as NULL. */
  protected override renderNonFinite(value: number, type: TypeEngine | null): string {
    if (Number.isNaN(value)) return super.renderNonFinite(value, type)
    return value > 0 ? '9e999' : '-9e999'
  }

  /** Larger ones would be stored as floats. */
  protected override renderBigint(value: bigint, type: TypeEngine | null): string {
    if (BigInt.asIntN(64, value) === value) return super.renderBigint(value, type)
    return this.refuse(value, type, 'integers have 64 bits')
  }

  protected override renderBytes(value: Uint8Array): string {
    return `X'${Buffer.from(value).toString('hex').toUpperCase()}'`
  }
}

function storageFormat(type: TypeEngine | null): string | null {
  if (type === null) return null
  if (type instanceof DATE || type instanceof TIME || type instanceof DATETIME) {
    return type.storageFormat
  }
  const { affinity } = type
  return affinity === 'Date' || affinity === 'Time' || affinity === 'DateTime'
    ? DEFAULT_FORMAT[affinity]
    : null
}

/** Reads ISO 8601 text; a zone is dropped, as SQLAlchemy does. `null` where it is something else. */
function parseMoment(text: string): MomentParts | null {
  const groups = ISO_MOMENT.exec(text)?.groups
  if (groups === undefined) return null
  const part = (name: string): number => Number(groups[name] ?? groups[`_${name}`] ?? 0)
  const fraction = groups['fraction'] ?? groups['_fraction'] ?? ''
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    microsecond: Number(fraction.padEnd(6, '0')),
  }
}
