import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of the binary types. */
export interface BinaryOptions {
  /** Length in bytes. */
  readonly length?: number
}

class LargeBinaryType extends TypeEngine<Uint8Array> {
  override readonly typeName: string = 'LargeBinary'
  override readonly affinity: TypeAffinity = 'Binary'
  readonly length: number | undefined

  constructor(length?: number | BinaryOptions | null) {
    super()
    this.length = typeof length === 'number' ? length : length?.length
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.length === undefined ? {} : { length: this.length } }
  }
}

class PickleTypeType extends TypeEngine<unknown> {
  override readonly typeName: string = 'PickleType'
  override readonly affinity: TypeAffinity = 'Binary'
}

/** Bytes of any length. */
export const LargeBinary: Callable<typeof LargeBinaryType> = callable(LargeBinaryType)
export type LargeBinary = LargeBinaryType

/** The reference's pickled objects: bytes to us. */
export const PickleType: Callable<typeof PickleTypeType> = callable(PickleTypeType)
export type PickleType = PickleTypeType

class BLOBType extends LargeBinaryType {
  override readonly typeName: string = 'BLOB'
}

/** SQL `BLOB`, spelled so on every database that has the word. */
export const BLOB: Callable<typeof BLOBType> = callable(BLOBType)
export type BLOB = BLOBType

class BINARYType extends LargeBinaryType {
  override readonly typeName: string = 'BINARY'
}

/** SQL `BINARY`, spelled so on every database that has the word. */
export const BINARY: Callable<typeof BINARYType> = callable(BINARYType)
export type BINARY = BINARYType

class VARBINARYType extends LargeBinaryType {
  override readonly typeName: string = 'VARBINARY'
}

/** SQL `VARBINARY`, spelled so on every database that has the word. */
export const VARBINARY: Callable<typeof VARBINARYType> = callable(VARBINARYType)
export type VARBINARY = VARBINARYType
