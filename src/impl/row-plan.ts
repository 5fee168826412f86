import { OperationError } from '../errors/operation-error.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { isPlainScalar } from '../sql/compile/bound-form.ts'
import { inColumn } from '../sql/compile/sql-compiler.ts'
import { BindParameter, SqlExpression } from '../sql/elements/expression.ts'
import { insert, type StatementTable } from '../sql/elements/statements.ts'
import { inRow, type InsertRow } from './row-batch.ts'

/** What the rows of one INSERT have in common: the keys of the first one say which columns are filled. */
export class RowPlan {
  readonly sql: string
  readonly #table: StatementTable
  /** The columns of the placeholders, in their order. */
  readonly #names: readonly string[]
  /** The keys of the first row in its own order, which most rows have, and where the value of each goes. */
  readonly #keys: readonly string[]
  readonly #slots: readonly number[]
  readonly #binders: readonly ((value: unknown) => unknown)[]
  /** By column, whether most values travel as they are. */
  readonly #asGiven: readonly boolean[]
  #length = 0

  constructor(dialect: Dialect, table: StatementTable, first: InsertRow) {
    this.#table = table
    const { sql, parameters } = dialect.sql.compile(insert(table).values(placeholders(first)))
    this.sql = sql
    this.#names = parameters.map(({ key }) => key)
    const keys = Object.keys(first)
    const slots = keys.map((key) => this.#names.indexOf(key))
    // Without the fast way, all rows go by name.
    this.#keys = keys.length === this.#names.length && !slots.includes(-1) ? keys : []
    this.#slots = slots
    this.#binders = parameters.map(({ type }) => dialect.sql.binderOf(type))
    this.#asGiven = parameters.map(({ type }) => dialect.sql.bindsAsGiven(type))
  }

  /** Characters and bytes of the row that was bound last. */
  get length(): number {
    return this.#length
  }

  /**
   * The values of a row, as they travel; undefined where it fills other columns than the first one, or has SQL in it.
   *
   * @throws CompileError, which says the row and the column, for what a column can't hold
   */
  bind(row: InsertRow, position: number): readonly unknown[] | undefined {
    if (!this.#hasKeysInOrder(row)) return this.#bindByName(row, position)
    const keys = this.#keys
    const slots = this.#slots
    const asGiven = this.#asGiven
    const values = Array<unknown>(keys.length)
    let length = 0
    for (let at = 0; at < keys.length; at++) {
      const slot = slots[at] as number
      const value = row[keys[at] as string]
      if (asGiven[slot] === true && isPlainScalar(value)) {
        if (typeof value === 'string') length += value.length
        values[slot] = value
        continue
      }
      if (value === undefined || isSql(value)) return undefined
      const bound = this.#bindValue(value, slot, position)
      length += lengthOf(bound)
      values[slot] = bound
    }
    this.#length = length
    return values
  }

  /** Makes no list of the keys, which are mostly the same text in memory as the first row's. */
  #hasKeysInOrder(row: InsertRow): boolean {
    const keys = this.#keys
    let count = 0
    for (const key in row) {
      if (key === keys[count]) count += 1
      else return false
    }
    return count === keys.length
  }

  /** For rows with their keys in another order. */
  #bindByName(row: InsertRow, position: number): readonly unknown[] | undefined {
    const names = this.#names
    if (Object.keys(row).length !== names.length) return undefined
    this.#length = 0
    const values: unknown[] = []
    for (const [slot, name] of names.entries()) {
      const value = row[name]
      if (value === undefined || isSql(value)) return undefined
      const bound = this.#bindValue(value, slot, position)
      this.#length += lengthOf(bound)
      values.push(bound)
    }
    return values
  }

  #bindValue(value: unknown, slot: number, position: number): unknown {
    try {
      return this.#binders[slot]?.(value)
    } catch (error) {
      throw inRow(inThisColumn(error, this.#names[slot] ?? ''), this.#table, position)
    }
  }

  /** The error for a row with other columns than the first one. */
  mismatch(row: InsertRow, position: number): OperationError {
    const missing = this.#names.find((name) => row[name] === undefined)
    const extra = Object.keys(row).find((key) => !this.#names.includes(key))
    const problem =
      missing === undefined
        ? `Row ${position} of the rows for table '${this.#table.name}' has a value for '${extra}', which the first row has not`
        : `A value is required for bind parameter '${missing}', in parameter group ${position}`
    return new OperationError(`${problem}; give all rows the same keys, or pass multiinsert: false`)
  }
}

/** Whether SQL stands among the values: such a row has a statement of its own. */
export function hasExpressions(row: InsertRow): boolean {
  return Object.values(row).some(isSql)
}

function lengthOf(bound: unknown): number {
  if (typeof bound === 'string') return bound.length
  return bound instanceof Uint8Array ? bound.byteLength : 0
}

function isSql(value: unknown): boolean {
  return typeof value === 'object' && value instanceof SqlExpression
}

/** What inColumn() makes of a failure. */
function inThisColumn(error: unknown, name: string): unknown {
  try {
    return inColumn(name, () => {
      throw error
    })
  } catch (told) {
    return told
  }
}

/** The values themselves travel beside the statement, which all rows share: NULL and what can't be sent as well. */
function placeholders(row: InsertRow): InsertRow {
  const entries = Object.keys(row).map((name) => [name, new BindParameter(null, null, null)])
  return Object.fromEntries(entries) as InsertRow
}
