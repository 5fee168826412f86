import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { tableReference } from './schema-objects.ts'

/** Options of `op.renameTable()`. */
export interface RenameTableOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Renames a table, within its schema.
 *
 * @example
 * await op.renameTable('account', 'user_account')
 */
export function renameTable(
  ctx: OperationContext,
  oldTableName: NameLike,
  newTableName: NameLike,
  options: RenameTableOptions = {},
): Queued<void> {
  return ctx.invoke(new RenameTableOp(oldTableName, newTableName, options))
}

/** Renames a table. */
export class RenameTableOp extends MigrateOperation {
  tableName: NameLike
  newTableName: NameLike
  schema: NameLike | null

  constructor(oldTableName: NameLike, newTableName: NameLike, options: RenameTableOptions = {}) {
    super()
    this.tableName = oldTableName
    this.newTableName = newTableName
    this.schema = options.schema ?? null
  }

  override async run(ctx: RunContext): Promise<void> {
    await ctx.impl.renameTable(tableReference(this.tableName, this.schema), this.newTableName)
  }

  override render(writer: SourceWriter): void {
    const args = [writer.name(this.tableName), writer.name(this.newTableName)]
    writer.statement(
      callWithOptions(writer.directive('renameTable'), args, {
        schema: writer.schemaOption(this.schema),
      }),
    )
  }

  override reverse(): RenameTableOp {
    return new RenameTableOp(this.newTableName, this.tableName, { schema: this.schema })
  }

  override toDiffTuple(): readonly unknown[] {
    return ['rename_table', this.schema, this.tableName, this.newTableName]
  }
}
