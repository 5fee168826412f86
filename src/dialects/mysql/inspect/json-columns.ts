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
  const found = new Set<string>()
  for (const row of await readCheckRows(catalog, scope)) {
    const column = text(row, 'constraint_name')
    if (row['level'] === 'Table') continue
    if (text(row, 'check_clause') !== `json_valid(${preparer.quoteAlways(column)})`) continue
    found.add(JSON.stringify([text(row, 'table_name'), column]))
  }
  return (table, column) => found.has(JSON.stringify([table, column]))
}
