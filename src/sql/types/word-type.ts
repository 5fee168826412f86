import { brand } from '../../util/brand.ts'
import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity } from './type-engine.ts'

/** A type that one dialect has, takes no arguments, and is written as its own name. */
export abstract class WordType<Out = unknown> extends TypeEngine<Out> {
  static {
    brand(this, 'WordType')
  }

  abstract override readonly dialectName: string
}

/** The class of one such type, callable without `new`. */
export type WordTypeClass<Out> = Callable<new () => WordType<Out>>

/** Makes the class of the type that is called `name`; its family is `Other` unless given. */
export type WordTypeFactory = <Out>(name: string, affinity?: TypeAffinity) => WordTypeClass<Out>

/** The maker of a dialect's types of this kind. */
export function wordTypesOf(dialectName: string): WordTypeFactory {
  return <Out>(name: string, affinity: TypeAffinity = 'Other') =>
    callable(
      class extends WordType<Out> {
        override readonly typeName = name
        override readonly affinity = affinity
        override readonly dialectName = dialectName
      },
    )
}
