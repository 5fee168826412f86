import { NullType } from '../../../sql/types/null-type.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as firebird from '../types.ts'

/** What RDB$FIELDS says of a type. */
export interface TypeRow {
  readonly type: number
  /** Of a number: 1 NUMERIC, 2 DECIMAL; of a large object: 1 text. */
  readonly sub_type: number | null
  /** In bytes. */
  readonly length: number
  readonly characters: number | null
  readonly precision: number | null
  /** Negative: digits behind the point. */
  readonly scale: number
  /** Where it is not the database's own. */
  readonly charset: string | null
  /** Where it is not the character set's own. */
  readonly collation: string | null
}

/** The type of a column; an array has none that could be written. */
export function readType(row: TypeRow, isArray: boolean): TypeEngine {
  if (isArray) return NullType()
  switch (row.type) {
    case 7:
      return wholeOrDecimal(row, firebird.SMALLINT)
    case 8:
      return wholeOrDecimal(row, firebird.INTEGER)
    case 16:
      return wholeOrDecimal(row, firebird.BIGINT)
    case 26:
      return wholeOrDecimal(row, firebird.INT128)
    case 10:
      return firebird.FLOAT()
    case 27:
      return firebird.DOUBLE_PRECISION()
    case 24:
      return firebird.DECFLOAT(16)
    case 25:
      return firebird.DECFLOAT(34)
    case 12:
      return firebird.DATE()
    case 13:
      return firebird.TIME()
    case 28:
      return firebird.TIME({ timezone: true })
    case 35:
      return firebird.TIMESTAMP()
    case 29:
      return firebird.TIMESTAMP({ timezone: true })
    case 23:
      return firebird.BOOLEAN()
    case 14:
      return firebird.CHAR(stringOptions(row))
    case 37:
    case 40:
      return firebird.VARCHAR(stringOptions(row))
    case 261:
      return row.sub_type === 1 ? firebird.TEXT() : firebird.BLOB()
    default:
      return NullType()
  }
}

function wholeOrDecimal(row: TypeRow, whole: () => TypeEngine): TypeEngine {
  const { sub_type: subType, precision, scale } = row
  if (subType === 1) return firebird.NUMERIC(precision, -scale)
  return subType === 2 ? firebird.DECIMAL(precision, -scale) : whole()
}

function stringOptions({ characters, length, charset, collation }: TypeRow): {
  readonly length: number
  readonly charset?: string
  readonly collation?: string
} {
  return {
    length: characters ?? length,
    ...(charset === null ? {} : { charset }),
    ...(collation === null ? {} : { collation }),
  }
}
