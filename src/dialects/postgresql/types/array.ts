import { SchemaError } from '../../../errors/schema-error.ts'
import { ArrayType, type ArrayOptions } from '../../../sql/types/array.ts'
import type { TypeArguments, TypeEngine } from '../../../sql/types/type-engine.ts'

/** Options of `ARRAY`. */
export interface PostgresqlArrayOptions extends ArrayOptions {
  /** The reference's choice of Python type; kept for its repr, no effect on DDL. */
  readonly asTuple?: boolean
  /** The reference's subscripts from 0; kept for its repr, no effect on DDL. */
  readonly zeroIndexes?: boolean
}

class PostgresqlArrayType<T = unknown> extends ArrayType<T> {
  override readonly dialectName: string | null = 'postgresql'
  readonly asTuple: boolean
  readonly zeroIndexes: boolean

  constructor(
    itemType: TypeEngine<T> | (() => TypeEngine<T>),
    options: PostgresqlArrayOptions = {},
  ) {
    super(itemType, options)
    this.asTuple = options.asTuple ?? false
    this.zeroIndexes = options.zeroIndexes ?? false
    if (this.itemType instanceof ArrayType) {
      throw new SchemaError(
        'Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype',
      )
    }
  }

  override typeArguments(): TypeArguments {
    const { positional, options } = super.typeArguments()
    return {
      positional,
      options: {
        ...options,
        ...(this.asTuple ? { asTuple: true } : {}),
        ...(this.zeroIndexes ? { zeroIndexes: true } : {}),
      },
    }
  }
}

/** A list of values of one type; nested lists where `dimensions` says so. */
export function ARRAY<T>(
  itemType: TypeEngine<T> | (() => TypeEngine<T>),
  options?: PostgresqlArrayOptions,
): PostgresqlArrayType<T> {
  return new PostgresqlArrayType(itemType, options)
}
export type ARRAY<T = unknown> = PostgresqlArrayType<T>
