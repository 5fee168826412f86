import { exactInteger } from '../../../engine/driver.ts'

/** The package's constants that are used here. */
export interface OracledbTypes {
  readonly STRING: unknown
  readonly BUFFER: unknown
  readonly DB_TYPE_NUMBER: unknown
  readonly DB_TYPE_DATE: unknown
  readonly DB_TYPE_TIMESTAMP: unknown
  readonly DB_TYPE_TIMESTAMP_TZ: unknown
  readonly DB_TYPE_TIMESTAMP_LTZ: unknown
  readonly DB_TYPE_CLOB: unknown
  readonly DB_TYPE_NCLOB: unknown
  readonly DB_TYPE_BLOB: unknown
}

/** What is known of a column of a result. */
export interface ColumnMetadata {
  readonly dbType: unknown
  readonly scale?: number
}

interface FetchAs {
  readonly type?: unknown
  readonly converter?: (value: unknown) => unknown
}

/** Decimals, dates and large objects as text or bytes, without loss. */
export function fetchTypeHandler(
  types: OracledbTypes,
): (metadata: ColumnMetadata) => FetchAs | undefined {
  return ({ dbType, scale }) => {
    switch (dbType) {
      case types.DB_TYPE_NUMBER:
        return { type: types.STRING, converter: (value) => exactNumber(value, scale) }
      case types.DB_TYPE_DATE:
        return { converter: (value) => momentText(value, 0) }
      case types.DB_TYPE_TIMESTAMP:
        return { converter: (value) => momentText(value, 3) }
      case types.DB_TYPE_TIMESTAMP_TZ:
      case types.DB_TYPE_TIMESTAMP_LTZ:
        return { converter: instantText }
      case types.DB_TYPE_CLOB:
      case types.DB_TYPE_NCLOB:
        return { type: types.STRING }
      case types.DB_TYPE_BLOB:
        return { type: types.BUFFER }
      default:
        return undefined
    }
  }
}

/** NUMBER says with its scale whether it is a decimal; one without any (-127) is what its text is. */
export function exactNumber(value: unknown, scale: number | undefined): unknown {
  if (typeof value !== 'string') return value
  return /^-?\d+$/.test(value) && !(scale !== undefined && scale > 0) ? exactInteger(value) : value
}

/** The package makes the wall clock of a DATE a `Date` of the machine's own zone. */
export function momentText(value: unknown, digits: 0 | 3): unknown {
  if (!(value instanceof Date)) return value
  const shifted = new Date(value.getTime() - value.getTimezoneOffset() * 60_000)
  return shifted
    .toISOString()
    .slice(0, digits === 0 ? 19 : 23)
    .replace('T', ' ')
}

function instantText(value: unknown): unknown {
  return value instanceof Date
    ? `${value.toISOString().slice(0, -1).replace('T', ' ')} +00:00`
    : value
}

/** A value as the package takes it; a `Date` is its UTC wall clock. */
export function bindValue(value: unknown, types: OracledbTypes): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  // As text, which the server makes a number of: none of its digits is lost.
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object') return value
  if (value instanceof Date) {
    const wallClock = new Date(value.getTime() + value.getTimezoneOffset() * 60_000)
    return { val: wallClock, type: types.DB_TYPE_TIMESTAMP }
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return JSON.stringify(value)
}
