import { EnumType, type EnumOptions } from '../../../sql/types/enum.ts'

/** Options of `ENUM`. */
export type PostgresqlEnumOptions = Pick<
  EnumOptions,
  'name' | 'schema' | 'createType' | 'inheritSchema'
>

class PostgresqlEnumType<V extends string = string> extends EnumType<V> {
  override readonly typeName: string = 'ENUM'
  override readonly dialectName: string | null = 'postgresql'

  protected override get checksFirst(): boolean {
    return true
  }

  // Other databases render it as their own Enum.
  override get visitName(): string {
    return 'Enum'
  }
}

/**
 * A named enumeration type. `CREATE TABLE` creates it first, unless `createType` is `false`.
 *
 * @example
 * sa.postgresql.ENUM('sad', 'happy', { name: 'mood' })
 */
export function ENUM<const V extends string>(...values: readonly V[]): PostgresqlEnumType<V>
export function ENUM<const V extends readonly string[]>(
  ...args: readonly [...V, PostgresqlEnumOptions]
): PostgresqlEnumType<V[number]>
export function ENUM<V extends string>(
  ...args: readonly (V | PostgresqlEnumOptions)[]
): PostgresqlEnumType<V> {
  return new PostgresqlEnumType<V>(...args)
}
export type ENUM<V extends string = string> = PostgresqlEnumType<V>
