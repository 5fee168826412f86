import { renderOptional } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import { renderDialectOptions } from '../render/dialect-options.ts'
import { renderColumn } from '../render/column.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import { joinName, type NameLike } from '../sql/elements/identifier.ts'
import { ColumnClass, toType, type Column, type TypeLike } from '../sql/schema/column.ts'
import { splitOptions, type DialectOptions } from '../sql/schema/dialect-options.ts'
import { ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint } from '../sql/schema/key-constraints.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { SchemaObjects, tableReference } from './schema-objects.ts'

/** Options of `op.addColumn()`. */
export interface AddColumnOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF NOT EXISTS`, where the database has it. */
  readonly ifNotExists?: boolean | null | undefined
  /** Writes the column's foreign key behind the column instead of adding a constraint. */
  readonly inlineReferences?: boolean | null | undefined
  /** Writes `PRIMARY KEY` behind a column that is one. */
  readonly inlinePrimaryKey?: boolean | null | undefined
}

/** Where a column goes in a table that a batch makes anew. */
export interface ColumnPosition {
  readonly insertBefore?: string | null | undefined
  readonly insertAfter?: string | null | undefined
}

/** Options of dropping a column that one database alone understands; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectDropColumnOptions {}

/** Options of `op.dropColumn()`. */
export interface DropColumnOptions extends DialectDropColumnOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`, where the database has it. */
  readonly ifExists?: boolean | null | undefined
  /** In a batch that makes the table anew: a `Boolean` or `Enum` whose CHECK, by its name, goes with the column. */
  readonly existingType?: TypeLike | null | undefined
}

/**
 * Adds a column, with the constraints, the index and the comment that it brings along.
 *
 * @example
 * await op.addColumn('organization', sa.Column('account_id', sa.Integer(), sa.ForeignKey('accounts.id')))
 */
export function addColumn(
  ctx: OperationContext,
  tableName: NameLike,
  column: Column,
  options: AddColumnOptions = {},
): Queued<void> {
  return ctx.invoke(new AddColumnOp(tableName, column, options))
}

/** Adds a column. */
export class AddColumnOp extends MigrateOperation {
  tableName: NameLike
  column: Column
  schema: NameLike | null
  ifNotExists: boolean | null
  inlineReferences: boolean | null
  inlinePrimaryKey: boolean | null
  /** NOT NULL in a table that may have rows: it is written in three steps, with a place to fill the rows between them. */
  needsBackfill = false
  /** Where the column goes; only in a batch that makes the table anew. */
  position: ColumnPosition

  constructor(
    tableName: NameLike,
    column: Column,
    options: AddColumnOptions = {},
    position: ColumnPosition = {},
  ) {
    super()
    if (!(column instanceof ColumnClass)) {
      throw new OperationError(`addColumn takes a column, sa.Column(…), not ${String(column)}`)
    }
    this.tableName = tableName
    this.column = column
    this.schema = options.schema ?? null
    this.ifNotExists = options.ifNotExists ?? null
    this.inlineReferences = options.inlineReferences ?? null
    this.inlinePrimaryKey = options.inlinePrimaryKey ?? null
    this.position = position
  }

  override async run(ctx: RunContext): Promise<void> {
    const { impl, dialect } = ctx
    const owner = ctx.schemaObjects.table(this.tableName, [this.column], { schema: this.schema })
    const [column] = owner.columns
    if (column === undefined) return
    const { insertBefore, insertAfter } = this.position
    await impl.addColumn(tableReference(this.tableName, this.schema), column, {
      ifNotExists: this.ifNotExists ?? false,
      inlineReferences: this.inlineReferences ?? false,
      inlinePrimaryKey: this.inlinePrimaryKey ?? false,
      ...(typeof insertBefore === 'string' ? { insertBefore } : {}),
      ...(typeof insertAfter === 'string' ? { insertAfter } : {}),
    })
    for (const constraint of owner.constraints) {
      if (constraint instanceof PrimaryKeyConstraint) continue
      if (constraint instanceof ForeignKeyConstraint && this.#isInline(column)) continue
      await impl.addConstraint(constraint)
    }
    for (const index of owner.indexes) await impl.createIndex(index)
    const { supportsComments, inlineComments } = dialect.traits
    if (hasComment(column) && supportsComments && !inlineComments) {
      await impl.createColumnComment(column)
    }
  }

  override render(writer: SourceWriter): void {
    const column = renderColumn(this.column, writer, {
      withConstraints: true,
      withPrimaryKey: this.inlinePrimaryKey !== null,
    })
    if (column === null) return
    const args = [...writer.tableArgument(this.tableName), column]
    writer.statement(
      callWithOptions(writer.directive('addColumn'), args, {
        schema: writer.schemaOption(this.schema),
        ifNotExists: renderOptional(this.ifNotExists, writer),
        inlineReferences: renderOptional(this.inlineReferences, writer),
        inlinePrimaryKey: renderOptional(this.inlinePrimaryKey, writer),
        insertBefore: renderOptional(this.position.insertBefore, writer),
        insertAfter: renderOptional(this.position.insertAfter, writer),
      }),
    )
  }

  /** Whether the foreign key was written with the column. */
  #isInline(column: Column): boolean {
    return this.inlineReferences === true && column.foreignKeys.length === 1
  }

  override reverse(): DropColumnOp {
    const { name, quote } = this.column
    const options = { schema: this.schema, ifExists: this.ifNotExists }
    return new DropColumnOp(this.tableName, joinName(name, quote, false), options, this.column)
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_column', this.schema, this.tableName, this.column]
  }
}

/** Drops a column. */
export class DropColumnOp extends MigrateOperation {
  tableName: NameLike
  columnName: NameLike
  schema: NameLike | null
  ifExists: boolean | null
  existingType: TypeEngine | undefined
  /** Options by dialect. */
  options: DialectOptions
  /** The column as it was, where it is known. */
  readonly original: Column | null

  constructor(
    tableName: NameLike,
    columnName: NameLike,
    options: DropColumnOptions = {},
    original: Column | null = null,
  ) {
    super()
    const { schema = null, ifExists = null, existingType, ...rest } = options
    this.tableName = tableName
    this.columnName = columnName
    this.schema = schema
    this.ifExists = ifExists
    this.existingType = toType(existingType)
    this.options = splitOptions({ kind: 'dropColumn', label: 'dropColumn' }, rest, []).dialects
    this.original = original
  }

  /** The column as far as it is known. */
  toColumn(objects: SchemaObjects = new SchemaObjects()): Column {
    return this.original ?? objects.column(this.columnName)
  }

  override async run(ctx: RunContext): Promise<void> {
    const { ifExists, existingType, options: dialectOptions } = this
    await ctx.impl.dropColumn(tableReference(this.tableName, this.schema), this.columnName, {
      ifExists: ifExists ?? false,
      existingType,
      dialectOptions,
    })
  }

  override reverse(): AddColumnOp {
    if (this.original === null) {
      throw new OperationError('operation is not reversible; original column is not present')
    }
    const { schema, ifExists: ifNotExists } = this
    return new AddColumnOp(this.tableName, this.original, { schema, ifNotExists })
  }

  override render(writer: SourceWriter): void {
    const args = [...writer.tableArgument(this.tableName), writer.name(this.columnName)]
    writer.statement(
      callWithOptions(writer.directive('dropColumn'), args, {
        schema: writer.schemaOption(this.schema),
        ifExists: renderOptional(this.ifExists, writer),
        ...renderDialectOptions(this.options, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_column', this.schema, this.tableName, this.toColumn()]
  }
}

function hasComment(column: Column): boolean {
  return column.comment !== null && column.comment !== ''
}

/**
 * Drops a column.
 *
 * @example
 * await op.dropColumn('organization', 'account_id')
 */
export function dropColumn(
  ctx: OperationContext,
  tableName: NameLike,
  columnName: NameLike,
  options: DropColumnOptions = {},
): Queued<void> {
  return ctx.invoke(new DropColumnOp(tableName, columnName, options))
}
