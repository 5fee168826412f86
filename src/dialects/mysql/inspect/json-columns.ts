import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { text, type Catalog, type CatalogRow } from './catalog.ts'
import { readCheckRows } from './periods.ts'

/** Tells whether a column was declared as JSON. */
export type IsJson = (table: string, column: string) => boolean

/**
 * MariaDB's JSON is a LONGTEXT whose column has the CHECK `json_valid()` of itself: what is written as LONGTEXT again loses it.
 * Since 10.4.3, https://mariadb.com/kb/en/json-data-type/.
 */
export async function readJsonColumns(
  catalog: Catalog,
  scope: CatalogScope,
  columns: readonly CatalogRow[],
): Promise<IsJson> {
  const { traits, connection } = catalog
  const isOpen = columns.some((row) => text(row, 'column_type') === 'longtext')
  if (!traits.isMariadb || traits.reflectsAsReference || !isOpen) return () => false
  if (!catalog.isAtLeast([10, 4, 3], [])) return () => false
  const { preparer } = connection.dialect
  const clauseOf = (column: string): string => `json_valid(${preparer.quoteAlways(column)})`
  const found = new Set<string>()
  for (const row of await readCheckRows(catalog, scope)) {
    const clause = text(row, 'check_clause')
    // RENAME COLUMN leaves the name as it was. Older servers don't say of a CHECK whether it is a column's.
    const isOfColumn =
      row['level'] === undefined
        ? clause === clauseOf(text(row, 'constraint_name'))
        : row['level'] === 'Column'
    if (isOfColumn) found.add(JSON.stringify([text(row, 'table_name'), clause]))
  }
  return (table, column) => found.has(JSON.stringify([table, clauseOf(column)]))
}
