import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { CompileError } from '../../../errors/compile-error.ts'
import {
  binaryType,
  characterWord,
  standardTypes,
  type StringLength,
} from '../../../sql/compile/standard-types.ts'
import {
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
  type TypeCompiler,
} from '../../../sql/compile/type-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { MysqlDecimalType } from '../types/decimal.ts'
import type { MysqlEnumType, MysqlSetType } from '../types/enumerated.ts'
import { MysqlIntegerType } from '../types/integer.ts'
import { MysqlStringType } from '../types/string.ts'
import { MysqlTimeOfDayType, type YEAR } from '../types/temporal.ts'
import type { BIT } from '../types/binary.ts'
import type { MysqlTraits } from './traits.ts'
import type { POINT, VECTOR } from '../types/server-types.ts'

/** `UNSIGNED ZEROFILL` behind a number type of this family; other dialects' types have no such thing. */
function withModifiers(word: string, type: TypeEngine): string {
  if (!(type instanceof MysqlIntegerType || type instanceof MysqlDecimalType)) return word
  return `${word}${type.unsigned ? ' UNSIGNED' : ''}${type.zerofill ? ' ZEROFILL' : ''}`
}

function integer(word: string): (type: TypeEngine) => string {
  return (type) => {
    const width = type instanceof MysqlIntegerType ? type.displayWidth : undefined
    return withModifiers(width === undefined ? word : `${word}(${width})`, type)
  }
}

interface Digits {
  readonly precision?: number | undefined
  readonly scale?: number | undefined
}

function decimal(word: string): (type: TypeEngine & Digits) => string {
  return (type) => {
    const { precision, scale } = type
    const digits = [precision, scale].filter((count) => count !== undefined).join(', ')
    return withModifiers(precision === undefined ? word : `${word}(${digits})`, type)
  }
}

/** DOUBLE and REAL take both digits or none. */
function double(word: string): (type: TypeEngine & Digits) => string {
  return (type) => {
    const { precision, scale } = type
    const both = precision !== undefined && scale !== undefined
    return withModifiers(both ? `${word}(${precision}, ${scale})` : word, type)
  }
}

interface Characters extends StringLength {
  readonly collation?: string | undefined
}

/** Character set and collation behind a string type; NATIONAL before it takes the place of the set. */
function withCharacters(
  spec: string,
  type: TypeEngine & Characters,
  alwaysNational: boolean = false,
): string {
  const own = type instanceof MysqlStringType ? type : null
  const collation =
    type.collation === undefined
      ? own?.binary === true
        ? 'BINARY'
        : ''
      : `COLLATE ${characterWord(type.collation)}`
  const charset =
    own?.charset !== undefined
      ? `CHARACTER SET ${characterWord(own.charset)}`
      : own?.ascii === true
        ? 'ASCII'
        : own?.unicode === true
          ? 'UNICODE'
          : ''
  const parts =
    alwaysNational || own?.national === true
      ? ['NATIONAL', spec, collation]
      : [spec, charset, collation]
  return parts.filter((part) => part !== '').join(' ')
}

function sized(word: string, national: boolean = false) {
  return (type: TypeEngine & Characters): string =>
    withCharacters(type.length === undefined ? word : `${word}(${type.length})`, type, national)
}

/** The servers have no VARCHAR without a length. */
function varying(word: string, national: boolean = false) {
  return (type: TypeEngine & Characters, compiler: TypeCompiler): string => {
    // SQL Server's `max` is let through where the reference lets it: behind NVARCHAR.
    const length = national ? (type.lengthWord ?? type.length) : type.length
    if (length !== undefined) return withCharacters(`VARCHAR(${length})`, type, national)
    throw new CompileError(
      `${word} requires a length on dialect ${compiler.traits.name}; write ${type.typeName}(255), or Text()`,
    )
  }
}

/** A type with digits of fractional seconds. */
function timeOfDay(word: string): (type: TypeEngine) => string {
  return (type) => {
    const fsp = type instanceof MysqlTimeOfDayType ? (type.fsp ?? 0) : 0
    return fsp === 0 ? word : `${word}(${fsp})`
  }
}

/** `ENUM('a','b')`; the members are literals. */
function valueList(
  word: string,
  type: TypeEngine & Characters & { readonly values: readonly string[] },
  compiler: TypeCompiler,
): string {
  const literals = new LiteralCompiler(compiler.traits)
  const values = type.values.map((value) => literals.renderString(value, null))
  return withCharacters(`${word}(${values.join(',')})`, type)
}

/** The standard types as MySQL and MariaDB spell them. */
export const mysqlTypes: StandardTypeVisitors = {
  ...standardTypes,
  Numeric: decimal('NUMERIC'),
  NUMERIC: decimal('NUMERIC'),
  DECIMAL: decimal('DECIMAL'),
  Float: decimal('FLOAT'),
  FLOAT: decimal('FLOAT'),
  Double: double('DOUBLE'),
  DOUBLE: double('DOUBLE'),
  REAL: double('REAL'),
  SMALLINT: integer('SMALLINT'),
  INTEGER: integer('INTEGER'),
  BIGINT: integer('BIGINT'),
  String: varying('VARCHAR'),
  Unicode: varying('VARCHAR'),
  VARCHAR: varying('VARCHAR'),
  NVARCHAR: varying('NVARCHAR', true),
  CHAR: sized('CHAR'),
  NCHAR: sized('CHAR', true),
  Text: sized('TEXT'),
  UnicodeText: sized('TEXT'),
  TEXT: sized('TEXT'),
  Boolean: () => 'BOOL',
  BOOLEAN: () => 'BOOL',
  DATETIME: timeOfDay('DATETIME'),
  TIMESTAMP: timeOfDay('TIMESTAMP'),
  TIME: timeOfDay('TIME'),
  LargeBinary: (type) => binaryType('BLOB', type),
  BLOB: (type) => binaryType('BLOB', type),
  VARBINARY: (type, compiler) => {
    if (type.length !== undefined) return `VARBINARY(${type.length})`
    throw new CompileError(
      `VARBINARY requires a length on dialect ${compiler.traits.name}; write VARBINARY(255), or LargeBinary()`,
    )
  },
  Uuid: (type, compiler) =>
    type.nativeUuid && compiler.traits.supportsNativeUuid ? 'UUID' : 'CHAR(32)',
  Enum: (type, compiler) =>
    type.nativeEnum ? valueList('ENUM', type, compiler) : `VARCHAR(${type.length})`,
}

function ofMariadb(type: TypeEngine, compiler: TypeCompiler): string {
  const { isMariadb } = compiler.traits as MysqlTraits
  return isMariadb ? type.typeName : unsupportedType(type, compiler)
}

const spatial = (word: string) => (type: POINT) =>
  type.srid === undefined ? word : `${word} SRID ${type.srid}`

/** The types that only these servers have. */
export const mysqlOwnTypes: DialectTypeVisitors = {
  TINYINT: integer('TINYINT'),
  MEDIUMINT: integer('MEDIUMINT'),
  BIT: (type: TypeEngine, compiler: TypeCompiler) => {
    // SQL Server's is a boolean.
    if (type.affinity === 'Boolean') return unsupportedType(type, compiler)
    const { length } = type as BIT
    return length === undefined ? 'BIT' : `BIT(${length})`
  },
  YEAR: (type: YEAR) => (type.displayWidth === undefined ? 'YEAR' : `YEAR(${type.displayWidth})`),
  TINYTEXT: sized('TINYTEXT'),
  MEDIUMTEXT: sized('MEDIUMTEXT'),
  LONGTEXT: sized('LONGTEXT'),
  TINYBLOB: () => 'TINYBLOB',
  MEDIUMBLOB: () => 'MEDIUMBLOB',
  LONGBLOB: () => 'LONGBLOB',
  ENUM: (type: MysqlEnumType, compiler: TypeCompiler) => valueList('ENUM', type, compiler),
  SET: (type: MysqlSetType, compiler: TypeCompiler) => valueList('SET', type, compiler),
  INET4: ofMariadb,
  INET6: ofMariadb,
  GEOMETRY: spatial('GEOMETRY'),
  POINT: spatial('POINT'),
  LINESTRING: spatial('LINESTRING'),
  POLYGON: spatial('POLYGON'),
  MULTIPOINT: spatial('MULTIPOINT'),
  MULTILINESTRING: spatial('MULTILINESTRING'),
  MULTIPOLYGON: spatial('MULTIPOLYGON'),
  GEOMETRYCOLLECTION: spatial('GEOMETRYCOLLECTION'),
  VECTOR: (type: VECTOR, compiler: TypeCompiler) => {
    if (type.dimensions !== undefined) return `VECTOR(${type.dimensions})`
    throw new CompileError(
      `VECTOR requires its number of dimensions on dialect ${compiler.traits.name}`,
    )
  },
}
