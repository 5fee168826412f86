import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import {
  TypeEngine,
  typeNameText,
  type TypeAffinity,
  type TypeArguments,
  type TypeBind,
  type TypeBindOptions,
  type TypeCheck,
  type TypeName,
} from './type-engine.ts'

/** Options of `Enum`. */
export interface EnumOptions {
  /** Name of the type where enumerations are types of their own, and of the CHECK constraint elsewhere. */
  readonly name?: TypeName
  /** Schema of the named type. */
  readonly schema?: string
  /** Uses the database's own enumeration type where it has one; `true` unless given. */
  readonly nativeEnum?: boolean
  /** Adds a CHECK constraint where the type is not native; `false` unless given. */
  readonly createConstraint?: boolean
  /** Length of the VARCHAR in characters where the type is not native; the longest value unless given. */
  readonly length?: number
  /** Whether CREATE TABLE also creates the named type; `true` unless given. */
  readonly createType?: boolean
  /** Takes the schema of the table for the named type. */
  readonly inheritSchema?: boolean
  /** Refuses strings that are none of the values before the database is asked; `false` unless given. */
  readonly validateStrings?: boolean
}

/** Reads `Enum(...)`'s arguments: the values, then one options object. */
export function readEnumArguments<O extends object>(
  args: readonly (string | O)[],
): { values: string[]; options: O } {
  const last = args.at(-1)
  const options = typeof last === 'object' ? last : ({} as O)
  const values = args.filter((value): value is string => typeof value === 'string')
  if (new Set(values).size !== values.length) {
    throw new SchemaError(`Enum values must be unique: ${values.join(', ')}`)
  }
  return { values, options }
}

/** The class behind `Enum(...)`. */
export class EnumType<V extends string = string> extends TypeEngine<V> {
  static {
    brand(this, 'EnumType')
  }

  override readonly typeName: string = 'Enum'
  override readonly affinity: TypeAffinity = 'String'
  readonly values: readonly V[]
  readonly name: string | null
  /** The name of the CHECK constraint, as it was given. */
  readonly checkName: TypeName | null
  readonly schema: string | null
  readonly nativeEnum: boolean
  readonly createConstraint: boolean
  readonly createType: boolean
  readonly inheritSchema: boolean
  readonly validateStrings: boolean
  readonly explicitLength: number | undefined

  constructor(...args: readonly (V | EnumOptions)[]) {
    super()
    const { values, options } = readEnumArguments<EnumOptions>(args)
    this.values = values as V[]
    this.checkName = options.name ?? null
    this.name = this.checkName === null ? null : typeNameText(this.checkName)
    this.schema = options.schema === '' ? null : (options.schema ?? null)
    this.nativeEnum = options.nativeEnum ?? true
    this.createConstraint = options.createConstraint ?? false
    this.createType = options.createType ?? true
    this.inheritSchema = options.inheritSchema ?? false
    this.validateStrings = options.validateStrings ?? false
    this.explicitLength = options.length
    if (options.length !== undefined && options.length < longest(values)) {
      throw new SchemaError(
        `When provided, length must be larger or equal than the length of the longest enum value: ${options.length} < ${longest(values)}`,
      )
    }
  }

  /** Length in characters of the VARCHAR that holds the values where the type is not native. */
  get length(): number {
    return this.explicitLength ?? longest(this.values)
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.name !== null) options['name'] = this.name
    if (this.schema !== null) options['schema'] = this.schema
    if (!this.nativeEnum) options['nativeEnum'] = false
    if (this.createConstraint) options['createConstraint'] = true
    if (this.explicitLength !== undefined) options['length'] = this.explicitLength
    if (!this.createType) options['createType'] = false
    if (this.inheritSchema) options['inheritSchema'] = true
    if (this.validateStrings) options['validateStrings'] = true
    return { positional: this.values, options }
  }

  /** Whether `create()` and `drop()` look first. */
  protected get checksFirst(): boolean {
    return false
  }

  /**
   * Creates the named type where the database has such types, without a table: `op.addColumn()` needs it.
   *
   * @example
   * await sa.Enum('a', 'b', { name: 'letter' }).create(op.getBind(), { checkfirst: true })
   */
  create(bind: TypeBind, options: Partial<TypeBindOptions> = {}): PromiseLike<void> {
    return bind.createType(this, { checkfirst: options.checkfirst ?? this.checksFirst })
  }

  /** Drops the named type where the database has such types: dropping tables leaves it. */
  drop(bind: TypeBind, options: Partial<TypeBindOptions> = {}): PromiseLike<void> {
    return bind.dropType(this, { checkfirst: options.checkfirst ?? this.checksFirst })
  }

  override checkConstraint(): TypeCheck | null {
    if (!this.createConstraint) return null
    return {
      name: this.checkName,
      values: this.values,
      isNeeded: (native) => !(native.enum && this.nativeEnum),
    }
  }
}

function longest(values: readonly string[]): number {
  return values.reduce((max, value) => Math.max(max, value.length), 0)
}

/**
 * One of a fixed list of strings.
 *
 * @example
 * sa.Enum('red', 'green', { name: 'colour' })
 */
export function Enum<const V extends string>(...values: readonly V[]): EnumType<V>
export function Enum<const V extends readonly string[]>(
  ...args: readonly [...V, EnumOptions]
): EnumType<V[number]>
export function Enum(...args: readonly (string | EnumOptions)[]): EnumType {
  return new EnumType(...args)
}
export type Enum<V extends string = string> = EnumType<V>
