import { exactInteger } from '../../../engine/driver.ts'

/** What the package tells of a column. */
export interface FirebirdField {
  readonly typeName: string
  /** Negative: digits behind the point. */
  readonly scale?: number
}

/**
 * A value of the package as text where a number or Date would lose something. The package makes Dates of the machine's own
 * zone and of whole milliseconds; the server has four digits, of which the last is lost.
 */
export function exactValue(value: unknown, { typeName, scale = 0 }: FirebirdField): unknown {
  if (value instanceof Date) return dateText(value, typeName)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (scale < 0 && typeof value === 'number') return value.toFixed(-scale)
  if (scale === 0 && typeName === 'INT64' && typeof value === 'string') return exactInteger(value)
  return value
}

function dateText(value: Date, typeName: string): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  const year = String(value.getFullYear()).padStart(4, '0')
  const day = `${year}-${two(value.getMonth() + 1)}-${two(value.getDate())}`
  const fraction = String(value.getMilliseconds()).padStart(3, '0')
  const time = `${two(value.getHours())}:${two(value.getMinutes())}:${two(value.getSeconds())}.${fraction}0`
  switch (typeName) {
    case 'DATE':
      return day
    case 'TIME':
      return time
    case 'TIMESTAMP':
      return `${day} ${time}`
    default:
      return value.toISOString()
  }
}

/**
 * A value as the package takes it: it writes a Date by the machine's zone, and can't write a bigint, nor a number of more than
 * 64 bits.
 */
export function bindValue(value: unknown): unknown {
  if (typeof value === 'number' && Math.abs(value) >= 2 ** 63) return value.toExponential()
  if (value === undefined) return null
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (!(value instanceof Date)) return value
  const [year, month, day] = [value.getUTCFullYear(), value.getUTCMonth(), value.getUTCDate()]
  const [hours, minutes] = [value.getUTCHours(), value.getUTCMinutes()]
  const local = new Date(0)
  // The constructor takes the years up to 99 for those of the 20th century.
  local.setFullYear(year, month, day)
  local.setHours(hours, minutes, value.getUTCSeconds(), value.getUTCMilliseconds())
  return local
}
