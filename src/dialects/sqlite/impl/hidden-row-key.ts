import type { Dialect } from '../../../sql/compile/dialect.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { foldName } from '../inspect/tokens.ts'

/** The names of the number that SQLite gives to every row; a column of the same name hides it. */
const ROW_KEYS = ['rowid', '_rowid_', 'oid']

/**
 * The name under which both tables show their rows' numbers, where no column of the new one stands for them. Full-text
 * tables with `content=` find their rows by that number.
 */
export function hiddenRowKey(
  dialect: Dialect,
  table: TableClass,
  newTable: TableClass,
): string | null {
  if (!hasRowid(table) || !hasRowid(newTable) || isNumbered(dialect, newTable)) return null
  const hidden = new Set([...table.columns, ...newTable.columns].map(({ name }) => foldName(name)))
  return ROW_KEYS.find((name) => !hidden.has(name)) ?? null
}

function hasRowid({ dialectOptions }: TableClass): boolean {
  return dialectOption(dialectOptions, 'sqlite', 'withRowid') !== false
}

/** Whether a column is the row's number: an only primary key whose declared type is the word INTEGER. */
function isNumbered(dialect: Dialect, { primaryKey }: TableClass): boolean {
  const [column, second] = primaryKey.columns
  if (column?.type === undefined || column.type === null || second !== undefined) return false
  return dialect.types.compile(column.type).toUpperCase() === 'INTEGER'
}
