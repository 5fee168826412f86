import { CompileError } from '../../errors/compile-error.ts'
import type { LargeBinary } from '../types/binary.ts'
import type { Float, Numeric } from '../types/numeric.ts'
import type { String } from '../types/string.ts'
import { assertStorable } from './storable-text.ts'
import type { StandardTypeVisitors, TypeCompiler } from './type-compiler.ts'

/** A string type with its length and collation: `VARCHAR(50) COLLATE "C"`. */
export function stringType(word: string, type: String): string {
  return word + sizeOf(type) + quotedCollation(type)
}

/** ` COLLATE "C"`, where the type says one. */
export function quotedCollation({ collation }: Pick<String, 'collation'>): string {
  if (collation === undefined) return ''
  assertStorable(collation, 'Identifier')
  return ` COLLATE "${collation.replaceAll('"', '""')}"`
}

/**
 * The name of a collation or a character set where the server takes it without quotes.
 *
 * @throws CompileError for what is no such name: it goes into SQL as it is
 */
export function characterWord(name: string): string {
  if (/^[\w./-]+$/.test(name)) return name
  throw new CompileError(
    `${JSON.stringify(name)} is not the name of a collation or a character set`,
  )
}

/** The length of a string type, as it says it itself or as a type of its kind in another dialect does. */
export interface StringLength {
  readonly length?: number | undefined
  readonly lengthWord?: string | undefined
}

/** The length of a string type in parentheses; nothing where it is not said, or 0. */
export function sizeOf({ length = 0, lengthWord = `${length}` }: StringLength): string {
  return lengthWord === '0' ? '' : `(${lengthWord})`
}

/** A string type where the server must be told the length: `VARCHAR(50)`. */
export function sizedType(word: string, type: String, { traits }: TypeCompiler): string {
  const size = sizeOf(type)
  if (size !== '') return word + size
  throw new CompileError(
    `${word} requires a length on dialect ${traits.name}; give one, or use sa.Text()`,
  )
}

/** A decimal type with its digits: `NUMERIC(10, 2)`. */
export function decimalType(word: string, type: Numeric): string {
  if (type.precision === undefined) return word
  return type.scale === undefined
    ? `${word}(${type.precision})`
    : `${word}(${type.precision}, ${type.scale})`
}

/** A float type with its precision in binary digits: `FLOAT(24)`. */
export function floatType(word: string, type: Float): string {
  return type.precision === undefined ? word : `${word}(${type.precision})`
}

/** A binary type with its length in bytes: `VARBINARY(16)`. */
export function binaryType(word: string, type: LargeBinary): string {
  return type.length === undefined ? word : `${word}(${type.length})`
}

/** The spellings of the SQL standard, from which every dialect's table starts. */
export const standardTypes: StandardTypeVisitors = {
  Integer: () => 'INTEGER',
  SmallInteger: () => 'SMALLINT',
  BigInteger: () => 'BIGINT',
  Numeric: (type) => decimalType('NUMERIC', type),
  Float: (type) => floatType('FLOAT', type),
  Double: () => 'DOUBLE',
  String: (type) => stringType('VARCHAR', type),
  Text: (type) => stringType('TEXT', type),
  Unicode: (type) => stringType('VARCHAR', type),
  UnicodeText: (type) => stringType('TEXT', type),
  Boolean: () => 'BOOLEAN',
  Date: () => 'DATE',
  DateTime: () => 'DATETIME',
  Time: () => 'TIME',
  Interval: () => 'DATETIME',
  LargeBinary: (type) => binaryType('BLOB', type),
  PickleType: () => 'BLOB',
  JSON: () => 'JSON',
  Uuid: () => 'CHAR(32)',
  Enum: (type) => `VARCHAR(${type.length})`,
  ARRAY: (_type, compiler) => {
    throw new CompileError(
      `Compiler for dialect ${compiler.traits.name} can't render element of type ARRAY: the database has no arrays. Give the type a variant with withVariant(…, '${compiler.traits.name}')`,
    )
  },
  NullType: (_type, compiler) => {
    throw new CompileError(
      `Can't generate DDL for NullType() in dialect ${compiler.traits.name}; did you forget to specify a type on this Column?`,
    )
  },
  INTEGER: () => 'INTEGER',
  SMALLINT: () => 'SMALLINT',
  BIGINT: () => 'BIGINT',
  NUMERIC: (type) => decimalType('NUMERIC', type),
  DECIMAL: (type) => decimalType('DECIMAL', type),
  FLOAT: (type) => floatType('FLOAT', type),
  REAL: () => 'REAL',
  DOUBLE: () => 'DOUBLE',
  DOUBLE_PRECISION: () => 'DOUBLE PRECISION',
  VARCHAR: (type) => stringType('VARCHAR', type),
  CHAR: (type) => stringType('CHAR', type),
  TEXT: (type) => stringType('TEXT', type),
  CLOB: () => 'CLOB',
  NCLOB: () => 'NCLOB',
  NVARCHAR: (type) => stringType('NVARCHAR', type),
  NCHAR: (type) => stringType('NCHAR', type),
  BLOB: () => 'BLOB',
  BINARY: (type) => binaryType('BINARY', type),
  VARBINARY: (type) => binaryType('VARBINARY', type),
  BOOLEAN: () => 'BOOLEAN',
  DATE: () => 'DATE',
  DATETIME: () => 'DATETIME',
  TIMESTAMP: () => 'TIMESTAMP',
  TIME: () => 'TIME',
  UUID: () => 'UUID',
}
