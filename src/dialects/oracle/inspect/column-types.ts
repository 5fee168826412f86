import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as oracle from '../types/index.ts'

/** What the catalog says of a column's type. */
export interface TypeRow {
  /** `VARCHAR2`, `TIMESTAMP(6) WITH TIME ZONE`, … */
  readonly data_type: string
  /** Owner of an object type. */
  readonly type_owner: string | null
  readonly data_length: number
  /** Length in characters of the string types. */
  readonly char_length: number
  readonly data_precision: number | null
  readonly data_scale: number | null
}

type Reader = (row: TypeRow) => TypeEngine

const READERS: Readonly<Record<string, Reader>> = {
  BFILE: () => oracle.BFILE(),
  BINARY_DOUBLE: () => oracle.BINARY_DOUBLE(),
  BINARY_FLOAT: () => oracle.BINARY_FLOAT(),
  BLOB: () => oracle.BLOB(),
  BOOLEAN: () => oracle.BOOLEAN(),
  CHAR: (row) => oracle.CHAR(row.char_length),
  CLOB: () => oracle.CLOB(),
  DATE: () => oracle.DATE(),
  FLOAT: readFloat,
  JSON: () => oracle.JSON(),
  LONG: () => oracle.LONG(),
  NCHAR: (row) => oracle.NCHAR(row.char_length),
  NCLOB: () => oracle.NCLOB(),
  NUMBER: readNumber,
  NVARCHAR2: (row) => oracle.NVARCHAR2(row.char_length),
  RAW: (row) => oracle.RAW(row.data_length),
  ROWID: () => oracle.ROWID(),
  VARCHAR2: (row) => oracle.VARCHAR2(row.char_length),
  VECTOR: () => oracle.VECTOR(),
}

/** INTEGER and its kin are NUMBER(*, 0): a scale without precision. */
function readNumber({ data_precision: precision, data_scale: scale }: TypeRow): TypeEngine {
  if (precision === null) return scale === 0 ? oracle.NUMBER(38, 0) : oracle.NUMBER()
  return scale === null || scale === 0 ? oracle.NUMBER(precision) : oracle.NUMBER(precision, scale)
}

function readFloat({ data_precision: precision }: TypeRow): TypeEngine {
  if (precision === 126 || precision === null) return oracle.DOUBLE_PRECISION()
  return precision === 63 ? oracle.REAL() : oracle.FLOAT(precision)
}

/** The type of a column: a class of this package, else `NativeType` with the catalog's own text. */
export function readType(row: TypeRow): TypeEngine {
  const read = READERS[row.data_type]
  if (read !== undefined) return read(row)
  const fractional = /^TIMESTAMP\((?<digits>\d)\)(?<zone> WITH (?:LOCAL )?TIME ZONE)?$/.exec(
    row.data_type,
  )?.groups
  if (fractional !== undefined) return readTimestamp(row, fractional)
  const interval = /^INTERVAL DAY\((\d)\) TO SECOND\((\d)\)$/.exec(row.data_type)
  if (interval !== null) {
    return oracle.INTERVAL({
      dayPrecision: Number(interval[1]),
      secondPrecision: Number(interval[2]),
    })
  }
  return oracle.NativeType(
    row.type_owner === null ? row.data_type : `${row.type_owner}.${row.data_type}`,
  )
}

/** The class knows no other number of digits than 6, which is what the type has without saying. */
function readTimestamp(
  row: TypeRow,
  { digits, zone }: Readonly<Record<string, string | undefined>>,
): TypeEngine {
  if (digits !== '6') return oracle.NativeType(row.data_type)
  if (zone === undefined) return oracle.TIMESTAMP()
  return oracle.TIMESTAMP(zone.includes('LOCAL') ? { localTimezone: true } : { timezone: true })
}
