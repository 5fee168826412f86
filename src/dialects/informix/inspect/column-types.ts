import { NullType } from '../../../sql/types/null-type.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as informix from '../types.ts'

/** What `syscolumns` says of a type: Informix 14.10, Guide to SQL: Reference, SYSCOLUMNS. */
export interface TypeRow {
  /** The type's number, with flags above the lowest byte. */
  readonly type: number
  /** The length in bytes, or digits and fields packed into one number. */
  readonly length: number
  /** Name of a type that the server or a user added. */
  readonly extended: string | null
}

/** The flag of a column that is NOT NULL. */
export const NOT_NULL = 256

const FLOATING_SCALE = 255

/** The type of a column; `NullType` for collections, rows and types of users. */
export function readType({ type, length, extended }: TypeRow): TypeEngine {
  const [high, low] = [Math.floor(length / 256), length % 256]
  switch (type % NOT_NULL) {
    case 0:
      return informix.CHAR(length)
    case 1:
      return informix.SMALLINT()
    case 2:
      return informix.INTEGER()
    case 3:
      return informix.FLOAT()
    case 4:
      return informix.REAL()
    case 5:
      return low === FLOATING_SCALE ? informix.DECIMAL(high) : informix.DECIMAL(high, low)
    case 6:
      return informix.SERIAL()
    case 7:
      return informix.DATE()
    case 8:
      return low === FLOATING_SCALE ? informix.MONEY(high) : informix.MONEY(high, low)
    case 10:
      return informix.DATETIME({ qualifier: fields(length, false) })
    case 11:
      return informix.BYTE()
    case 12:
      return informix.TEXT()
    // The upper byte is the length that is kept free at least.
    case 13:
      return informix.VARCHAR(low)
    case 14:
      return informix.INTERVAL({ qualifier: fields(length, true) })
    case 15:
      return informix.NCHAR(length)
    case 16:
      return informix.NVARCHAR(low)
    case 17:
      return informix.INT8()
    case 18:
      return informix.SERIAL8()
    case 43:
      return informix.LVARCHAR(length)
    case 45:
      return informix.BOOLEAN()
    case 52:
      return informix.BIGINT()
    case 53:
      return informix.BIGSERIAL()
    case 40:
    case 41:
      return extendedType(extended?.trim() ?? '', length)
    default:
      return NullType()
  }
}

function extendedType(name: string, length: number): TypeEngine {
  switch (name) {
    case 'lvarchar':
      return informix.LVARCHAR(length)
    case 'boolean':
      return informix.BOOLEAN()
    case 'blob':
      return informix.BLOB()
    case 'clob':
      return informix.CLOB()
    case 'json':
      return informix.JSON()
    case 'bson':
      return informix.BSON()
    default:
      return NullType()
  }
}

const FIELDS: ReadonlyMap<number, string> = new Map([
  [0, 'YEAR'],
  [2, 'MONTH'],
  [4, 'DAY'],
  [6, 'HOUR'],
  [8, 'MINUTE'],
  [10, 'SECOND'],
])

/** `YEAR TO SECOND`: the number is the count of digits, times 256, plus first field times 16, plus last field. */
function fields(length: number, isInterval: boolean): string {
  const [digits, packed] = [Math.floor(length / 256), length % 256]
  const [first, last] = [Math.floor(packed / 16), packed % 16]
  // Of a span the first field has as many digits as are left over; SECOND and FRACTION begin as a fraction of five.
  const leading = digits - (last - first)
  const start = FIELDS.get(first) ?? 'FRACTION'
  const precision = isInterval && first <= 10 ? `(${leading})` : ''
  const end = FIELDS.get(last) ?? `FRACTION(${last - 10})`
  return `${start}${precision} TO ${end}`
}
