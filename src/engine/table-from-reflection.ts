import { OrderModifier, type SqlExpression } from '../sql/elements/expression.ts'
import { FinalName, type NameLike } from '../sql/elements/identifier.ts'
import { verbatimText } from '../sql/elements/placeholders.ts'
import { ColumnClause } from '../sql/elements/table-clause.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import { ColumnClass, type Column, type ColumnItem } from '../sql/schema/column.ts'
import { ForeignKeyConstraint, type ForeignKeyTarget } from '../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../sql/schema/key-constraints.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import type { TableRegistry } from '../sql/schema/owner.ts'
import { Computed, DefaultClause, Identity } from '../sql/schema/server-default.ts'
import { BLANK_SCHEMA, TableClass, type TableItem } from '../sql/schema/table.ts'
import { Index, type IndexElement } from '../sql/schema/table-index.ts'
import { NullType } from '../sql/types/null-type.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedTable,
  ReflectedUniqueConstraint,
} from './reflected.ts'

/** How a table is made of what was reflected. */
export interface ReflectedTableOptions {
  /** Columns that take the place of reflected ones of the same name, and further columns, constraints and indexes. */
  readonly items?: readonly TableItem[]
  /** Is given each column before it is made of it, and may give back another one. */
  readonly onColumn?: (column: ReflectedColumn) => ReflectedColumn
}

/**
 * Makes a table of what was reflected. Its names are final: naming conventions give names only to what has none.
 *
 * @example
 * const reflected = await inspector.reflectTable('cars')
 * const cars = tableFromReflection(reflected, sa.MetaData())
 */
export function tableFromReflection(
  reflected: ReflectedTable,
  metadata: TableRegistry,
  options: ReflectedTableOptions = {},
): TableClass {
  const { items = [], onColumn = (column) => column } = options
  const given = new Map(items.filter(isColumn).map((column) => [column.name, column]))
  const columns = reflected.columns.map(
    (column) => given.get(column.name) ?? columnOf(onColumn(column), reflected),
  )
  const known = new Set(columns)
  const others = items.filter((item) => !(isColumn(item) && known.has(item)))
  return new TableClass(
    reflected.name,
    metadata,
    [...columns, ...constraintsOf(reflected, given), ...indexesOf(reflected), ...others],
    {
      schema: reflected.schema ?? BLANK_SCHEMA,
      comment: reflected.comment,
      ...(reflected.renamedFrom === undefined ? {} : { renamedFrom: reflected.renamedFrom }),
      ...reflected.options,
    },
  )
}

function isColumn(item: TableItem): item is Column {
  return item instanceof ColumnClass
}

function finalName(name: string | null): NameLike | null {
  return name === null ? null : new FinalName(name)
}

function columnOf(column: ReflectedColumn, { primaryKey }: ReflectedTable): Column {
  const items: ColumnItem[] = []
  if (column.computed !== undefined) {
    const { sqltext, persisted } = column.computed
    items.push(new Computed(verbatimText(sqltext), { persisted: persisted ?? null }))
  }
  if (column.identity !== undefined) items.push(new Identity(column.identity))
  const serverDefault =
    items.length > 0 || column.default === null
      ? null
      : new DefaultClause(verbatimText(column.default), true)
  if (column.check !== undefined) items.push(new CheckConstraint(verbatimText(column.check)))
  return new ColumnClass(column.name, column.type, items, {
    nullable: column.nullable,
    primaryKey: primaryKey.constrainedColumns.includes(column.name),
    serverDefault,
    comment: column.comment ?? null,
    ...(column.renamedFrom === undefined ? {} : { renamedFrom: column.renamedFrom }),
    ...(column.autoincrement === undefined ? {} : { autoincrement: column.autoincrement }),
    ...column.dialectOptions,
  })
}

function constraintsOf(
  reflected: ReflectedTable,
  replaced: ReadonlyMap<string, Column>,
): TableItem[] {
  const { primaryKey } = reflected
  const key = new PrimaryKeyConstraint(...primaryKey.constrainedColumns, {
    name: finalName(primaryKey.name),
    comment: primaryKey.comment ?? null,
    ...primaryKey.dialectOptions,
  })
  // A column that was replaced brings its own foreign keys.
  const foreignKeys = reflected.foreignKeys.filter(
    ({ constrainedColumns }) => !constrainedColumns.some((column) => replaced.has(column)),
  )
  const uniques = reflected.uniqueConstraints.filter(
    ({ duplicatesIndex }) => duplicatesIndex === undefined,
  )
  return [
    ...(primaryKey.constrainedColumns.length > 0 ? [key] : []),
    ...foreignKeys.map(foreignKeyFromReflection),
    ...uniques.map(uniqueFromReflection),
    ...reflected.checkConstraints.map(checkFromReflection),
  ]
}

/** A unique constraint of what was reflected. */
export function uniqueFromReflection({
  name,
  columnNames,
  comment = null,
  dialectOptions,
}: ReflectedUniqueConstraint): UniqueConstraint {
  const options = { name: finalName(name), comment, ...dialectOptions }
  return new UniqueConstraint(...columnNames, options)
}

/** A CHECK constraint of what was reflected. */
export function checkFromReflection({
  name,
  sqltext,
  comment = null,
  dialectOptions,
}: ReflectedCheckConstraint): CheckConstraint {
  return new CheckConstraint(verbatimText(sqltext), {
    name: finalName(name),
    comment,
    ...dialectOptions,
  })
}

/** A foreign key of what was reflected. */
export function foreignKeyFromReflection(foreignKey: ReflectedForeignKey): ForeignKeyConstraint {
  return new ForeignKeyConstraint(foreignKey.constrainedColumns, targetsOf(foreignKey), {
    name: finalName(foreignKey.name),
    linkToName: true,
    comment: foreignKey.comment ?? null,
    ...foreignKey.options,
  })
}

function targetsOf(foreignKey: ReflectedForeignKey): readonly ForeignKeyTarget[] {
  const { referredSchema, referredTable, referredColumns } = foreignKey
  const parts = [referredTable, ...referredColumns]
  if (!parts.some((part) => part.includes('.'))) {
    const table = referredSchema === null ? referredTable : `${referredSchema}.${referredTable}`
    return referredColumns.map((column) => `${table}.${column}`)
  }
  // A name with a dot in it can't be told from a qualified one: the target is an object then.
  const columns = referredColumns.map((name) => new ColumnClass(name, NullType(), [], {}))
  const target = new TableClass(referredTable, new MetaData(), columns, { schema: referredSchema })
  return target.columns
}

function indexesOf(reflected: ReflectedTable): Index[] {
  return reflected.indexes
    .filter(({ duplicatesConstraint }) => duplicatesConstraint === undefined)
    .map((index) => indexFromReflection(index))
}

/** An index of what was reflected. */
export function indexFromReflection(index: ReflectedIndex): Index {
  return new Index(finalName(index.name), ...elementsOf(index), {
    unique: index.unique,
    ...verbatimConditions(index.dialectOptions),
  })
}

/** The condition of a partial index is SQL of the catalog too. */
function verbatimConditions(reflected: ReflectedDialectOptions = {}): ReflectedDialectOptions {
  const verbatim = ([dialect, options]: [string, ReflectedDialectOptions[string]]) => {
    const where = options['where']
    return [
      dialect,
      typeof where === 'string' ? { ...options, where: verbatimText(where) } : options,
    ]
  }
  return Object.fromEntries(Object.entries(reflected).map(verbatim)) as ReflectedDialectOptions
}

const ORDERINGS: ReadonlySet<string> = new Set(['asc', 'desc', 'nullsFirst', 'nullsLast'])

/** `nulls_last`, as the reference says it, is `nullsLast`. */
function orderingsOf(words: readonly string[]): OrderModifier['modifier'][] {
  return words
    .map((word) => word.replace('_l', 'L').replace('_f', 'F'))
    .filter((word): word is OrderModifier['modifier'] => ORDERINGS.has(word))
}

function elementsOf({
  columnNames,
  expressions = [],
  columnSorting = {},
}: ReflectedIndex): IndexElement[] {
  return columnNames.map((name, at) => {
    const text = name ?? expressions[at] ?? ''
    const words = Object.hasOwn(columnSorting, text) ? columnSorting[text] : undefined
    const orderings = orderingsOf(words ?? [])
    if (name !== null && orderings.length === 0) return name
    const plain: SqlExpression = name === null ? verbatimText(text) : new ColumnClause(name)
    return orderings.reduce((element, ordering) => new OrderModifier(ordering, element), plain)
  })
}
