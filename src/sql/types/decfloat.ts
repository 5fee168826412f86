import { brand } from '../../util/brand.ts'
import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** A decimal floating-point number. */
export abstract class DecfloatType extends TypeEngine<string> {
  static {
    brand(this, 'Decfloat')
  }

  override readonly typeName = 'DECFLOAT'
  override readonly affinity: TypeAffinity = 'Numeric'
  abstract override readonly dialectName: string
  /** Decimal digits; 34 unless given. */
  readonly precision: 16 | 34

  constructor(precision: 16 | 34 = 34) {
    super()
    this.precision = precision
  }

  override typeArguments(): TypeArguments {
    return { positional: [this.precision], options: {} }
  }
}

/** The class of a dialect's DECFLOAT, callable without `new`. */
export type DecfloatTypeClass = Callable<new (precision?: 16 | 34) => DecfloatType>

/** Makes the DECFLOAT of a dialect that has it. */
export function decfloatTypeOf(dialectName: string): DecfloatTypeClass {
  return callable(
    class extends DecfloatType {
      override readonly dialectName = dialectName
    },
  )
}
