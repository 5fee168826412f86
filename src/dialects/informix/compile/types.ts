import { decimalType, standardTypes } from '../../../sql/compile/standard-types.ts'
import type {
  DialectTypeVisitors,
  StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { Numeric } from '../../../sql/types/numeric.ts'
import type { String } from '../../../sql/types/string.ts'
import type { DATETIME, INTERVAL } from '../types.ts'

const MOMENT = 'DATETIME YEAR TO SECOND'

/** Informix's spellings of the standard types. */
export const informixTypes: StandardTypeVisitors = {
  ...standardTypes,
  Numeric: (type) =>
    type.precision === undefined ? 'DECIMAL' : `DECIMAL(${type.precision}, ${type.scale ?? 0})`,
  // A precision would be counted in decimal digits, and REAL and FLOAT have none.
  FLOAT: () => 'FLOAT',
  Double: () => 'DOUBLE PRECISION',
  String: (type) => sized('VARCHAR', type),
  VARCHAR: (type) => sized('VARCHAR', type),
  Unicode: (type) => sized('NVARCHAR', type),
  // The reference's spelling, which it has from Db2.
  UnicodeText: () => 'LONG VARGRAPHIC',
  Text: () => 'CLOB',
  CHAR: (type) => sized('CHAR', type),
  Enum: (type) => (type.length === 0 ? 'VARCHAR' : `VARCHAR(${type.length})`),
  Boolean: () => 'SMALLINT',
  DateTime: () => MOMENT,
  Interval: () => MOMENT,
  TIMESTAMP: () => 'DATETIME YEAR TO FRACTION(5)',
  DATETIME: (type) => {
    const { qualifier } = type as DATETIME
    return qualifier === undefined ? 'DATETIME' : `DATETIME ${qualifier}`
  },
  LargeBinary: () => 'BYTE',
  PickleType: () => 'BYTE',
}

/** How Informix's own types are written. */
export const informixOwnTypes: DialectTypeVisitors = {
  SERIAL: () => 'SERIAL',
  SERIAL8: () => 'SERIAL8',
  BIGSERIAL: () => 'BIGSERIAL',
  INT8: () => 'INT8',
  DOUBLE: () => 'DOUBLE',
  MONEY: (type: Numeric) => decimalType('MONEY', type),
  LVARCHAR: (type: String) => sized('LVARCHAR', type),
  DBCLOB: () => 'DBCLOB',
  GRAPHIC: (type: String) => sized('GRAPHIC', type),
  VARGRAPHIC: (type: String) => sized('VARGRAPHIC', type),
  LONGVARGRAPHIC: () => 'LONG VARGRAPHIC',
  INTERVAL: (type: INTERVAL) => `INTERVAL ${type.qualifier}`,
  BYTE: () => 'BYTE',
  BSON: () => 'BSON',
}

function sized(word: string, type: String): string {
  const length = type.lengthWord ?? type.length
  return length === undefined ? word : `${word}(${length})`
}
