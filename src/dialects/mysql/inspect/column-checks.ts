import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupRows, text, type Catalog, type CatalogRow } from './catalog.ts'
import { readableExpression } from './expression-text.ts'
import { readCheckRows } from './periods.ts'

/** The condition that MariaDB keeps with a column, if there is one. */
export type ColumnChecks = (table: string, column: string) => string | undefined

/**
 * CHECKs that stand with columns, as the session reads them. They go by the column's name at the time they were made, which RENAME
 * COLUMN leaves as it is (10.11): then the one column that the condition is about tells. Since 10.5.10 the server says which
 * ones they are.
 */
export async function readColumnChecks(
  catalog: Catalog,
  scope: CatalogScope,
  columns: readonly CatalogRow[],
): Promise<ColumnChecks> {
  const { traits, connection } = catalog
  const isTold =
    traits.isMariadb && !traits.reflectsAsReference && catalog.isAtLeast([10, 5, 10], [])
  if (!isTold) return () => undefined
  const { preparer } = connection.dialect
  const ofTables = groupRows(columns, 'table_name')
  const found = new Map<string, string>()
  for (const row of await readCheckRows(catalog, scope)) {
    if (row['level'] !== 'Column') continue
    const table = text(row, 'table_name')
    const clause = text(row, 'check_clause')
    const names = (ofTables.get(table) ?? []).map((column) => text(column, 'column_name'))
    const own = text(row, 'constraint_name')
    const mentioned = names.filter((name) => clause.includes(preparer.quoteAlways(name)))
    const column = names.includes(own) ? own : mentioned.length === 1 ? mentioned[0] : undefined
    if (column === undefined) continue
    found.set(JSON.stringify([table, column]), readableExpression(connection.dialect, clause))
  }
  return (table, column) => found.get(JSON.stringify([table, column]))
}
