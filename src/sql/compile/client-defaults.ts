import type { ColumnExpression } from '../elements/column-expression.ts'
import { BindParameter, SqlExpression } from '../elements/expression.ts'
import { Insert } from '../elements/statements.ts'
import { ColumnClass } from '../schema/column.ts'
import type { TypeEngine } from '../types/type-engine.ts'

/** A value that a row did not say: the column's `default`. */
export class ClientDefault extends BindParameter {
  constructor(column: ColumnExpression, value: unknown, type: TypeEngine | null) {
    super(column.name, value, type)
  }
}

/** An INSERT whose rows have the columns' `default` where they say nothing of a column. */
export function withClientDefaults(insert: Insert): Insert {
  const { columns } = insert.table
  const filled = columns.filter((column) => clientDefault(column) !== null)
  if (filled.length === 0 || insert.selected !== null) return insert
  const rows = insert.rows.map((row) => {
    const missing = filled.filter((column) => !row.some((item) => item.column === column))
    const added = missing.map((column) => ({ column, value: defaultOf(column) }))
    return [...row, ...added].toSorted(
      (a, b) => columns.indexOf(a.column) - columns.indexOf(b.column),
    )
  })
  return new Insert(insert.table, rows)
}

type Row = Readonly<Record<string, unknown>>

/** What gives rows the columns' `default` where they say nothing of a column. */
export function rowCompleter(columns: readonly ColumnExpression[]): (row: Row) => Row {
  const filled = columns.filter((column) => clientDefault(column) !== null)
  if (filled.length === 0) return (row) => row
  return (row) => {
    const missing = filled.filter((column) => !Object.hasOwn(row, column.name))
    if (missing.length === 0) return row
    const added = missing.map((column) => [column.name, valueOf(column)])
    return { ...row, ...(Object.fromEntries(added) as Row) }
  }
}

function defaultOf(column: ColumnExpression): SqlExpression {
  const value = valueOf(column)
  return value instanceof SqlExpression ? value : new ClientDefault(column, value, column.type)
}

/** A function is asked for each row. */
function valueOf(column: ColumnExpression): unknown {
  const given = clientDefault(column)
  return typeof given === 'function' ? (given as () => unknown)() : given
}

function clientDefault(column: ColumnExpression): unknown {
  return column instanceof ColumnClass ? (column.options.default ?? null) : null
}
