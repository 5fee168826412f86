import { renderOptional } from '../render/type.ts'
import { renderIndexElement } from '../render/sql-expression.ts'
import { array, callWithOptions } from '../render/source.ts'
import { renderDialectOptions } from '../render/dialect-options.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { ColumnExpression } from '../sql/elements/column-expression.ts'
import { SqlExpression } from '../sql/elements/expression.ts'
import { joinName, type NameLike } from '../sql/elements/identifier.ts'
import { isPlainObject, splitOptions, type DialectOptions } from '../sql/schema/dialect-options.ts'
import { finalName } from '../sql/schema/naming.ts'
import type { DialectIndexOptions, Index, IndexOptions } from '../sql/schema/table-index.ts'
import { OperationError } from '../errors/operation-error.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { SchemaObjects } from './schema-objects.ts'

type OwnOptions = Omit<IndexOptions, 'unique'> & DialectIndexOptions

/** Options of `op.createIndex()`. */
export interface CreateIndexOptions extends IndexOptions, DialectIndexOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF NOT EXISTS`, where the database has it. */
  readonly ifNotExists?: boolean | null | undefined
}

/** Options of `op.dropIndex()`. */
export interface DropIndexOptions extends IndexOptions, DialectIndexOptions {
  /** Needed by the databases in which an index is a thing of its table. */
  readonly tableName?: NameLike | null | undefined
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`, where the database has it. */
  readonly ifExists?: boolean | null | undefined
}

/**
 * Makes an index. Columns are names, `sa.text()` or other expressions; a `null` name is made by the naming convention.
 *
 * @example
 * await op.createIndex('ix_accounts_name', 'accounts', [sa.text('lower(name)')], { unique: true })
 */
export function createIndex(
  ctx: OperationContext,
  indexName: NameLike | null,
  tableName: NameLike,
  columns: readonly (NameLike | SqlExpression)[],
  options: CreateIndexOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateIndexOp(indexName, tableName, columns, options))
}

/** Makes an index. */
export class CreateIndexOp extends MigrateOperation {
  indexName: NameLike | null
  tableName: NameLike
  columns: readonly (NameLike | SqlExpression)[]
  schema: NameLike | null
  unique: boolean
  ifNotExists: boolean | null
  /** Further options: `quote`, `info`, and options by dialect. */
  options: OwnOptions

  constructor(
    indexName: NameLike | null,
    tableName: NameLike,
    columns: readonly (NameLike | SqlExpression)[],
    options: CreateIndexOptions = {},
  ) {
    super()
    const { schema = null, unique, ifNotExists = null, ...rest } = options
    this.indexName = indexName
    this.tableName = tableName
    this.columns = Array.isArray(columns) ? columns : [columns as unknown as NameLike]
    this.schema = schema
    this.unique = unique ?? false
    this.ifNotExists = ifNotExists
    splitOptions({ kind: 'index', label: 'createIndex' }, rest, ['quote', 'info'])
    this.options = rest
  }

  static fromIndex(index: Index): CreateIndexOp {
    const { table, schema } = tableOf(index)
    // By name: a column's key is the models' own.
    const columns = index.elements.map((element) =>
      element instanceof ColumnExpression ? joinName(element.name, element.quote, false) : element,
    )
    const { unique, info, dialectOptions } = index
    return new CreateIndexOp(finalName(index), table, columns, {
      schema,
      unique,
      ...(Object.keys(info).length === 0 ? {} : { info }),
      ...dialectOptions,
    })
  }

  /** The index, on a throw-away table. */
  toIndex(objects: SchemaObjects = new SchemaObjects()): Index {
    return objects.index({
      name: this.indexName,
      tableName: this.tableName,
      schema: this.schema,
      elements: this.columns,
      options: { unique: this.unique, ...this.options },
    })
  }

  override async run(ctx: RunContext): Promise<void> {
    const ifNotExists = this.ifNotExists ?? false
    await ctx.impl.createIndex(this.toIndex(ctx.schemaObjects), { ifNotExists })
  }

  override reverse(): DropIndexOp {
    return DropIndexOp.fromIndex(this.toIndex())
  }

  override render(writer: SourceWriter): void {
    const elements = this.columns.map((element) =>
      element instanceof SqlExpression ? renderIndexElement(element, writer) : writer.name(element),
    )
    const { quote: _quote, info: _info, ...dialectOptions } = this.options
    const args = [
      writer.name(this.indexName),
      ...writer.tableArgument(this.tableName),
      array(elements),
    ]
    writer.statement(
      callWithOptions(writer.directive('createIndex'), args, {
        unique: this.unique ? 'true' : undefined,
        schema: writer.schemaOption(this.schema),
        ifNotExists: renderOptional(this.ifNotExists, writer),
        ...renderDialectOptions(dialectOptions as DialectOptions, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_index', this.toIndex()]
  }
}

/** What the naming convention takes for the table of an index of which neither name nor table is known. */
const PLACEHOLDER = 'no_table'

/** Drops an index. */
export class DropIndexOp extends MigrateOperation {
  indexName: NameLike | null
  tableName: NameLike | null
  schema: NameLike | null
  ifExists: boolean | null
  options: IndexOptions & DialectIndexOptions
  /** What brings the index back, where it is known. */
  readonly original: CreateIndexOp | null

  constructor(
    indexName: NameLike | null,
    options: DropIndexOptions = {},
    original: CreateIndexOp | null = null,
  ) {
    super()
    const { tableName = null, schema = null, ifExists = null, ...rest } = options
    this.indexName = indexName
    this.tableName = tableName
    this.schema = schema
    this.ifExists = ifExists
    splitOptions({ kind: 'index', label: 'dropIndex' }, rest, ['unique', 'quote', 'info'])
    this.options = rest
    this.original = original
  }

  static fromIndex(index: Index): DropIndexOp {
    const { table, schema } = tableOf(index)
    const { unique, dialectOptions } = index
    return new DropIndexOp(
      finalName(index),
      { tableName: table, schema, unique, ...dialectOptions },
      CreateIndexOp.fromIndex(index),
    )
  }

  /** The index as far as it is known, on a throw-away table. */
  toIndex(objects: SchemaObjects = new SchemaObjects()): Index {
    const { tableName, schema, options } = this
    const elements = this.original?.columns ?? ['x']
    const settings = { tableName, schema, elements, options }
    if (this.indexName !== null || tableName !== null) {
      return objects.index({ ...settings, name: this.indexName })
    }
    const placeholder = objects.index({ ...settings, name: null, tableName: PLACEHOLDER })
    return objects.index({ ...settings, name: finalName(placeholder) })
  }

  override async run(ctx: RunContext): Promise<void> {
    const ifExists = this.ifExists ?? false
    await ctx.impl.dropIndex(this.toIndex(ctx.schemaObjects), { ifExists })
  }

  override reverse(): CreateIndexOp {
    if (this.original === null) {
      throw new OperationError('operation is not reversible; original index is not present')
    }
    return CreateIndexOp.fromIndex(this.toIndex())
  }

  override render(writer: SourceWriter): void {
    const table = this.tableName === null ? [] : writer.tableArgument(this.tableName)
    const { unique: _unique, quote: _quote, info: _info, ...dialectOptions } = this.options
    const { dropIndexOptions = [] } = writer.context.rendering
    const own = Object.entries(dialectOptions as DialectOptions).map(([dialect, options]) => [
      dialect,
      Object.fromEntries(
        Object.entries(options ?? {}).filter(([key]) => dropIndexOptions.includes(key)),
      ),
    ])
    writer.statement(
      callWithOptions(writer.directive('dropIndex'), [writer.name(this.indexName), ...table], {
        schema: writer.schemaOption(this.schema),
        ifExists: renderOptional(this.ifExists, writer),
        ...renderDialectOptions(Object.fromEntries(own) as DialectOptions, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_index', this.toIndex()]
  }
}

function tableOf(index: Index): { readonly table: NameLike; readonly schema: NameLike | null } {
  const { table } = index
  if (table === null) {
    throw new OperationError(`Index '${index.name ?? ''}' belongs to no table; append it to one`)
  }
  return {
    table: joinName(table.name, table.quote, false),
    schema: table.schema === null ? null : joinName(table.schema, table.quoteSchema ?? null, false),
  }
}

/**
 * Drops an index. A `null` name is made by the naming convention. The table is needed by the databases in which an index is
 * a thing of its table.
 *
 * @example
 * await op.dropIndex('ix_accounts_name', 'accounts')
 */
export function dropIndex(
  ctx: OperationContext,
  indexName: NameLike | null,
  tableName?: NameLike | DropIndexOptions | null,
  options?: DropIndexOptions,
): Queued<void> {
  const given = isPlainObject(tableName)
    ? (tableName as DropIndexOptions)
    : { ...options, ...(tableName === undefined || tableName === null ? {} : { tableName }) }
  return ctx.invoke(new DropIndexOp(indexName, given as DropIndexOptions))
}
