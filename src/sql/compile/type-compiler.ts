import { CompileError } from '../../errors/compile-error.ts'
import type { ArrayType } from '../types/array.ts'
import type { LargeBinary, PickleType } from '../types/binary.ts'
import type { Boolean } from '../types/boolean.ts'
import { TypeDecorator, UserDefinedType } from '../types/custom.ts'
import type { EnumType } from '../types/enum.ts'
import type { JSON } from '../types/json.ts'
import { NativeType } from '../types/native-type.ts'
import type { NullType } from '../types/null-type.ts'
import type { BigInteger, Float, Integer, Numeric } from '../types/numeric.ts'
import type { String } from '../types/string.ts'
import type { Date, DateTime, Interval, Time } from '../types/temporal.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import type { Uuid } from '../types/uuid.ts'
import { WordType } from '../types/word-type.ts'
import type { DialectTraits } from './dialect-traits.ts'

/** The generic and SQL-standard types, by visit name: what every dialect must be able to spell or refuse. */
export interface StandardTypes {
  Integer: Integer
  SmallInteger: Integer
  BigInteger: BigInteger
  Numeric: Numeric
  Float: Float
  Double: Float
  String: String
  Text: String
  Unicode: String
  UnicodeText: String
  Boolean: Boolean
  Date: Date
  DateTime: DateTime
  Time: Time
  Interval: Interval
  LargeBinary: LargeBinary
  PickleType: PickleType
  JSON: JSON
  Uuid: Uuid
  Enum: EnumType
  ARRAY: ArrayType
  NullType: NullType
  INTEGER: Integer
  SMALLINT: Integer
  BIGINT: BigInteger
  NUMERIC: Numeric
  DECIMAL: Numeric
  FLOAT: Float
  REAL: Float
  DOUBLE: Float
  DOUBLE_PRECISION: Float
  VARCHAR: String
  CHAR: String
  TEXT: String
  CLOB: String
  NCLOB: String
  NVARCHAR: String
  NCHAR: String
  BLOB: LargeBinary
  BINARY: LargeBinary
  VARBINARY: LargeBinary
  BOOLEAN: Boolean
  DATE: Date
  DATETIME: DateTime
  TIMESTAMP: DateTime
  TIME: Time
  UUID: Uuid
}

/** How a dialect writes the standard types: none may be left out. */
export type StandardTypeVisitors = {
  readonly [K in keyof StandardTypes]: (type: StandardTypes[K], compiler: TypeCompiler) => string
}

/** How a dialect writes types of its own. */
export type DialectTypeVisitors = Readonly<
  Record<string, (type: never, compiler: TypeCompiler) => string>
>

/** For a type that the dialect doesn't have. */
export function unsupportedType({ typeName }: TypeEngine, { traits }: TypeCompiler): never {
  throw new CompileError(
    `Compiler for dialect ${traits.name} can't render element of type ${typeName}: the database has no such type. Give it one with withVariant(…, '${traits.name}')`,
  )
}

/** Writes types as a dialect spells them. */
export class TypeCompiler {
  readonly traits: DialectTraits
  readonly #visitors: ReadonlyMap<string, (type: TypeEngine, compiler: TypeCompiler) => string>

  constructor(
    traits: DialectTraits,
    standard: StandardTypeVisitors,
    own: DialectTypeVisitors = {},
  ) {
    this.traits = traits
    const entries = Object.entries({ ...standard, ...own })
    this.#visitors = new Map(
      entries as unknown as [string, (type: TypeEngine, compiler: TypeCompiler) => string][],
    )
  }

  /**
   * The type's SQL.
   *
   * @throws CompileError where the dialect has no such type
   */
  compile(declared: TypeEngine): string {
    const type = this.resolve(declared)
    if (type.dialectName === this.traits.name) {
      if (type instanceof WordType) return type.typeName
      if (type instanceof NativeType) return type.sql
    }
    if (type instanceof UserDefinedType) return type.columnSpecification(this.traits.name)
    const visit = this.#visitors.get(type.visitName)
    if (visit !== undefined) return visit(type, this)
    return unsupportedType(type, this)
  }

  /** The type that this dialect uses: variants and decorators resolved. */
  resolve(declared: TypeEngine): TypeEngine {
    const type = declared.forDialect(this.traits.name)
    return type instanceof TypeDecorator
      ? this.resolve(type.loadDialectImpl(this.traits.name))
      : type
  }
}
