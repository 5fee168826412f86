import { SchemaError } from '../../errors/schema-error.ts'
import { brand } from '../../util/brand.ts'
import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** A type that one dialect has and this package has no class for, as SQL: what reflection gives for those. */
export abstract class NativeType extends TypeEngine<unknown> {
  static {
    brand(this, 'NativeType')
  }

  override readonly typeName = 'NativeType'
  override readonly affinity: TypeAffinity = 'Other'
  abstract override readonly dialectName: string
  readonly sql: string

  constructor(sql: string) {
    super()
    if (sql.trim() === '') throw new SchemaError('NativeType needs the type as SQL')
    this.sql = sql
  }

  override typeArguments(): TypeArguments {
    return { positional: [this.sql], options: {} }
  }
}

/** A dialect's class for such types. */
export type NativeTypeClass = Callable<new (sql: string) => NativeType>

/** Makes a dialect's class for such types. */
export function nativeTypeOf(dialectName: string): NativeTypeClass {
  return callable(
    class extends NativeType {
      override readonly dialectName = dialectName
    },
  )
}

const declared = new WeakMap<TypeEngine, string>()

/** Remembers how the database words a type that stands for one without a class here. Gives the type back. */
export function declaredAs<Type extends TypeEngine>(type: Type, sql: string): Type {
  declared.set(type, sql)
  return type
}

/** How the database words a type that has no class here; `null` for all others. */
export function nativeSql(type: TypeEngine): string | null {
  return type instanceof NativeType ? type.sql : (declared.get(type) ?? null)
}
