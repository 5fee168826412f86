import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { TableClass } from '../sql/schema/table.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { SchemaObjects } from './schema-objects.ts'

/** Options of `op.createTableComment()` and `op.dropTableComment()`. */
export interface TableCommentOptions {
  /** The comment that the table has; what the opposite operation puts back. */
  readonly existingComment?: string | null | undefined
  readonly schema?: NameLike | null | undefined
}

/**
 * Gives a table a comment, in place of the one that it has.
 *
 * @example
 * await op.createTableComment('account', 'who may log in')
 */
export function createTableComment(
  ctx: OperationContext,
  tableName: NameLike,
  comment: string | null,
  options: TableCommentOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateTableCommentOp(tableName, comment, options))
}

/** Gives a table a comment. */
export class CreateTableCommentOp extends MigrateOperation {
  tableName: NameLike
  comment: string | null
  existingComment: string | null
  schema: NameLike | null

  constructor(tableName: NameLike, comment: string | null, options: TableCommentOptions = {}) {
    super()
    this.tableName = tableName
    this.comment = comment
    this.existingComment = options.existingComment ?? null
    this.schema = options.schema ?? null
  }

  /** The table with its comment, in a throw-away `MetaData`. */
  toTable(objects: SchemaObjects = new SchemaObjects()): TableClass {
    return objects.table(this.tableName, [], { schema: this.schema, comment: this.comment })
  }

  override async run(ctx: RunContext): Promise<void> {
    await ctx.impl.createTableComment(this.toTable(ctx.schemaObjects))
  }

  override reverse(): CreateTableCommentOp | DropTableCommentOp {
    const options = { existingComment: this.comment, schema: this.schema }
    return this.existingComment === null
      ? new DropTableCommentOp(this.tableName, options)
      : new CreateTableCommentOp(this.tableName, this.existingComment, options)
  }

  override render(writer: SourceWriter): void {
    const args = [...writer.tableArgument(this.tableName), renderValue(this.comment, writer)]
    writer.statement(
      callWithOptions(writer.directive('createTableComment'), args, {
        existingComment: renderOptional(this.existingComment, writer),
        schema: writer.schemaOption(this.schema),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_table_comment', this.toTable(), this.existingComment]
  }
}

/** Takes a table's comment away. */
export class DropTableCommentOp extends MigrateOperation {
  tableName: NameLike
  existingComment: string | null
  schema: NameLike | null

  constructor(tableName: NameLike, options: TableCommentOptions = {}) {
    super()
    this.tableName = tableName
    this.existingComment = options.existingComment ?? null
    this.schema = options.schema ?? null
  }

  /** The table without its comment, in a throw-away `MetaData`. */
  toTable(objects: SchemaObjects = new SchemaObjects()): TableClass {
    return objects.table(this.tableName, [], { schema: this.schema })
  }

  override async run(ctx: RunContext): Promise<void> {
    await ctx.impl.dropTableComment(this.toTable(ctx.schemaObjects))
  }

  override reverse(): CreateTableCommentOp {
    return new CreateTableCommentOp(this.tableName, this.existingComment, { schema: this.schema })
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('dropTableComment'), writer.tableArgument(this.tableName), {
        existingComment: renderOptional(this.existingComment, writer),
        schema: writer.schemaOption(this.schema),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_table_comment', this.toTable()]
  }
}

/**
 * Takes a table's comment away.
 *
 * @example
 * await op.dropTableComment('account', { existingComment: 'who may log in' })
 */
export function dropTableComment(
  ctx: OperationContext,
  tableName: NameLike,
  options: TableCommentOptions = {},
): Queued<void> {
  return ctx.invoke(new DropTableCommentOp(tableName, options))
}
