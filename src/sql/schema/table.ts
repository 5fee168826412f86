import { brand } from '../../util/brand.ts'
import { NoSuchObjectError, SchemaError } from '../../errors/schema-error.ts'
import { givenSchema, joinName, nameParts, type NameLike } from '../elements/identifier.ts'
import { TableExpression } from '../elements/statements.ts'
import { CheckConstraint } from './check-constraint.ts'
import { ColumnClass, type Column } from './column.ts'
import { Constraint } from './constraint.ts'
import { isPlainObject, splitOptions, type DialectOptions } from './dialect-options.ts'
import { ForeignKeyConstraint } from './foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from './key-constraints.ts'
import type { OwnerTable, TableRegistry } from './owner.ts'
import type { ColumnsByKey } from './row-types.ts'
import { Index } from './table-index.ts'

/** In place of a schema: none, although the `MetaData` has one. */
export const BLANK_SCHEMA: unique symbol = Symbol('blank schema')

/** Options of a table. */
export interface TableOptions {
  /** Schema; that of the `MetaData` unless given. */
  readonly schema?: string | typeof BLANK_SCHEMA | null
  readonly comment?: string | null
  readonly info?: Record<string, unknown>
  /** Words between CREATE and TABLE, such as `TEMPORARY`. */
  readonly prefixes?: readonly string[]
  readonly quote?: boolean | null
  readonly quoteSchema?: boolean | null
  /** The name that the table had: autogenerate renames it, where the database still has it under that. */
  readonly renamedFrom?: string | null
}

/** Table options of single dialects; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectTableOptions {}

/** What a table is made of. */
export type TableItem = ColumnClass | Constraint | Index

const TABLE_KEYS = [
  'schema',
  'comment',
  'info',
  'prefixes',
  'quote',
  'quoteSchema',
  'renamedFrom',
] as const

export class TableClass<
  Name extends string = string,
  Items extends readonly TableItem[] = readonly TableItem[],
>
  extends TableExpression
  implements OwnerTable
{
  static {
    brand(this, 'Table')
  }

  declare readonly $name: Name
  declare readonly $items: Items
  readonly kind = 'table'
  override readonly name: Name
  override readonly quote: boolean | null
  override readonly schema: string | null
  readonly quoteSchema: boolean | null
  readonly key: string
  readonly metadata: TableRegistry
  comment: string | null
  readonly prefixes: readonly string[]
  readonly info: Record<string, unknown>
  readonly renamedFrom: string | null
  readonly dialectOptions: DialectOptions
  readonly #columns: Column[] = []
  readonly #columnsByKey = new Map<string, Column>()
  readonly #constraints: Constraint[] = []
  /** `constraints` and `foreignKeyConstraints`, until another one comes: both are asked for again and again. */
  #sorted: readonly Constraint[] | undefined
  #foreignKeys: readonly ForeignKeyConstraint[] | undefined
  readonly #indexes: Index[] = []
  #primaryKey: PrimaryKeyConstraint

  constructor(
    name: NameLike,
    metadata: TableRegistry,
    items: readonly TableItem[],
    options: TableOptions & DialectTableOptions,
  ) {
    super()
    const parts = nameParts(name)
    const target = { kind: 'table', label: `Table '${parts.text}'` } as const
    const { own, dialects } = splitOptions(target, options, TABLE_KEYS)
    const given = own as TableOptions
    this.name = parts.text as Name
    this.quote = parts.quote ?? given.quote ?? null
    const schema = given.schema ?? metadata.schema
    this.schema = schema === BLANK_SCHEMA ? null : givenSchema(schema)
    this.quoteSchema = given.quoteSchema ?? null
    this.key = this.schema === null ? this.name : `${this.schema}.${this.name}`
    this.metadata = metadata
    this.comment = given.comment ?? null
    this.prefixes = given.prefixes ?? []
    this.info = given.info ?? {}
    this.renamedFrom = given.renamedFrom ?? null
    this.dialectOptions = dialects
    this.#primaryKey = implicit(new PrimaryKeyConstraint())
    this.#primaryKey.table = this
    metadata.registerTable(this)
    for (const item of items) if (item instanceof ColumnClass) this.appendColumn(item)
    for (const item of items) {
      if (item instanceof Index) this.appendIndex(item)
      else if (item instanceof Constraint) this.appendConstraint(item)
    }
  }

  override get columns(): readonly Column[] {
    return this.#columns
  }

  /** The columns by key. */
  get c(): ColumnsByKey<Items> {
    const byKey = Object.fromEntries(this.#columns.map((column) => [column.key, column]))
    return new Proxy(byKey, {
      get: (target, key) => {
        if (typeof key !== 'string' || Object.hasOwn(target, key)) return target[key as string]
        throw new NoSuchObjectError(`Table '${this.name}' has no column '${key}'`)
      },
    }) as ColumnsByKey<Items>
  }

  /** All constraints, the primary key first, the others in the order in which they were made. */
  get constraints(): readonly Constraint[] {
    return (this.#sorted ??= [
      this.#primaryKey,
      ...this.#constraints.toSorted((a, b) => a.creationOrder - b.creationOrder),
    ])
  }

  get indexes(): readonly Index[] {
    return this.#indexes
  }

  get primaryKey(): PrimaryKeyConstraint {
    return this.#primaryKey
  }

  get foreignKeyConstraints(): readonly ForeignKeyConstraint[] {
    return (this.#foreignKeys ??= this.constraints.filter(
      (constraint) => constraint instanceof ForeignKeyConstraint,
    ))
  }

  /** The column of that key, if there is one. */
  findColumn(key: string): Column | undefined {
    return this.#columnsByKey.get(key)
  }

  /** Adds a column, and what its options and its type bring along. */
  appendColumn(column: Column): void {
    if (column.table !== null) {
      throw new SchemaError(
        `Column object '${column.name}' already assigned to Table '${column.table.name}'; make a new Column or use column.copy()`,
      )
    }
    if (this.findColumn(column.key) !== undefined) {
      throw new SchemaError(
        `A column with name '${column.key}' is already present in table '${this.name}'`,
      )
    }
    if (column.name === '') {
      throw new SchemaError(`A column of table '${this.name}' has no name`)
    }
    column.table = this
    this.#columns.push(column)
    this.#columnsByKey.set(column.key, column)
    if (column.primaryKey && this.#primaryKey.implicit) this.#primaryKey.columnKeys.push(column.key)
    for (const check of column.checks) check.table = this
    for (const foreignKey of column.foreignKeys) {
      this.appendConstraint(
        implicit(new ForeignKeyConstraint([column.key], [foreignKey.target], foreignKey.options)),
      )
    }
    this.#appendKeysOf(column)
    const check = column.type.checkConstraint()
    if (check !== null) {
      const bound = { type: column.type, check, columnKey: column.key }
      this.appendConstraint(implicit(new CheckConstraint('', { name: check.name }, bound)))
    }
  }

  #appendKeysOf(column: Column): void {
    if (column.index) {
      const index = new Index(null, column.key, { unique: column.unique })
      index.implicit = true
      this.appendIndex(index)
    } else if (column.unique) {
      this.appendConstraint(implicit(new UniqueConstraint(column.key)))
    }
  }

  /** Adds a constraint; a primary key replaces the one that the columns' options make. */
  appendConstraint(constraint: Constraint): void {
    this.#sorted = undefined
    this.#foreignKeys = undefined
    if (constraint instanceof PrimaryKeyConstraint) {
      this.#setPrimaryKey(constraint)
      return
    }
    constraint.table = this
    if (!(constraint instanceof CheckConstraint && constraint.columnLevel)) {
      this.#constraints.push(constraint)
    }
  }

  /** Adds an index. */
  appendIndex(index: Index): void {
    index.table = this
    this.#indexes.push(index)
  }

  #setPrimaryKey(constraint: PrimaryKeyConstraint): void {
    constraint.table = this
    if (constraint.columnKeys.length === 0) {
      constraint.columnKeys = this.#columns.filter((c) => c.primaryKey).map((c) => c.key)
    }
    const keys = new Set(constraint.columnKeys)
    for (const column of this.#columns) column.primaryKey = keys.has(column.key)
    for (const column of constraint.columns as readonly Column[]) {
      if (!column.nullableGiven) column.nullable = false
    }
    this.#primaryKey = constraint
  }

  /** The column that numbers itself: the single integer primary key, or the one that says `autoincrement: true`. */
  get autoincrementColumn(): Column | null {
    const keys = this.#primaryKey.columns as readonly Column[]
    const [single] = keys
    if (single !== undefined && keys.length === 1) {
      return numbersItself(single, this.isReferring(single)) ? single : null
    }
    const marked = keys.filter((column) => column.autoincrement === true)
    if (marked.length > 1) {
      throw new SchemaError(
        `Only one Column may be marked autoincrement=True, found both ${marked.map((c) => c.name).join(' and ')}.`,
      )
    }
    const [column] = marked
    return column !== undefined && numbersItself(column, this.isReferring(column)) ? column : null
  }

  /** Whether a foreign key of the table is on this column. */
  isReferring(column: Column): boolean {
    return this.foreignKeyConstraints.some(({ columnKeys }) => columnKeys.includes(column.key))
  }

  /** A copy in another `MetaData`, optionally under another schema or name. */
  toMetadata(
    metadata: TableRegistry,
    options: { readonly schema?: string | null; readonly name?: string } = {},
  ): TableClass<Name, Items> {
    const own = this.constraints.filter((constraint) => !constraint.implicit)
    const items: TableItem[] = [
      ...this.#columns.map((column) => column.copy()),
      ...own.map((constraint) => constraint.copy()),
      ...this.#indexes.filter((index) => !index.implicit).map((index) => index.copy()),
    ]
    const schema = options.schema === undefined ? this.schema : options.schema
    return new TableClass<Name, Items>(
      joinName(options.name ?? this.name, this.quote, false),
      metadata,
      items,
      {
        schema: schema ?? BLANK_SCHEMA,
        quoteSchema: this.quoteSchema,
        comment: this.comment,
        info: this.info,
        prefixes: this.prefixes,
        renamedFrom: this.renamedFrom,
        ...this.dialectOptions,
      },
    )
  }
}

function implicit<C extends Constraint>(constraint: C): C {
  constraint.implicit = true
  return constraint
}

/** SQLAlchemy's rule for `autoincrement: 'auto'`: an integer without a default of its own and without a foreign key. */
function numbersItself(column: Column, isReferring: boolean): boolean {
  const { autoincrement } = column
  if (autoincrement === false) return false
  const isNumber = column.type.affinity === 'Integer' || column.type.affinity === 'Numeric'
  if (!isNumber) {
    if (autoincrement !== true) return false
    throw new SchemaError(
      `Column type ${column.type.toString()} on column '${column.name}' is not compatible with autoincrement=True`,
    )
  }
  if (autoincrement === true) return true
  if (column.options.default !== undefined && column.options.default !== null) return false
  if (column.serverDefault !== null && column.identity === null) return false
  return !isReferring || autoincrement === 'ignore_fk'
}

interface TableFactory {
  <const N extends string, const Items extends readonly TableItem[]>(
    name: N,
    metadata: TableRegistry,
    ...items: Items
  ): TableClass<N, Items>
  <
    const N extends string,
    const Items extends readonly TableItem[],
    const O extends TableOptions & DialectTableOptions,
  >(
    name: N,
    metadata: TableRegistry,
    ...items: readonly [...Items, O]
  ): TableClass<N, Items>
  (
    name: NameLike,
    metadata: TableRegistry,
    ...items: readonly (TableItem | (TableOptions & DialectTableOptions))[]
  ): TableClass
}

/**
 * A table of a `MetaData`: columns, constraints, indexes, and one options object.
 *
 * @example
 * const cars = sa.Table(
 *   'cars',
 *   metadata,
 *   sa.Column('id', sa.Integer(), { primaryKey: true }),
 *   sa.Column('model', sa.String(50), { nullable: false, unique: true, index: true }),
 * )
 */
export const Table: TableFactory = (
  name: NameLike,
  metadata: TableRegistry,
  ...rest: readonly (TableItem | (TableOptions & DialectTableOptions))[]
) => {
  const options = rest.find((item): item is TableOptions => isPlainObject(item)) ?? {}
  const items = rest.filter((item): item is TableItem => !isPlainObject(item))
  return new TableClass(name, metadata, items, options)
}

// oxlint-disable-next-line no-redeclare -- a value and a type of one name
export type Table<
  Name extends string = string,
  Items extends readonly TableItem[] = readonly TableItem[],
> = TableClass<Name, Items>
