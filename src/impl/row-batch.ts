import { CompileError } from '../errors/compile-error.ts'
import type { StatementTable } from '../sql/elements/statements.ts'

/** A row to insert, by column name. */
export type InsertRow = Readonly<Record<string, unknown>>

/** One INSERT, and the rows that it runs for. */
export interface RowBatch {
  readonly table: StatementTable
  readonly sql: string
  /** The values of the placeholders, as they travel, a list for each row. */
  readonly rows: readonly (readonly unknown[])[]
  /** Position of the first row among all that were given. */
  readonly first: number
}

/** What failed to compile, with the row that it stands in. */
export function inRow(error: unknown, table: StatementTable, position: number): unknown {
  if (!(error instanceof CompileError)) return error
  const message = `Row ${position} of the rows for table '${table.name}', ${error.message}`
  return new CompileError(message, { cause: error.cause ?? error })
}
