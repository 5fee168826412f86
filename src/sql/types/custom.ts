import { brand } from '../../util/brand.ts'
import { TypeEngine, type TypeAffinity } from './type-engine.ts'

/**
 * A type of the user's own, built on another one.
 *
 * @example
 * class Email extends sa.TypeDecorator<string> {
 *   readonly typeName = 'Email'
 *   readonly impl = sa.String(320)
 * }
 */
export abstract class TypeDecorator<Out = unknown> extends TypeEngine<Out> {
  static {
    brand(this, 'TypeDecorator')
  }

  abstract readonly impl: TypeEngine

  override get affinity(): TypeAffinity {
    return this.impl.affinity
  }

  /**
   * Whether a column of the database is of this type: `true` where it is, `false` where it isn't, nothing leaves it to the
   * dialect. Asked by autogenerate.
   */
  compareAgainstBackend?(dialectName: string, reflected: TypeEngine): boolean | null | undefined

  /** The type that `dialectName` uses; `impl` unless overridden. */
  loadDialectImpl(_dialectName: string): TypeEngine {
    return this.impl
  }
}

/**
 * A type that the database has and this package does not know: it spells itself.
 *
 * @example
 * class Ltree extends sa.UserDefinedType<string> {
 *   readonly typeName = 'Ltree'
 *   columnSpecification() { return 'LTREE' }
 * }
 */
export abstract class UserDefinedType<Out = unknown> extends TypeEngine<Out> {
  static {
    brand(this, 'UserDefinedType')
  }

  override readonly affinity: TypeAffinity = 'Other'

  /** As `TypeDecorator` has it. */
  compareAgainstBackend?(dialectName: string, reflected: TypeEngine): boolean | null | undefined

  /** The type's SQL in a column definition of `dialectName`. */
  abstract columnSpecification(dialectName: string): string
}
