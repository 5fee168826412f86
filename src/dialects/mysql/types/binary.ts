import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

class BITType extends TypeEngine<Uint8Array> {
  override readonly typeName: string = 'BIT'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
  readonly length: number | undefined

  constructor(length?: number | { readonly length?: number } | null) {
    super()
    this.length = typeof length === 'number' ? length : length?.length
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.length === undefined ? {} : { length: this.length } }
  }
}

/** 1 to 64 bits; 1 unless given. */
export const BIT: Callable<typeof BITType> = callable(BITType)
export type BIT = BITType

abstract class MysqlBlobType extends TypeEngine<Uint8Array> {
  override readonly affinity: TypeAffinity = 'Binary'
  override readonly dialectName: string | null = 'mysql'
}

class TINYBLOBType extends MysqlBlobType {
  override readonly typeName: string = 'TINYBLOB'
}

/** Up to 255 bytes. */
export const TINYBLOB: Callable<typeof TINYBLOBType> = callable(TINYBLOBType)
export type TINYBLOB = TINYBLOBType

class MEDIUMBLOBType extends MysqlBlobType {
  override readonly typeName: string = 'MEDIUMBLOB'
}

/** Up to 16 MiB. */
export const MEDIUMBLOB: Callable<typeof MEDIUMBLOBType> = callable(MEDIUMBLOBType)
export type MEDIUMBLOB = MEDIUMBLOBType

class LONGBLOBType extends MysqlBlobType {
  override readonly typeName: string = 'LONGBLOB'
}

/** Up to 4 GiB. */
export const LONGBLOB: Callable<typeof LONGBLOBType> = callable(LONGBLOBType)
export type LONGBLOB = LONGBLOBType
