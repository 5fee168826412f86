import { LargeBinary } from '../../../sql/types/binary.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import { TEXT } from '../../../sql/types/string.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of `BIT`. */
export interface BitOptions {
  /** Number of bits; 1 unless given, unlimited where `varying`. */
  readonly length?: number
  /** `BIT VARYING`; `false` unless given. */
  readonly varying?: boolean
}

class ByteaType extends LargeBinary {
  override readonly typeName: string = 'BYTEA'
  override readonly dialectName: string | null = 'postgresql'
}

class CitextType extends TEXT {
  override readonly typeName: string = 'CITEXT'
  override readonly dialectName: string | null = 'postgresql'
}

class BitType extends TypeEngine<string> {
  override readonly typeName = 'BIT'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'postgresql'
  readonly length: number | undefined
  readonly varying: boolean

  constructor(length?: number | BitOptions | null, options: BitOptions = {}) {
    super()
    const named = typeof length === 'object' && length !== null ? length : options
    const given = typeof length === 'number' ? length : named.length
    this.varying = named.varying ?? false
    this.length = this.varying ? given : (given ?? 1)
  }

  override typeArguments(): TypeArguments {
    return {
      positional: [],
      options: {
        ...(this.length === undefined ? {} : { length: this.length }),
        ...(this.varying ? { varying: true } : {}),
      },
    }
  }
}

/** Bytes of any length. */
export const BYTEA: Callable<typeof ByteaType> = callable(ByteaType)
export type BYTEA = ByteaType

/** A string compared without regard to case; needs `CREATE EXTENSION citext`. */
export const CITEXT: Callable<typeof CitextType> = callable(CitextType)
export type CITEXT = CitextType

/** A string of bits, as text: `'101'`. */
export const BIT: Callable<typeof BitType> = callable(BitType)
export type BIT = BitType
