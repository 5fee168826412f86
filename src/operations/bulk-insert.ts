import { OperationError } from '../errors/operation-error.ts'
import type { RowSource } from '../impl/row-source.ts'
import type { StatementTable } from '../sql/elements/statements.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.bulkInsert()`. */
export interface BulkInsertOptions {
  /** `false` sends one INSERT per row, for rows with different keys; `true` unless given. */
  readonly multiinsert?: boolean | undefined
}

/** A table to insert into: a `Table`, `sa.table()`, or what `op.createTable()` returned. */
export type InsertTarget = StatementTable | PromiseLike<StatementTable>

/**
 * Inserts rows; in a script one INSERT per row, with literals. The rows are a list, or any iterable, asynchronous ones as
 * well, which is read as the rows are sent: memory does not grow with their number. Where it throws, or the database
 * refuses a row, no row of this call is kept (on a database with transactions), and the iterator is closed.
 *
 * @example
 * await op.bulkInsert(sa.table('account', sa.column('name', sa.String())), [
 *   { name: 'root' },
 *   { name: 'guest' },
 * ])
 */
export function bulkInsert(
  ctx: OperationContext,
  table: InsertTarget,
  rows: RowSource,
  options: BulkInsertOptions = {},
): Queued<void> {
  return ctx.invoke(new BulkInsertOp(table, rows, options))
}

/** Inserts rows. */
export class BulkInsertOp extends MigrateOperation {
  table: InsertTarget
  rows: RowSource
  multiinsert: boolean

  constructor(table: InsertTarget, rows: RowSource, options: BulkInsertOptions = {}) {
    super()
    this.table = table
    this.rows = rows
    this.multiinsert = options.multiinsert ?? true
  }

  override async run(ctx: RunContext): Promise<void> {
    const table = await this.table
    if (typeof table !== 'object' || !Array.isArray(table.columns)) {
      throw new OperationError(
        "bulkInsert takes a table: what op.createTable() returned, or sa.table('name', sa.column('a'))",
      )
    }
    await ctx.impl.bulkInsert(table, this.rows, { multiinsert: this.multiinsert })
  }
}
