import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of the exact and approximate number types. */
export interface NumericOptions {
  /** Decimal digits in all. */
  readonly precision?: number
  /** Decimal digits after the point. */
  readonly scale?: number
  /** Whether drivers should return exact decimals; no effect on DDL. */
  readonly asdecimal?: boolean
}

class IntegerType extends TypeEngine<number> {
  override readonly typeName: string = 'Integer'
  override readonly affinity: TypeAffinity = 'Integer'
}

class SmallIntegerType extends IntegerType {
  override readonly typeName: string = 'SmallInteger'
}

class BigIntegerType extends TypeEngine<string | number | bigint> {
  override readonly typeName: string = 'BigInteger'
  override readonly affinity: TypeAffinity = 'Integer'
}

class NumericType extends TypeEngine<string | number> {
  override readonly typeName: string = 'Numeric'
  override readonly affinity: TypeAffinity = 'Numeric'
  readonly precision: number | undefined
  readonly scale: number | undefined
  readonly asdecimal: boolean

  constructor(
    precision?: number | NumericOptions | null,
    scale?: number | NumericOptions | null,
    options: NumericOptions = {},
  ) {
    super()
    const given = [precision, scale, options].find(
      (value) => typeof value === 'object' && value !== null,
    )
    const named: NumericOptions = typeof given === 'object' ? given : {}
    this.precision = typeof precision === 'number' ? precision : named.precision
    this.scale = typeof scale === 'number' ? scale : named.scale
    this.asdecimal = named.asdecimal ?? true
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.precision !== undefined) options['precision'] = this.precision
    if (this.scale !== undefined) options['scale'] = this.scale
    if (!this.asdecimal) options['asdecimal'] = false
    return { positional: [], options }
  }
}

class FloatType extends TypeEngine<number> {
  override readonly typeName: string = 'Float'
  override readonly affinity: TypeAffinity = 'Numeric'
  readonly precision: number | undefined
  readonly asdecimal: boolean

  constructor(precision?: number | NumericOptions | null, options: NumericOptions = {}) {
    super()
    const named = typeof precision === 'object' && precision !== null ? precision : options
    this.precision = typeof precision === 'number' ? precision : named.precision
    this.asdecimal = named.asdecimal ?? false
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.precision !== undefined) options['precision'] = this.precision
    if (this.asdecimal) options['asdecimal'] = true
    return { positional: [], options }
  }
}

/** A 32-bit integer. */
export const Integer: Callable<typeof IntegerType> = callable(IntegerType)
export type Integer = IntegerType

/** A 16-bit integer. */
export const SmallInteger: Callable<typeof SmallIntegerType> = callable(SmallIntegerType)
export type SmallInteger = SmallIntegerType

/** A 64-bit integer. */
export const BigInteger: Callable<typeof BigIntegerType> = callable(BigIntegerType)
export type BigInteger = BigIntegerType

/** An exact decimal: `Numeric(10, 2)`. */
export const Numeric: Callable<typeof NumericType> = callable(NumericType)
export type Numeric = NumericType

/** An approximate number; `precision` in binary digits. */
export const Float: Callable<typeof FloatType> = callable(FloatType)
export type Float = FloatType

class DoubleType extends FloatType {
  override readonly typeName: string = 'Double'
}

/** A double-precision number. */
export const Double: Callable<typeof DoubleType> = callable(DoubleType)
export type Double = DoubleType

class INTEGERType extends IntegerType {
  override readonly typeName: string = 'INTEGER'
}

/** SQL `INTEGER`, spelled so on every database that has the word. */
export const INTEGER: Callable<typeof INTEGERType> = callable(INTEGERType)
export type INTEGER = INTEGERType

class INTType extends IntegerType {
  override readonly typeName: string = 'INT'

  override get visitName(): string {
    return 'INTEGER'
  }
}

/** SQL `INT`, spelled so on every database that has the word. */
export const INT: Callable<typeof INTType> = callable(INTType)
export type INT = INTType

class SMALLINTType extends SmallIntegerType {
  override readonly typeName: string = 'SMALLINT'
}

/** SQL `SMALLINT`, spelled so on every database that has the word. */
export const SMALLINT: Callable<typeof SMALLINTType> = callable(SMALLINTType)
export type SMALLINT = SMALLINTType

class BIGINTType extends BigIntegerType {
  override readonly typeName: string = 'BIGINT'
}

/** SQL `BIGINT`, spelled so on every database that has the word. */
export const BIGINT: Callable<typeof BIGINTType> = callable(BIGINTType)
export type BIGINT = BIGINTType

class NUMERICType extends NumericType {
  override readonly typeName: string = 'NUMERIC'
}

/** SQL `NUMERIC`, spelled so on every database that has the word. */
export const NUMERIC: Callable<typeof NUMERICType> = callable(NUMERICType)
export type NUMERIC = NUMERICType

class DECIMALType extends NumericType {
  override readonly typeName: string = 'DECIMAL'
}

/** SQL `DECIMAL`, spelled so on every database that has the word. */
export const DECIMAL: Callable<typeof DECIMALType> = callable(DECIMALType)
export type DECIMAL = DECIMALType

class FLOATType extends FloatType {
  override readonly typeName: string = 'FLOAT'
}

/** SQL `FLOAT`, spelled so on every database that has the word. */
export const FLOAT: Callable<typeof FLOATType> = callable(FLOATType)
export type FLOAT = FLOATType

class REALType extends FloatType {
  override readonly typeName: string = 'REAL'
}

/** SQL `REAL`, spelled so on every database that has the word. */
export const REAL: Callable<typeof REALType> = callable(REALType)
export type REAL = REALType

class DOUBLEType extends FloatType {
  override readonly typeName: string = 'DOUBLE'
}

/** SQL `DOUBLE`, spelled so on every database that has the word. */
export const DOUBLE: Callable<typeof DOUBLEType> = callable(DOUBLEType)
export type DOUBLE = DOUBLEType

class DOUBLE_PRECISIONType extends FloatType {
  override readonly typeName: string = 'DOUBLE_PRECISION'
}

/** SQL `DOUBLE PRECISION`, spelled so on every database that has the word. */
export const DOUBLE_PRECISION: Callable<typeof DOUBLE_PRECISIONType> =
  callable(DOUBLE_PRECISIONType)
export type DOUBLE_PRECISION = DOUBLE_PRECISIONType
