import { OperationError } from '../errors/operation-error.ts'
import type { TableReference } from '../sql/elements/column-expression.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import {
  FinalName,
  givenSchema,
  nameParts,
  QuotedName,
  type NameLike,
} from '../sql/elements/identifier.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import { ColumnClass, type Column } from '../sql/schema/column.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import { assertTargetKnown, ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import { isNamedByTarget, resolveName } from '../sql/schema/naming.ts'
import {
  BLANK_SCHEMA,
  TableClass,
  type DialectTableOptions,
  type TableItem,
  type TableOptions,
} from '../sql/schema/table.ts'
import { Index, type DialectIndexOptions, type IndexOptions } from '../sql/schema/table-index.ts'

/** Options of a throw-away table; the schema's name may have its quoting forced. */
export interface TableSettings extends Omit<TableOptions, 'schema'> {
  readonly schema?: NameLike | null | undefined
  /** Further options, by dialect. */
  readonly dialectOptions?: DialectTableOptions | undefined
}

/** What an index of a throw-away table is made of. */
export interface IndexSettings {
  readonly name: NameLike | null
  /** `null` where the caller didn't say. */
  readonly tableName: NameLike | null
  readonly schema: NameLike | null
  readonly elements: readonly (NameLike | SqlExpression)[]
  readonly options: IndexOptions & DialectIndexOptions
}

/**
 * Makes the throw-away tables, constraints and indexes that operations on names are carried out with.
 *
 * Each stands in a `MetaData` of its own, which has the naming convention of the models: that is how constraints
 * without a name get theirs.
 */
export class SchemaObjects {
  readonly #targetMetadata: unknown

  constructor(opts: Readonly<Record<string, unknown>> = {}) {
    this.#targetMetadata = opts['targetMetadata']
  }

  /** An empty `MetaData` with the naming convention of the models. */
  metadata(): MetaData {
    const target = this.#targetMetadata
    if (!(target instanceof MetaData)) return MetaData()
    return MetaData({ namingConvention: target.namingConvention })
  }

  /** A table; what belongs to another table already is copied. */
  table(
    name: NameLike,
    items: readonly TableItem[] = [],
    settings: TableSettings = {},
    metadata: MetaData = this.metadata(),
  ): TableClass {
    const { schema = null, dialectOptions, ...options } = settings
    const table = new TableClass(
      name,
      metadata,
      items.map((item) => detached(item)),
      { ...options, ...schemaOptions(schema), ...dialectOptions },
    )
    assertComplete(table)
    return table
  }

  /** A table with nothing but columns of these names, for constraints to stand on. */
  namedColumns(
    name: NameLike,
    columns: readonly NameLike[],
    schema: NameLike | null,
    metadata: MetaData = this.metadata(),
  ): TableClass {
    const unique = new Map(columns.map((column) => [nameParts(column).text, column]))
    const items = [...unique.values()].map((column) => this.column(column))
    return this.table(name, items, { schema }, metadata)
  }

  /** A column of which only the name is known. */
  column(name: NameLike): Column {
    return new ColumnClass(name, null, [], {})
  }

  /** An index on a table of these names. */
  index({ name, tableName, schema, elements, options }: IndexSettings): Index {
    const table = this.namedColumns(tableName ?? '', elements.filter(isName), schema)
    const plain = elements.map((element) => (isName(element) ? nameParts(element).text : element))
    const index = new Index(name, ...plain, options)
    table.appendIndex(index)
    return index
  }
}

/** A table by its names alone. */
export function tableReference(name: NameLike, schema: NameLike | null = null): TableReference {
  const { text, quote } = nameParts(name)
  const given = givenSchema(schema)
  if (given === null) return { name: text, quote, schema: null }
  const { text: schemaText, quote: quoteSchema } = nameParts(given)
  return { name: text, quote, schema: schemaText, quoteSchema }
}

/** A list of column names, as several operations take it; one name stands for itself. Throws OperationError. */
export function columnNames(columns: unknown, operation: string): readonly NameLike[] {
  if (Array.isArray(columns)) return columns as readonly NameLike[]
  if (isName(columns)) return [columns]
  throw new OperationError(`${operation} takes a list of column names, for example ['id']`)
}

/** What can't be named, or names a column that isn't there, is an error before anything is sent to the server. */
function assertComplete(table: TableClass): void {
  for (const constraint of table.constraints) {
    const isLeftToType = constraint instanceof CheckConstraint && constraint.typeBound !== null
    if (isLeftToType) continue
    if (constraint instanceof ForeignKeyConstraint && isNamedByTarget(constraint)) {
      assertTargetKnown(
        constraint,
        "give the foreign key a name, which here is made of that column's",
      )
    }
    resolveName(constraint)
  }
  for (const index of table.indexes) {
    resolveName(index)
    // Throws where the table has no such column.
    void index.elements
  }
}

function schemaOptions(schema: NameLike | null): TableOptions {
  const given = givenSchema(schema)
  if (given === null) return { schema: BLANK_SCHEMA }
  const { text, quote } = nameParts(given)
  return quote === null ? { schema: text } : { schema: text, quoteSchema: quote }
}

function detached(item: TableItem): TableItem {
  if (item.table === null) return item
  return item.copy()
}

function isName(value: unknown): value is NameLike {
  return typeof value === 'string' || value instanceof QuotedName || value instanceof FinalName
}
