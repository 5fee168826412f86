import { CompileError } from '../../../errors/compile-error.ts'
import type { IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { standardTypes } from '../../../sql/compile/standard-types.ts'
import {
  TypeCompiler,
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import type { ArrayType } from '../../../sql/types/array.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { Float } from '../../../sql/types/numeric.ts'
import type { Interval } from '../../../sql/types/temporal.ts'
import type { DomainType } from '../types/domain.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { BIT } from '../types/strings.ts'
import { INTERVAL } from '../types/temporal.ts'

const standard: StandardTypeVisitors = {
  ...standardTypes,
  Float: floatType,
  FLOAT: floatType,
  Double: () => 'DOUBLE PRECISION',
  DateTime: (type) => withTimeZone('TIMESTAMP', type),
  Time: (type) => withTimeZone('TIME', type),
  // SQL Server's TIMESTAMP is the number of a row's last change.
  TIMESTAMP: (type, compiler) =>
    type.affinity === 'DateTime'
      ? withTimeZone('TIMESTAMP', type)
      : unsupportedType(type, compiler),
  TIME: (type) => withTimeZone('TIME', type),
  Interval: (type) => genericInterval(type),
  LargeBinary: () => 'BYTEA',
  PickleType: () => 'BYTEA',
  Uuid: (type) => (type.nativeUuid ? 'UUID' : 'CHAR(32)'),
  Enum: (type, compiler) => enumType(type, compiler),
  ARRAY: (type, compiler) => arrayType(type, compiler),
}

const own: DialectTypeVisitors = {
  JSONB: () => 'JSONB',
  HSTORE: () => 'HSTORE',
  BYTEA: () => 'BYTEA',
  CITEXT: () => 'CITEXT',
  // SQL Server has one too.
  MONEY: () => 'MONEY',
  // Oracle's and Informix's are of other parts, SQL Server's and MySQL's BIT of other values.
  INTERVAL: (type: TypeEngine, compiler) =>
    type instanceof INTERVAL
      ? intervalType(type.fields, type.precision)
      : unsupportedType(type, compiler),
  BIT: (type: TypeEngine, compiler) =>
    type instanceof BIT ? bitType(type) : unsupportedType(type, compiler),
  DOMAIN: (type: DomainType, compiler) => (compiler as PostgresqlTypeCompiler).formatType(type),
}

/** Writes types as PostgreSQL spells them. */
export class PostgresqlTypeCompiler extends TypeCompiler {
  readonly #preparer: IdentifierPreparer

  constructor(traits: DialectTraits, preparer: IdentifierPreparer) {
    super(traits, standard, own)
    this.#preparer = preparer
  }

  /** The name of an enumeration or a domain, with its schema. */
  formatType(type: EnumType | DomainType): string {
    if (type.name === null || type.name === '') {
      throw new CompileError(
        `PostgreSQL ${type.typeName} type requires a name; give it one, or { nativeEnum: false } for a VARCHAR`,
      )
    }
    const name = this.#preparer.quote(type.name)
    return type.schema === null ? name : `${this.#preparer.quoteSchema(type.schema)}.${name}`
  }
}

/** With its precision in binary digits; 0 is none. */
function floatType({ precision = 0 }: Float): string {
  return precision === 0 ? 'FLOAT' : `FLOAT(${precision})`
}

function withTimeZone(
  word: string,
  type: { readonly timezone: boolean; readonly precision?: unknown },
): string {
  const precision = typeof type.precision === 'number' ? `(${type.precision})` : ''
  return `${word}${precision} ${type.timezone ? 'WITH' : 'WITHOUT'} TIME ZONE`
}

/** The generic `Interval`; without the native type it is stored as a point in time, counted from 1970. */
function genericInterval(type: Interval): string {
  return type.native ? intervalType(undefined, type.secondPrecision) : 'TIMESTAMP WITHOUT TIME ZONE'
}

function intervalType(fields: string | undefined, precision: number | undefined): string {
  const kept = fields === undefined ? '' : ` ${fields}`
  return `INTERVAL${kept}${precision === undefined ? '' : ` (${precision})`}`
}

function bitType(type: BIT): string {
  const length = type.length === undefined ? '' : `(${type.length})`
  return type.varying ? `BIT VARYING${length}` : `BIT(${type.length ?? 1})`
}

function enumType(type: EnumType, compiler: TypeCompiler): string {
  return type.nativeEnum
    ? (compiler as PostgresqlTypeCompiler).formatType(type)
    : standardTypes.Enum(type, compiler)
}

/** The brackets stand between the type and its collation: `VARCHAR(5)[] COLLATE "C"`. */
function arrayType(type: ArrayType, compiler: TypeCompiler): string {
  const itemType = compiler.resolve(type.itemType)
  if (itemType instanceof EnumType && !itemType.nativeEnum && itemType.createConstraint) {
    throw new CompileError(
      'PostgreSQL dialect cannot produce the CHECK constraint for ARRAY of non-native ENUM; please specify createConstraint: false on this Enum datatype.',
    )
  }
  const brackets = '[]'.repeat(type.dimensions ?? 1)
  return compiler.compile(itemType).replace(/((?: COLLATE .*)?)$/, `${brackets}$1`)
}
