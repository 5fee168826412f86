import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'

/**
 * The family that a type belongs to, whatever its spelling: `VARCHAR(5)` and `Text()` are both `String`.
 * Dialects ask it where SQLAlchemy asks `_type_affinity`.
 */
export type TypeAffinity =
  | 'Array'
  | 'Binary'
  | 'Boolean'
  | 'Date'
  | 'DateTime'
  | 'Integer'
  | 'Interval'
  | 'Json'
  | 'Null'
  | 'Numeric'
  | 'Other'
  | 'String'
  | 'Time'
  | 'Uuid'

/** The arguments that make a type again: leading positional ones, then options that differ from their defaults. */
export interface TypeArguments {
  readonly positional: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

/** A name, or one that naming conventions must leave alone (`op.f('…')`). */
export type TypeName = string | { readonly value: string; readonly quote: boolean | null }

/** The text of a name. */
export function typeNameText(name: TypeName): string {
  return typeof name === 'string' ? name : name.value
}

/** What a type that owns a CHECK constraint (`Boolean`, `Enum`) asks its table to add. */
export interface TypeCheck {
  readonly name: TypeName | null
  /** The values that the column may hold, as SQL literals of the dialect. */
  readonly values: readonly (string | number)[]
  /** Whether a dialect with these native types needs the constraint at all. */
  isNeeded(native: { readonly boolean: boolean; readonly enum: boolean }): boolean
}

const NO_VARIANTS: ReadonlyMap<string, TypeEngine> = new Map()

/** Options of creating or dropping a named type. */
export interface TypeBindOptions {
  /** Leaves a type alone that is there already, or is not there. */
  readonly checkfirst: boolean
}

/** Where named types are created and dropped: `op.getBind()`. */
export interface TypeBind {
  createType(type: TypeEngine, options: TypeBindOptions): PromiseLike<void>
  dropType(type: TypeEngine, options: TypeBindOptions): PromiseLike<void>
}

/**
 * A column type.
 *
 * `Out` is the TypeScript type of a value of the column. `visitName` is the name under which compilers look the type up:
 * a dialect's `VARCHAR` has the visit name `VARCHAR`, so that every other dialect can render it too.
 */
export abstract class TypeEngine<Out = unknown> {
  static {
    brand(this, 'TypeEngine')
  }

  /** The name under which the type is exported: `Integer`, `VARCHAR`, `JSONB`. */
  abstract readonly typeName: string
  abstract readonly affinity: TypeAffinity
  /** The dialect namespace that exports the type, `null` for generic and SQL-standard types. */
  readonly dialectName: string | null = null
  declare readonly $out: Out
  /** Types that other dialects use in place of this one. */
  readonly variants: ReadonlyMap<string, TypeEngine> = NO_VARIANTS

  /** The name under which compilers look the type up. */
  get visitName(): string {
    return this.typeName
  }

  /** The arguments that make this type again; what rendering, comparing and logging print. */
  typeArguments(): TypeArguments {
    return { positional: [], options: {} }
  }

  /** The CHECK constraint that comes with the type; `null` for types without one. */
  checkConstraint(): TypeCheck | null {
    return null
  }

  /**
   * Returns a copy of this type that the named dialects replace by `type`.
   *
   * @example
   * sa.Text().withVariant(sa.mysql.LONGTEXT(), 'mysql', 'mariadb')
   */
  withVariant(type: TypeEngine, ...dialectNames: readonly [string, ...string[]]): this {
    const variants = new Map(this.variants)
    for (const name of dialectNames) {
      if (variants.has(name)) {
        throw new SchemaError(
          `Dialect ${name} is already present in the variants of ${this.typeName}; give each dialect one type`,
        )
      }
      variants.set(name, type)
    }
    return Object.assign(this.clone(), { variants })
  }

  /** Declares the TypeScript type of the column's values, where the inferred one is too wide. */
  $type<T>(): TypeEngine<T> {
    return this as unknown as TypeEngine<T>
  }

  /** The type that the named dialect uses: its variant, or this type. */
  forDialect(dialectName: string): TypeEngine {
    return this.variants.get(dialectName) ?? this
  }

  /** A shallow copy. */
  clone(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this)
  }

  /** `VARCHAR(length=10)`: how log lines and errors name the type. */
  toString(): string {
    const { positional, options } = this.typeArguments()
    const parts = positional.map((value) => String(value))
    for (const [key, value] of Object.entries(options)) parts.push(`${key}=${String(value)}`)
    return `${this.typeName}(${parts.join(', ')})`
  }
}
