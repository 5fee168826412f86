import { SchemaError } from '../../../errors/schema-error.ts'
import { readEnumArguments } from '../../../sql/types/enum.ts'
import type { TypeArguments } from '../../../sql/types/type-engine.ts'
import { MysqlStringType, type CharacterOptions } from './string.ts'

/** Options of `SET`. */
export interface SetOptions extends CharacterOptions {
  /** Whether values travel as bit masks, without which `''` can't be a member; no effect on DDL. */
  readonly retrieveAsBitwise?: boolean
}

/** The class behind `ENUM(...)`. */
export class MysqlEnumType<V extends string = string> extends MysqlStringType<V> {
  override readonly typeName: string = 'ENUM'
  readonly values: readonly V[]

  constructor(...args: readonly (V | CharacterOptions)[]) {
    const { values, options } = readEnumArguments<CharacterOptions>(args)
    super(options)
    this.values = values as V[]
  }

  /** Length in characters of a VARCHAR that holds the values, for dialects without such a type. */
  get length(): number {
    return Math.max(0, ...this.values.map((value) => value.length))
  }

  override typeArguments(): TypeArguments {
    return { positional: this.values, options: super.typeArguments().options }
  }
}

/** The class behind `SET(...)`. */
export class MysqlSetType<V extends string = string> extends MysqlStringType<string> {
  override readonly typeName: string = 'SET'
  readonly values: readonly V[]
  readonly retrieveAsBitwise: boolean

  constructor(...args: readonly (V | SetOptions)[]) {
    const { values, options } = readEnumArguments<SetOptions>(args)
    super(options)
    this.values = values as V[]
    this.retrieveAsBitwise = options.retrieveAsBitwise ?? false
    if (values.includes('') && !this.retrieveAsBitwise) {
      throw new SchemaError(
        "Can't use the blank value '' in a SET without setting retrieveAsBitwise: true",
      )
    }
  }

  override typeArguments(): TypeArguments {
    const { options } = super.typeArguments()
    const bitwise = this.retrieveAsBitwise ? { retrieveAsBitwise: true } : {}
    return { positional: this.values, options: { ...options, ...bitwise } }
  }
}

/**
 * One of a list of strings.
 *
 * @example
 * sa.mysql.ENUM('red', 'green', { charset: 'ascii' })
 */
export function ENUM<const V extends string>(...values: readonly V[]): MysqlEnumType<V>
export function ENUM<const V extends readonly string[]>(
  ...args: readonly [...V, CharacterOptions]
): MysqlEnumType<V[number]>
export function ENUM<V extends string>(
  ...args: readonly (V | CharacterOptions)[]
): MysqlEnumType<V> {
  return new MysqlEnumType<V>(...args)
}
export type ENUM<V extends string = string> = MysqlEnumType<V>

/** Any number of a list of strings: `sa.mysql.SET('read', 'write')`. */
export function SET<const V extends string>(...values: readonly V[]): MysqlSetType<V>
export function SET<const V extends readonly string[]>(
  ...args: readonly [...V, SetOptions]
): MysqlSetType<V[number]>
export function SET<V extends string>(...args: readonly (V | SetOptions)[]): MysqlSetType<V> {
  return new MysqlSetType<V>(...args)
}
export type SET<V extends string = string> = MysqlSetType<V>
