import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { ColumnExpression } from '../elements/column-expression.ts'
import { joinName, nameParts, type NameLike } from '../elements/identifier.ts'
import { NullType } from '../types/null-type.ts'
import { TypeEngine } from '../types/type-engine.ts'
import { CheckConstraint } from './check-constraint.ts'
import { isPlainObject, splitOptions, type DialectOptions } from './dialect-options.ts'
import { ForeignKey } from './foreign-key.ts'
import type { OwnerColumn, OwnerTable } from './owner.ts'
import { Sequence } from './sequence.ts'
import {
  Computed,
  FetchedValue,
  Identity,
  toServerDefault,
  type ServerDefault,
  type ServerDefaultLike,
} from './server-default.ts'

/** Options of a column. */
export interface ColumnOptions {
  /** Part of the primary key; `false` unless given. */
  readonly primaryKey?: boolean
  /** Whether NULL may be stored; `true` unless given, `false` in a primary key. */
  readonly nullable?: boolean | null
  /** `DEFAULT`: a string becomes a quoted literal, SQL is written `sa.text('now()')`; `null` is none. */
  readonly serverDefault?: ServerDefaultLike | null
  /** Made by the database on UPDATE; no DDL. */
  readonly serverOnupdate?: ServerDefaultLike | null
  /** Made by the application; no DDL. */
  readonly default?: unknown
  readonly onupdate?: unknown
  /** Adds a UNIQUE constraint, or makes the index unique. */
  readonly unique?: boolean | null
  /** Adds an index. */
  readonly index?: boolean | null
  /** `'auto'` unless given: the single integer primary key numbers itself. */
  readonly autoincrement?: boolean | 'auto' | 'ignore_fk'
  readonly comment?: string | null
  /** Name of the column in code; the column's name unless given. */
  readonly key?: string
  /** Forces (`true`) or forbids (`false`) quoting. */
  readonly quote?: boolean | null
  readonly info?: Record<string, unknown>
  readonly doc?: string
  /** A column of the server's own: never in DDL. */
  readonly system?: boolean
  /** The name that the column had: autogenerate renames it, where the database still has it under that. */
  readonly renamedFrom?: string | null
}

/** Column options of single dialects; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectColumnOptions {}

/** What can follow a column's type. */
export type ColumnItem =
  | ForeignKey
  | CheckConstraint
  | Computed
  | Identity
  | Sequence
  | FetchedValue

/** A type, or a type's constructor (`sa.Integer` for `sa.Integer()`). */
export type TypeLike<T = unknown> = TypeEngine<T> | (() => TypeEngine<T>)

/** The type that was given, itself or as its factory; `undefined` where none was. */
export function toType(type: TypeLike | null | undefined): TypeEngine | undefined {
  if (type === null || type === undefined) return undefined
  return type instanceof TypeEngine ? type : type()
}

const COLUMN_KEYS = [
  'primaryKey',
  'nullable',
  'serverDefault',
  'serverOnupdate',
  'default',
  'onupdate',
  'unique',
  'index',
  'autoincrement',
  'comment',
  'key',
  'quote',
  'info',
  'doc',
  'system',
  'renamedFrom',
] as const

type Given = ColumnOptions & DialectColumnOptions

/** A column of a table. `T` is the TypeScript type of its values. */
export class ColumnClass<
  Name extends string = string,
  T = unknown,
  O extends ColumnOptions = ColumnOptions,
>
  extends ColumnExpression
  implements OwnerColumn
{
  static {
    brand(this, 'Column')
  }

  declare readonly $name: Name
  declare readonly $out: T
  declare readonly $options: O
  override name: string
  override readonly quote: boolean | null
  override type: TypeEngine
  key: string
  readonly primaryKeyGiven: boolean
  primaryKey: boolean
  nullable: boolean
  /** Whether the model said so, or the default applies. */
  readonly nullableGiven: boolean
  serverDefault: ServerDefault | null
  readonly unique: boolean
  readonly index: boolean
  autoincrement: boolean | 'auto' | 'ignore_fk'
  comment: string | null
  readonly system: boolean
  readonly renamedFrom: string | null
  readonly info: Record<string, unknown>
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly CheckConstraint[]
  readonly sequence: Sequence | null
  readonly options: Given
  readonly dialectOptions: DialectOptions
  override table: OwnerTable | null = null

  constructor(name: NameLike, type: TypeLike | null, items: readonly ColumnItem[], options: Given) {
    super()
    const parts = nameParts(name)
    const target = { kind: 'column', label: `Column '${parts.text}'` } as const
    const { own, dialects } = splitOptions(target, options, COLUMN_KEYS)
    const given = own as ColumnOptions
    this.name = parts.text
    this.quote = parts.quote ?? given.quote ?? null
    this.key = given.key ?? parts.text
    this.type = type === null ? NullType() : type instanceof TypeEngine ? type : type()
    this.primaryKey = given.primaryKey ?? false
    this.primaryKeyGiven = this.primaryKey
    this.foreignKeys = items.filter((item) => item instanceof ForeignKey)
    this.checks = items.filter((item) => item instanceof CheckConstraint)
    this.sequence = items.find((item) => item instanceof Sequence) ?? null
    this.serverDefault = readServerDefault(items, given)
    const identity = this.serverDefault?.kind === 'identity'
    this.nullableGiven = given.nullable !== undefined && given.nullable !== null
    this.nullable = given.nullable ?? !(this.primaryKey || identity)
    this.unique = given.unique ?? false
    this.index = given.index ?? false
    this.autoincrement = given.autoincrement ?? 'auto'
    this.comment = given.comment ?? null
    this.system = given.system ?? false
    this.renamedFrom = given.renamedFrom ?? null
    this.info = given.info ?? {}
    this.options = options
    this.dialectOptions = dialects
    for (const check of this.checks) check.columnLevel = true
  }

  /** `GENERATED ALWAYS AS (…)` of the column, if it has one. */
  get computed(): Computed | null {
    return this.serverDefault instanceof Computed ? this.serverDefault : null
  }

  /** `GENERATED … AS IDENTITY` of the column, if it has one. */
  get identity(): Identity | null {
    return this.serverDefault instanceof Identity ? this.serverDefault : null
  }

  /** A copy that belongs to no table; foreign keys and checks that stand behind the column come along. */
  copy(): ColumnClass<Name, T, O> {
    return this.#copyWith(this.foreignKeys, this.options)
  }

  /** A copy without what the column brings to its table: foreign keys, UNIQUE and indexes. */
  copyDefinition(): ColumnClass<Name, T, O> {
    return this.#copyWith([], { ...this.options, unique: false, index: false })
  }

  #copyWith(foreignKeys: readonly ForeignKey[], options: Given): ColumnClass<Name, T, O> {
    const items: ColumnItem[] = [...foreignKeys, ...this.checks.map((check) => check.copy())]
    if (this.sequence !== null) items.push(this.sequence)
    const copy = new ColumnClass<Name, T, O>(
      joinName(this.name, this.quote, false),
      this.type,
      items,
      options,
    )
    copy.key = this.key
    copy.primaryKey = this.primaryKey
    copy.nullable = this.nullable
    copy.serverDefault = this.serverDefault
    copy.autoincrement = this.autoincrement
    copy.comment = this.comment
    return copy
  }
}

function readServerDefault(
  items: readonly ColumnItem[],
  options: ColumnOptions,
): ServerDefault | null {
  const generated = items.find(
    (item) => item instanceof Computed || item instanceof Identity || item instanceof FetchedValue,
  )
  const given = options.serverDefault
  if (given === undefined || given === null) return generated ?? null
  if (generated !== undefined) {
    throw new SchemaError(
      'A generated column cannot specify a server_default: give Computed or Identity, or serverDefault, not both',
    )
  }
  return toServerDefault(given)
}

type ColumnArguments = readonly (ColumnItem | Given | undefined)[]

/** What the types of a column know of one that the database fills in: an INSERT may leave it out. */
interface FilledIn {
  readonly serverDefault: FetchedValue
}

/** … of one that only the database fills in: an INSERT or UPDATE must leave it out. */
interface Generated extends FilledIn {
  readonly $generated: true
}

/** … of one that has a foreign key behind it: it does not number itself. */
interface Referring extends Pick<ColumnOptions, 'doc'> {
  readonly $refers: true
}

interface ColumnFactory {
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    options?: O,
  ): ColumnClass<N, T, O>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    generated: Identity<true>,
    options?: O,
  ): ColumnClass<N, T, O & Generated & { readonly nullable: false }>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    generated: Identity,
    options?: O,
  ): ColumnClass<N, T, O & FilledIn & { readonly nullable: false }>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    generated: Computed,
    options?: O,
  ): ColumnClass<N, T, O & Generated>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    generated: FetchedValue,
    options?: O,
  ): ColumnClass<N, T, O & FilledIn>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    foreignKey: ForeignKey,
    options?: O,
  ): ColumnClass<N, T, O & Referring>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    item: ColumnItem,
    options?: O,
  ): ColumnClass<N, T, O>
  <const N extends string, T, const O extends Given = Record<never, never>>(
    name: N,
    type: TypeLike<T>,
    item: ColumnItem,
    second: ColumnItem,
    options?: O,
  ): ColumnClass<N, T, O>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    options?: O,
  ): ColumnClass<string, T, O>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    generated: Identity<true>,
    options?: O,
  ): ColumnClass<string, T, O & Generated & { readonly nullable: false }>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    generated: Identity,
    options?: O,
  ): ColumnClass<string, T, O & FilledIn & { readonly nullable: false }>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    generated: Computed,
    options?: O,
  ): ColumnClass<string, T, O & Generated>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    generated: FetchedValue,
    options?: O,
  ): ColumnClass<string, T, O & FilledIn>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    foreignKey: ForeignKey,
    options?: O,
  ): ColumnClass<string, T, O & Referring>
  <T, const O extends Given = Record<never, never>>(
    type: TypeEngine<T>,
    item: ColumnItem,
    options?: O,
  ): ColumnClass<string, T, O>
  <const N extends string, const O extends Given = Record<never, never>>(
    name: N,
    foreignKey: ForeignKey,
    options?: O,
  ): ColumnClass<N, unknown, O & Referring>
  (
    name: NameLike,
    ...rest: readonly (TypeLike | ColumnItem | Given | null | undefined)[]
  ): ColumnClass
}

/**
 * A column: its name, its type, what follows it (`ForeignKey`, `CheckConstraint`, `Computed`, `Identity`, `Sequence`),
 * and one options object. In a declarative class the name is left out: the property's name is the column's.
 *
 * @example
 * sa.Column('id', sa.Integer(), { primaryKey: true })
 * sa.Column('owner_id', sa.Integer(), sa.ForeignKey('users.id'), { nullable: false })
 */
export const Column: ColumnFactory = (...args: readonly unknown[]) => {
  const named = !(args[0] instanceof TypeEngine)
  const name = named ? (args[0] as NameLike) : ''
  const rest = named ? args.slice(1) : args
  const typed = rest[0] instanceof TypeEngine || typeof rest[0] === 'function' || rest[0] === null
  const type = typed ? (rest[0] as TypeLike | null) : null
  const items = (typed ? rest.slice(1) : rest) as ColumnArguments
  const options = items.find((item): item is Given => isPlainObject(item)) ?? {}
  const others = items.filter(
    (item): item is ColumnItem => item !== undefined && !isPlainObject(item),
  )
  return new ColumnClass(name, type, others, options)
}

// oxlint-disable-next-line no-redeclare -- a value and a type of one name
export type Column<
  Name extends string = string,
  T = unknown,
  O extends ColumnOptions = ColumnOptions,
> = ColumnClass<Name, T, O>
