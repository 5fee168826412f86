import { BOOLEAN } from '../../../sql/types/boolean.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  DOUBLE_PRECISION as StandardDouble,
  Integer,
  REAL as StandardReal,
  type NumericOptions,
} from '../../../sql/types/numeric.ts'
import {
  wordTypesOf,
  type WordType,
  type WordTypeClass,
  type WordTypeFactory,
} from '../../../sql/types/word-type.ts'

const wordType: WordTypeFactory = wordTypesOf('mssql')

class TinyintType extends Integer {
  override readonly typeName: string = 'TINYINT'
  override readonly dialectName: string | null = 'mssql'
}

class BitType extends BOOLEAN {
  override readonly typeName: string = 'BIT'
  override readonly dialectName: string | null = 'mssql'
}

class RealType extends StandardReal {
  override readonly dialectName: string | null = 'mssql'

  constructor(options: NumericOptions = {}) {
    super({ precision: 24, ...options })
  }
}

class DoubleType extends StandardDouble {
  override readonly dialectName: string | null = 'mssql'

  constructor(options: NumericOptions = {}) {
    super({ precision: 53, ...options })
  }
}

/** 0 to 255. */
export const TINYINT: Callable<typeof TinyintType> = callable(TinyintType)
export type TINYINT = TinyintType

/** True or false: 1 or 0. */
export const BIT: Callable<typeof BitType> = callable(BitType)
export type BIT = BitType

/** Another name of `FLOAT(24)`. */
export const REAL: Callable<typeof RealType> = callable(RealType)
export type REAL = RealType

/** Another name of `FLOAT(53)`. */
export const DOUBLE_PRECISION: Callable<typeof DoubleType> = callable(DoubleType)
export type DOUBLE_PRECISION = DoubleType

// Amounts with four decimal places.
export const MONEY: WordTypeClass<string> = wordType('MONEY')
export const SMALLMONEY: WordTypeClass<string> = wordType('SMALLMONEY')
export type MONEY = WordType<string>
export type SMALLMONEY = WordType<string>
