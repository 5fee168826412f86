import { BLOB } from '../../../sql/types/binary.ts'
import { BOOLEAN } from '../../../sql/types/boolean.ts'
import { NullType } from '../../../sql/types/null-type.ts'
import { declaredAs } from '../../../sql/types/native-type.ts'
import * as numeric from '../../../sql/types/numeric.ts'
import * as string from '../../../sql/types/string.ts'
import { DATE, DATETIME, TIME, TIMESTAMP } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { JSON } from '../types.ts'

type MakeType = (...sizes: readonly number[]) => TypeEngine

/** The names that SQLAlchemy knows. Sizes that a type has no place for are left out. */
const KNOWN: ReadonlyMap<string, MakeType> = new Map<string, MakeType>([
  ['BIGINT', () => numeric.BIGINT()],
  ['BLOB', (length) => BLOB(length)],
  ['BOOL', () => BOOLEAN()],
  ['BOOLEAN', () => BOOLEAN()],
  ['CHAR', (length) => string.CHAR(length)],
  ['DATE', () => DATE()],
  ['DATE_CHAR', () => DATE()],
  ['DATETIME', () => DATETIME()],
  ['DATETIME_CHAR', () => DATETIME()],
  ['DECIMAL', (precision, scale) => numeric.DECIMAL(precision, scale)],
  ['DOUBLE', (precision) => numeric.DOUBLE(precision)],
  ['FLOAT', (precision) => numeric.FLOAT(precision)],
  ['INT', () => numeric.INTEGER()],
  ['INTEGER', () => numeric.INTEGER()],
  ['JSON', () => JSON()],
  ['NCHAR', (length) => string.NCHAR(length)],
  ['NUMERIC', (precision, scale) => numeric.NUMERIC(precision, scale)],
  ['NVARCHAR', (length) => string.NVARCHAR(length)],
  ['REAL', (precision) => numeric.REAL(precision)],
  ['SMALLINT', () => numeric.SMALLINT()],
  ['TEXT', (length) => string.TEXT(length)],
  ['TIME', () => TIME()],
  ['TIME_CHAR', () => TIME()],
  ['TIMESTAMP', () => TIMESTAMP()],
  ['VARCHAR', (length) => string.VARCHAR(length)],
])

/**
 * The type that a declared one stands for: that of its name, else that of its affinity, which SQLite derives from parts
 * of the name (https://www.sqlite.org/datatype3.html, 3.1).
 */
export function resolveColumnType(declared: string): TypeEngine {
  const [, name = '', sizes = ''] = /^([\w ]+)(\(.*?\))?/.exec(declared.toUpperCase()) ?? []
  const numbers = [...sizes.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  const known = KNOWN.get(name)
  if (known !== undefined) return known(...numbers)
  // Without a type a column has the affinity that BLOB gives (the same page, 3.1, rule 3).
  const sql = declared.trim() === '' ? 'BLOB' : declared
  return declaredAs(typeOfAffinity(name)(...numbers), sql)
}

function typeOfAffinity(name: string): MakeType {
  if (name.includes('INT')) return () => numeric.INTEGER()
  if (/CHAR|CLOB|TEXT/.test(name)) return (length) => string.TEXT(length)
  if (name.includes('BLOB') || name === '') return () => NullType()
  if (/REAL|FLOA|DOUB/.test(name)) return (precision) => numeric.REAL(precision)
  return (precision, scale) => numeric.NUMERIC(precision, scale)
}
