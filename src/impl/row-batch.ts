import { CompileError } from '../errors/compile-error.ts'
import { OperationError } from '../errors/operation-error.ts'
import { completeRow } from '../sql/compile/client-defaults.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { inColumn, type BoundValue } from '../sql/compile/sql-compiler.ts'
import { BindParameter, SqlExpression } from '../sql/elements/expression.ts'
import { isPlainObject } from '../sql/schema/dialect-options.ts'
import { insert, type StatementTable } from '../sql/elements/statements.ts'

/** A row to insert, by column name. */
export type InsertRow = Readonly<Record<string, unknown>>

/** Refuses what is no list of rows. */
export function assertRows(rows: unknown): void {
  if (!Array.isArray(rows)) throw new OperationError('List expected: bulkInsert takes rows')
  if (rows.every((row) => isPlainObject(row))) return
  throw new OperationError('List of dictionaries expected: each row is an object by column name')
}

/** One INSERT and the values of the rows that it is run for. */
export interface PreparedRows {
  readonly sql: string
  readonly rows: readonly (readonly BoundValue[])[]
}

/** Rows that go into a table together: the keys of the first one say which columns are filled. */
export class RowBatch {
  readonly table: StatementTable
  readonly rows: readonly InsertRow[]

  constructor(table: StatementTable, rows: readonly InsertRow[]) {
    this.table = table
    this.rows = rows.map((row) => completeRow(table.columns, row))
  }

  /**
   * The statements that insert the rows: one for all, or one each where SQL expressions stand among the values.
   *
   * @throws OperationError where a row lacks a value that the first row has, or has one that it lacks
   */
  compile(dialect: Dialect): readonly PreparedRows[] {
    const [first] = this.rows
    if (first === undefined) return []
    const hasExpressions = this.rows.some((row) =>
      Object.values(row).some((value) => value instanceof SqlExpression),
    )
    if (hasExpressions) return this.#eachRow((row) => compileRow(dialect, this.table, row))
    this.#assertSameKeys(Object.keys(first))
    const { sql, parameters } = dialect.sql.compile(insert(this.table).values(placeholders(first)))
    const rows = this.#eachRow((row) =>
      parameters.map((parameter) => ({
        ...parameter,
        value: inColumn(parameter.key, () =>
          dialect.sql.bindValue(row[parameter.key], parameter.type),
        ),
      })),
    )
    return [{ sql, rows }]
  }

  #eachRow<T>(compile: (row: InsertRow) => T): T[] {
    return this.rows.map((row, position) => {
      try {
        return compile(row)
      } catch (error) {
        throw inRow(error, this.table, position)
      }
    })
  }

  #assertSameKeys(keys: readonly string[]): void {
    for (const [position, row] of this.rows.entries()) {
      const missing = keys.find((key) => row[key] === undefined)
      const extra = Object.keys(row).find((key) => !keys.includes(key))
      if (missing === undefined && extra === undefined) continue
      const problem =
        missing === undefined
          ? `Row ${position} of the rows for table '${this.table.name}' has a value for '${extra}', which the first row has not`
          : `A value is required for bind parameter '${missing}', in parameter group ${position}`
      throw new OperationError(
        `${problem}; give all rows the same keys, or pass multiinsert: false`,
      )
    }
  }
}

/** What failed to compile, with the row that it stands in. */
export function inRow(error: unknown, table: StatementTable, position: number): unknown {
  if (!(error instanceof CompileError)) return error
  const message = `Row ${position} of the rows for table '${table.name}', ${error.message}`
  return new CompileError(message, { cause: error.cause ?? error })
}

/** The values themselves travel beside the statement, which all rows share: NULL and what can't be sent as well. */
function placeholders(row: InsertRow): InsertRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof SqlExpression ? value : new BindParameter(null, null, null),
    ]),
  )
}

function compileRow(dialect: Dialect, table: StatementTable, row: InsertRow): PreparedRows {
  const { sql, parameters } = dialect.sql.compile(insert(table).values(row))
  return { sql, rows: [parameters] }
}
