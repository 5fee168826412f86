import { brand } from '../../util/brand.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of `ARRAY`. */
export interface ArrayOptions {
  /** Number of dimensions; 1 unless given. */
  readonly dimensions?: number
}

/** The class behind `ARRAY(...)`. */
export class ArrayType<T = unknown> extends TypeEngine<T[]> {
  static {
    brand(this, 'ArrayType')
  }

  override readonly typeName: string = 'ARRAY'
  override readonly affinity: TypeAffinity = 'Array'
  readonly itemType: TypeEngine<T>
  readonly dimensions: number | undefined

  constructor(itemType: TypeEngine<T> | (() => TypeEngine<T>), options: ArrayOptions = {}) {
    super()
    this.itemType = itemType instanceof TypeEngine ? itemType : itemType()
    this.dimensions = options.dimensions
  }

  override typeArguments(): TypeArguments {
    return {
      positional: [this.itemType],
      options: this.dimensions === undefined ? {} : { dimensions: this.dimensions },
    }
  }
}

/** A list of values of one type, for the databases that have arrays. */
export function ARRAY<T>(
  itemType: TypeEngine<T> | (() => TypeEngine<T>),
  options?: ArrayOptions,
): ArrayType<T> {
  return new ArrayType(itemType, options)
}
export type ARRAY<T = unknown> = ArrayType<T>
