import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  Double,
  Float,
  FLOAT as StandardFloat,
  Numeric,
  type NumericOptions,
} from '../../../sql/types/numeric.ts'
import type { TypeAffinity, TypeArguments } from '../../../sql/types/type-engine.ts'

/** Options of `FLOAT`. */
export interface OracleFloatOptions {
  /** Precision in binary digits, 126 unless given; 63 is a REAL. */
  readonly binaryPrecision?: number
  readonly asdecimal?: boolean
}

class NumberType extends Numeric {
  override readonly typeName: string = 'NUMBER'
  override readonly dialectName: string | null = 'oracle'
  override readonly affinity: TypeAffinity

  constructor(
    precision?: number | NumericOptions | null,
    scale?: number | NumericOptions | null,
    options: NumericOptions = {},
  ) {
    super(precision, scale, options)
    this.affinity = (this.scale ?? 0) > 0 ? 'Numeric' : 'Integer'
  }
}

class FloatType extends StandardFloat {
  override readonly dialectName: string | null = 'oracle'
  readonly binaryPrecision: number | undefined

  constructor(
    binaryPrecision?: number | OracleFloatOptions | null,
    options: OracleFloatOptions = {},
  ) {
    const given =
      typeof binaryPrecision === 'object' && binaryPrecision !== null ? binaryPrecision : options
    super(given.asdecimal === undefined ? {} : { asdecimal: given.asdecimal })
    this.binaryPrecision =
      typeof binaryPrecision === 'number' ? binaryPrecision : given.binaryPrecision
  }

  override typeArguments(): TypeArguments {
    const { positional, options } = super.typeArguments()
    const { binaryPrecision } = this
    return {
      positional,
      options: binaryPrecision === undefined ? options : { binaryPrecision, ...options },
    }
  }
}

class BinaryDoubleType extends Double {
  override readonly typeName: string = 'BINARY_DOUBLE'
  override readonly dialectName: string | null = 'oracle'
}

class BinaryFloatType extends Float {
  override readonly typeName: string = 'BINARY_FLOAT'
  override readonly dialectName: string | null = 'oracle'
}

/** A decimal number: `NUMBER`, `NUMBER(10)`, `NUMBER(10, 2)`; without digits after the point it counts as an integer. */
export const NUMBER: Callable<typeof NumberType> = callable(NumberType)
export type NUMBER = NumberType

/** A decimal number with precision in binary digits: `FLOAT(126)`. */
export const FLOAT: Callable<typeof FloatType> = callable(FloatType)
export type FLOAT = FloatType

/** A binary floating-point number of eight bytes. */
export const BINARY_DOUBLE: Callable<typeof BinaryDoubleType> = callable(BinaryDoubleType)
export type BINARY_DOUBLE = BinaryDoubleType

/** A binary floating-point number of four bytes. */
export const BINARY_FLOAT: Callable<typeof BinaryFloatType> = callable(BinaryFloatType)
export type BINARY_FLOAT = BinaryFloatType
