import { rowCompleter } from '../sql/compile/client-defaults.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { insert, type StatementTable } from '../sql/elements/statements.ts'
import { inRow, type InsertRow, type RowBatch } from './row-batch.ts'
import { hasExpressions, RowPlan } from './row-plan.ts'
import type { RowReader } from './row-source.ts'

/**
 * Enough for the cost of a statement to vanish, few enough for memory; drivers cut further for their servers' limits. More
 * than 1000, of which the journal would hash each value.
 */
const MAX_ROWS = 1024
const MAX_CHARACTERS = 4 * 1_048_576

/** Makes batches of rows as they are read; where they are cut depends on the rows alone. */
export class BatchReader {
  readonly #dialect: Dialect
  readonly #table: StatementTable
  readonly #reader: RowReader
  readonly #complete: (row: InsertRow) => InsertRow
  #plan: RowPlan | undefined
  #rows: (readonly unknown[])[] = []
  #first = 0
  #characters = 0
  /** A row that needs a statement of its own, after the batch before it. */
  #single: RowBatch | undefined

  constructor(dialect: Dialect, table: StatementTable, reader: RowReader) {
    this.#dialect = dialect
    this.#table = table
    this.#reader = reader
    this.#complete = rowCompleter(table.columns)
  }

  /** Whether there may be more after the batches that were given. */
  get hasMore(): boolean {
    return !this.#reader.isDone || this.#single !== undefined
  }

  /**
   * The next batch; `undefined` after the last one.
   *
   * @throws OperationError where a row lacks a value that the first row has, or has one that it lacks
   */
  async next(): Promise<RowBatch | undefined> {
    if (this.#single === undefined) await this.#reader.read((row, at) => this.#add(row, at))
    if (this.#rows.length === 0) {
      const single = this.#single
      this.#single = undefined
      return single
    }
    const batch = { table: this.#table, sql: this.#plan?.sql ?? '', rows: this.#rows }
    this.#rows = []
    this.#characters = 0
    return { ...batch, first: this.#first }
  }

  /** Whether the batch takes more. */
  #add(given: InsertRow, position: number): boolean {
    const row = this.#complete(given)
    const plan = (this.#plan ??= new RowPlan(this.#dialect, this.#table, row))
    const values = plan.bind(row, position)
    if (values !== undefined) return this.#addValues(values, plan.length, position)
    // Rows beside those with SQL in them may differ, too.
    if (!hasExpressions(row) && this.#reader.list?.some(hasExpressions) !== true) {
      throw plan.mismatch(row, position)
    }
    this.#single = this.#compileRow(row, position)
    return false
  }

  #addValues(values: readonly unknown[], length: number, position: number): boolean {
    if (this.#rows.push(values) === 1) this.#first = position
    this.#characters += length
    return this.#rows.length < MAX_ROWS && this.#characters < MAX_CHARACTERS
  }

  #compileRow(row: InsertRow, position: number): RowBatch {
    try {
      const { sql, parameters } = this.#dialect.sql.compile(insert(this.#table).values(row))
      const rows = [parameters.map(({ value }) => value)]
      return { table: this.#table, sql, rows, first: position }
    } catch (error) {
      throw inRow(error, this.#table, position)
    }
  }
}
