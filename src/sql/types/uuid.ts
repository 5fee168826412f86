import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of `Uuid` and `UUID`. */
export interface UuidOptions {
  /** The reference's choice of Python type; kept for its repr, no effect on DDL. */
  readonly asUuid?: boolean
  /** Uses the database's own UUID type where it has one; `true` unless given. */
  readonly nativeUuid?: boolean
}

class UuidType extends TypeEngine<string> {
  override readonly typeName: string = 'Uuid'
  override readonly affinity: TypeAffinity = 'Uuid'
  readonly asUuid: boolean
  readonly nativeUuid: boolean

  constructor(options: UuidOptions = {}) {
    super()
    this.asUuid = options.asUuid ?? true
    this.nativeUuid = options.nativeUuid ?? true
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (!this.asUuid) options['asUuid'] = false
    if (!this.nativeUuid) options['nativeUuid'] = false
    return { positional: [], options }
  }
}

/** A UUID: the native type, or CHAR(32) without dashes. */
export const Uuid: Callable<typeof UuidType> = callable(UuidType)
export type Uuid = UuidType

class UUIDType extends UuidType {
  override readonly typeName: string = 'UUID'
}

/** SQL `UUID`, spelled so on every database that has the word. */
export const UUID: Callable<typeof UUIDType> = callable(UUIDType)
export type UUID = UUIDType
