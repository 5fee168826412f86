import type { InsertRow } from '../impl/row-batch.ts'
import type { RowSource } from '../impl/row-source.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { InferInsert } from '../sql/schema/row-types.ts'
import type { TableClass, TableItem } from '../sql/schema/table.ts'
import type { BulkInsertOptions, InsertTarget } from './bulk-insert.ts'
import type { CreateTableOptions } from './create-table.ts'
import type { Queued } from './queued.ts'

/** A row of a table whose columns are known to the compiler; any value may be SQL instead. */
type TypedRow<Row> = { readonly [K in keyof Row]: Row[K] | SqlExpression }

/** What can be inserted into a table: any columns where the compiler does not know them. */
export type RowToInsert<T> = T extends { readonly $items: infer Items extends readonly unknown[] }
  ? number extends Items['length']
    ? InsertRow
    : TypedRow<InferInsert<T>>
  : InsertRow

/** `op.createTable()`: keeps what the columns say of rows. */
export interface CreateTable {
  /**
   * Makes a table of columns, constraints and indexes, and gives it back, for `op.bulkInsert()` for example.
   *
   * @example
   * const account = op.createTable(
   *   'account',
   *   sa.Column('id', sa.Integer(), { primaryKey: true }),
   *   sa.Column('name', sa.String(50), { nullable: false }),
   *   { comment: 'who may log in' },
   * )
   * await op.bulkInsert(account, [{ name: 'root' }])
   */
  <const Items extends readonly TableItem[]>(
    tableName: NameLike,
    ...items: Items
  ): Queued<TableClass<string, Items>>
  <const Items extends readonly TableItem[]>(
    tableName: NameLike,
    ...items: readonly [...Items, CreateTableOptions]
  ): Queued<TableClass<string, Items>>
}

/** `op.bulkInsert()`: checks rows where the columns are known. */
export interface BulkInsert {
  /**
   * Inserts rows; in a script one INSERT per row, with literals. The rows are a list, or any iterable, asynchronous ones
   * as well, which is read as the rows are sent.
   *
   * @example
   * await op.bulkInsert(sa.table('account', sa.column('name', sa.String())), [
   *   { name: 'root' },
   *   { name: 'guest' },
   * ])
   */
  <T extends InsertTarget>(
    table: T,
    rows: RowSource<RowToInsert<Awaited<T>>>,
    options?: BulkInsertOptions,
  ): Queued<void>
}
