import { CompileError } from '../../../errors/compile-error.ts'
import { isServerAtLeast, type DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import {
  decimalType,
  sizeOf,
  standardTypes,
  type StringLength,
} from '../../../sql/compile/standard-types.ts'
import {
  TypeCompiler,
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { LargeBinary } from '../../../sql/types/binary.ts'
import type { Float, Numeric } from '../../../sql/types/numeric.ts'
import type { DateTime, Interval } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { INTERVAL, type TIMESTAMP } from '../types/temporal.ts'
import type { VECTOR } from '../types/vector.ts'

/** Lengths are said in characters: in bytes, the default of most databases, accents would not fit. */
function characters(word: string): (type: StringLength) => string {
  return (type) => word + sizeOf(type).replace(')', ' CHAR)')
}

function national(type: StringLength): string {
  return `NVARCHAR2${sizeOf(type)}`
}

const varchar2 = characters('VARCHAR2')
const varchar = characters('VARCHAR')

/** Precision counts binary digits here, and nothing tells which number the decimal ones of a generic type mean. */
function float(type: Float): string {
  const { binaryPrecision } = type as { readonly binaryPrecision?: number }
  if (binaryPrecision !== undefined) return `FLOAT(${binaryPrecision})`
  if (type.precision === undefined || type.precision === 0) return 'FLOAT'
  const estimated = Math.trunc(type.precision / 0.30103)
  throw new CompileError(
    `Oracle Database FLOAT types use 'binary precision', which does not convert cleanly from decimal 'precision'; give the type a variant: sa.${type.typeName}(${type.precision}).withVariant(sa.oracle.FLOAT(${estimated}), 'oracle')`,
  )
}

function numeric(word: string): (type: Float | Numeric) => string {
  return (type) => {
    const { precision } = type
    if (precision === undefined) return word
    const { scale } = type as { readonly scale?: number }
    return scale === undefined ? `${word}(${precision})` : `${word}(${precision}, ${scale})`
  }
}

function interval(type: Pick<INTERVAL, 'dayPrecision' | 'secondPrecision'>): string {
  const { dayPrecision: days, secondPrecision: seconds } = type
  const digits = (count: number | undefined): string => (count === undefined ? '' : `(${count})`)
  return `INTERVAL DAY${digits(days)} TO SECOND${digits(seconds)}`
}

/** SQL Server's TIMESTAMP is the number of a row's last change. */
function timestamp(type: DateTime, compiler: TypeCompiler): string {
  if (type.affinity !== 'DateTime') return unsupportedType(type, compiler)
  if ((type as Partial<TIMESTAMP>).localTimezone === true) return 'TIMESTAMP WITH LOCAL TIME ZONE'
  return type.timezone ? 'TIMESTAMP WITH TIME ZONE' : 'TIMESTAMP'
}

function raw({ length }: LargeBinary): string {
  return length === undefined ? 'RAW' : `RAW(${length})`
}

function vector({ dim, storageFormat, storageType }: VECTOR): string {
  return `VECTOR(${dim ?? '*'},${storageFormat ?? '*'},${storageType ?? '*'})`
}

/** The type came with server 21. */
function json(traits: DialectTraits): string {
  if (isServerAtLeast(traits, 21)) return 'JSON'
  throw new CompileError(
    "Dialect oracle has a JSON type from server 21 on only; give the type a variant: sa.JSON().withVariant(sa.oracle.CLOB(), 'oracle'), or say dialectOpts: { serverVersion: [21] } for a script",
  )
}

const standard: StandardTypeVisitors = {
  ...standardTypes,
  BigInteger: () => 'NUMBER(19)',
  Float: float,
  FLOAT: float,
  Double: numeric('DOUBLE PRECISION'),
  DOUBLE_PRECISION: numeric('DOUBLE PRECISION'),
  String: varchar2,
  Unicode: varchar2,
  Text: () => 'CLOB',
  UnicodeText: () => 'CLOB',
  VARCHAR: varchar,
  NVARCHAR: national,
  Enum: ({ length }) => (length === 0 ? 'VARCHAR' : `VARCHAR(${length} CHAR)`),
  Boolean: () => 'SMALLINT',
  // DATE has the time of day, to the second.
  DateTime: () => 'DATE',
  TIMESTAMP: timestamp,
  Interval: (type: Interval) => (type.native ? interval(type) : 'DATE'),
  LargeBinary: () => 'BLOB',
  PickleType: () => 'BLOB',
  JSON: (_type, { traits }) => json(traits),
}

const own: DialectTypeVisitors = {
  VARCHAR2: varchar2,
  NUMBER: (type: Numeric) => decimalType('NUMBER', type),
  BINARY_DOUBLE: numeric('BINARY_DOUBLE'),
  BINARY_FLOAT: numeric('BINARY_FLOAT'),
  INTERVAL: (type: TypeEngine, compiler) =>
    type instanceof INTERVAL ? interval(type) : unsupportedType(type, compiler),
  RAW: raw,
  LONG: () => 'LONG',
  BFILE: (type: TypeEngine, compiler) =>
    compiler.traits.exactlyAsAlembic === true ? unsupportedType(type, compiler) : 'BFILE',
  VECTOR: vector,
}

/** Makes the compiler that writes types as Oracle spells them. */
export function createTypeCompiler(traits: DialectTraits): TypeCompiler {
  return new TypeCompiler(traits, standard, own)
}
