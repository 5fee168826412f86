import { isServerAtLeast, type DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import {
  binaryType,
  characterWord,
  floatType,
  standardTypes,
} from '../../../sql/compile/standard-types.ts'
import {
  TypeCompiler,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { LargeBinary } from '../../../sql/types/binary.ts'
import type { String } from '../../../sql/types/string.ts'
import type { DateTime, Time } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { VARBINARY } from '../types/binary.ts'

/** `NVARCHAR(max)`, `TEXT` and `VARBINARY(max)` took over from NTEXT, TEXT and IMAGE; the reference uses them from 2012 on. */
function hasLargeTypes(traits: DialectTraits): boolean {
  return isServerAtLeast(traits, 11)
}

/** DATE and TIME came with server 2008; before, there is only DATETIME. */
function hasDateAndTime(traits: DialectTraits): boolean {
  return isServerAtLeast(traits, 10)
}

/** A string type with its length; a collation is a bare word here. */
function string(word: string, type: Pick<String, 'length' | 'collation'>, unlimited = ''): string {
  const given = type.length === undefined || type.length === 0 ? unlimited : `(${type.length})`
  const { collation } = type
  return `${word}${given}${collation === undefined ? '' : ` COLLATE ${characterWord(collation)}`}`
}

const varchar = (type: Pick<String, 'length' | 'collation'>): string =>
  string('VARCHAR', type, '(max)')
const nvarchar = (type: Pick<String, 'length' | 'collation'>): string =>
  string('NVARCHAR', type, '(max)')

function varbinary(type: LargeBinary): string {
  const isStream = (type as Partial<VARBINARY>).filestream === true
  const sized = type.length === undefined ? 'VARBINARY(max)' : binaryType('VARBINARY', type)
  return isStream ? `${sized} FILESTREAM` : sized
}

function large(type: LargeBinary, traits: DialectTraits): string {
  return hasLargeTypes(traits) ? varbinary(type) : 'IMAGE'
}

/** A type that keeps fractions of a second: `DATETIME2(3)`. */
function withPrecision(word: string): (type: TypeEngine) => string {
  return (type) => {
    const { precision } = type as { readonly precision?: unknown }
    return typeof precision === 'number' ? `${word}(${precision})` : word
  }
}

const time: (type: Time) => string = withPrecision('TIME')
const datetimeoffset: (type: DateTime) => string = withPrecision('DATETIMEOFFSET')

const standard: StandardTypeVisitors = {
  ...standardTypes,
  Double: () => 'DOUBLE PRECISION',
  FLOAT: (type) => floatType('FLOAT', type),
  String: varchar,
  Text: (type, { traits }) => (hasLargeTypes(traits) ? varchar(type) : string('TEXT', type)),
  Unicode: nvarchar,
  UnicodeText: (type, { traits }) =>
    hasLargeTypes(traits) ? nvarchar(type) : string('NTEXT', type),
  VARCHAR: varchar,
  NVARCHAR: nvarchar,
  CHAR: (type) => string('CHAR', type),
  NCHAR: (type) => string('NCHAR', type),
  TEXT: (type) => string('TEXT', type),
  Enum: (type) => varchar({ length: type.length, collation: undefined }),
  Boolean: () => 'BIT',
  Date: (_type, { traits }) => (hasDateAndTime(traits) ? 'DATE' : 'DATETIME'),
  Time: (type, { traits }) => (hasDateAndTime(traits) ? time(type) : 'DATETIME'),
  TIME: time,
  DateTime: (type) => (type.timezone ? datetimeoffset(type) : 'DATETIME'),
  LargeBinary: (type, { traits }) => large(type, traits),
  PickleType: (_type, { traits }) => (hasLargeTypes(traits) ? 'VARBINARY(max)' : 'IMAGE'),
  VARBINARY: varbinary,
  JSON: () => 'NVARCHAR(max)',
  Uuid: (type) => (type.nativeUuid ? 'UNIQUEIDENTIFIER' : 'CHAR(32)'),
}

const own: DialectTypeVisitors = {
  'VARBINARY(max)': varbinary,
  TINYINT: () => 'TINYINT',
  BIT: () => 'BIT',
  // PostgreSQL has one too.
  MONEY: () => 'MONEY',
  NTEXT: (type: String) => string('NTEXT', type),
  XML: () => 'XML',
  IMAGE: () => 'IMAGE',
  ROWVERSION: () => 'ROWVERSION',
  SMALLDATETIME: () => 'SMALLDATETIME',
  DATETIME2: withPrecision('DATETIME2'),
  DATETIMEOFFSET: datetimeoffset,
  UNIQUEIDENTIFIER: () => 'UNIQUEIDENTIFIER',
}

/** Makes the compiler that writes types as SQL Server spells them. */
export function createTypeCompiler(traits: DialectTraits): TypeCompiler {
  return new TypeCompiler(traits, standard, own)
}
