import { exactInteger } from '../../../engine/driver.ts'
import { BINARY_NULL } from '../compile/binary-null.ts'

/** A column of a row, as the package gives it. */
export interface TediousColumn {
  readonly value: unknown
  readonly metadata: {
    readonly colName: string
    readonly scale?: number | undefined
    readonly type: { readonly name: string }
  }
}

/** The package's types that parameters are declared with. */
export type ParameterType = 'BigInt' | 'Bit' | 'Float' | 'Int' | 'NVarChar' | 'VarBinary'

/** A parameter's type and value; a Date becomes text of its UTC wall clock in the form that no session setting changes. */
export function bindValue(value: unknown): readonly [ParameterType, unknown] {
  if (value === BINARY_NULL) return ['VarBinary', null]
  if (typeof value === 'boolean') return ['Bit', value]
  if (typeof value === 'bigint') return ['BigInt', value]
  return typeof value === 'number' ? bindNumber(value) : bindObject(value)
}

function bindNumber(value: number): readonly [ParameterType, unknown] {
  // -0 is a float's value.
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return ['Float', value]
  const fitsInt = value === Math.trunc(value) && Math.abs(value) < 2 ** 31
  return fitsInt ? ['Int', value] : ['BigInt', value]
}

function bindObject(value: unknown): readonly [ParameterType, unknown] {
  if (value === null || value === undefined) return ['NVarChar', null]
  if (typeof value === 'string') return ['NVarChar', value]
  if (value instanceof Date) return ['NVarChar', value.toISOString().slice(0, -1)]
  if (value instanceof Uint8Array) {
    return ['VarBinary', Buffer.from(value.buffer, value.byteOffset, value.byteLength)]
  }
  return ['NVarChar', JSON.stringify(value)]
}

/**
 * A column's value without loss, as far as the package has it: it reads decimals as doubles, so that those with more than
 * 15 digits are rounded, and of DATETIMEOFFSET only the instant.
 */
export function exactValue({ value, metadata }: TediousColumn, inUtc: boolean): unknown {
  const { type, scale } = metadata
  const kind = type.name.replace(/N$/, '')
  if (value instanceof Date) return dateText(value, kind, scale, inUtc)
  if (typeof value === 'string') return /^(?:Big)?Int$/.test(kind) ? exactInteger(value) : value
  if (typeof value !== 'number') return value
  if (kind === 'Decimal' || kind === 'Numeric') return value.toFixed(scale ?? 0)
  return kind === 'Money' || kind === 'SmallMoney' ? value.toFixed(4) : value
}

/** A moment as the server writes it in style 121. */
function dateText(value: Date, kind: string, scale: number | undefined, inUtc: boolean): string {
  const shift = inUtc ? 0 : value.getTimezoneOffset() * 60_000
  const [day = '', clock = ''] = new Date(value.getTime() - shift).toISOString().split('T')
  const time = clock.slice(0, 8) + fraction(value, kind, scale)
  switch (kind) {
    case 'Date':
      return day
    case 'Time':
      return time
    case 'DateTimeOffset':
      return `${day} ${time} +00:00`
    default:
      return `${day} ${time}`
  }
}

/** Digits of the second; the package keeps what a `Date` has no room for beside it. */
function fraction(value: Date, kind: string, scale: number | undefined): string {
  if (kind === 'SmallDateTime') return ''
  const delta = 'nanosecondsDelta' in value ? Number(value.nanosecondsDelta) : 0
  const ticks = value.getUTCMilliseconds() * 10_000 + Math.round(delta * 10_000_000)
  const digits = kind === 'DateTime' ? 3 : (scale ?? 7)
  return digits === 0 ? '' : `.${String(ticks).padStart(7, '0').slice(0, digits)}`
}
