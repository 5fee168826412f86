import {
  characterWord,
  quotedCollation,
  sizedType,
  standardTypes,
  stringType,
} from '../../../sql/compile/standard-types.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import {
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
  type TypeCompiler,
} from '../../../sql/compile/type-compiler.ts'
import type { DECFLOAT } from '../types.ts'
import { VARCHAR, type String } from '../../../sql/types/string.ts'

const TEXT_BLOB = 'BLOB SUB_TYPE 1'
const BINARY_BLOB = 'BLOB SUB_TYPE 0'

/** Firebird's spellings. */
export const firebirdTypes: StandardTypeVisitors = {
  ...standardTypes,
  // The precision of FLOAT means decimal digits before Firebird 4, and is left out as in the reference.
  Float: () => 'FLOAT',
  FLOAT: () => 'FLOAT',
  Double: () => 'DOUBLE PRECISION',
  DOUBLE: () => 'DOUBLE PRECISION',
  String: varchar,
  Unicode: varchar,
  VARCHAR: varchar,
  NVARCHAR: (type, compiler) =>
    type.lengthWord === undefined ? stringType('NVARCHAR', type) : unsupportedType(type, compiler),
  Enum: ({ length }, compiler) => sizedType('VARCHAR', VARCHAR(length), compiler),
  CHAR: char,
  Text: () => TEXT_BLOB,
  UnicodeText: () => TEXT_BLOB,
  TEXT: () => TEXT_BLOB,
  LargeBinary: () => BINARY_BLOB,
  PickleType: () => BINARY_BLOB,
  BLOB: () => BINARY_BLOB,
  // BOOLEAN came with Firebird 3; as in the reference it must be asked for by its own name, sa.BOOLEAN().
  Boolean: () => 'SMALLINT',
  DateTime: (type, compiler) => zoned('TIMESTAMP', type.timezone, compiler),
  TIMESTAMP: (type, compiler) => zoned('TIMESTAMP', type.timezone, compiler),
  Time: (type, compiler) => zoned('TIME', type.timezone, compiler),
  TIME: (type, compiler) => zoned('TIME', type.timezone, compiler),
  Interval: () => 'TIMESTAMP',
  JSON: unsupportedType,
  UUID: unsupportedType,
}

/** How Firebird's own types are written. */
export const firebirdOwnTypes: DialectTypeVisitors = {
  DECFLOAT: (type: DECFLOAT) => `DECFLOAT(${type.precision})`,
  INT128: () => 'INT128',
}

/** Time zones came with Firebird 4; before, as in the reference, they are left out. */
function zoned(word: string, timezone: boolean, { traits }: TypeCompiler): string {
  return timezone && isServerAtLeast(traits, 4) ? `${word} WITH TIME ZONE` : word
}

/** SQL Server's `max` is unknown here. */
function varchar(type: String, compiler: TypeCompiler): string {
  if (type.lengthWord !== undefined) return unsupportedType(type, compiler)
  return withOptions(sizedType('VARCHAR', type, compiler), type)
}

function char(type: String): string {
  return withOptions(type.length === undefined ? 'CHAR' : `CHAR(${type.length})`, type)
}

/** The character set stands before the collation. */
function withOptions(sql: string, type: String): string {
  const { charset } = type as { readonly charset?: string }
  const set = charset === undefined ? '' : ` CHARACTER SET ${characterWord(charset)}`
  return sql + set + quotedCollation(type)
}
