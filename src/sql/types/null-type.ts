import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity } from './type-engine.ts'

class NullTypeType extends TypeEngine<unknown> {
  override readonly typeName: string = 'NullType'
  override readonly affinity: TypeAffinity = 'Null'
}

/** A type that is not known: a column declared without one, or reflected from something unknown. */
export const NullType: Callable<typeof NullTypeType> = callable(NullTypeType)
export type NullType = NullTypeType
