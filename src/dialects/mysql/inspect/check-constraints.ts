import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedCheckConstraint } from '../../../engine/reflected.ts'
import { byName, groupRows, text, type Catalog, type CatalogRow } from './catalog.ts'
import { columnRows, unescapeExpression } from './columns.ts'
import { readCheckRows, readPeriods } from './periods.ts'

/**
 * CHECK constraints of tables. Those that MariaDB keeps with a column are part of the column's definition (that of
 * JSON, say): no ALTER TABLE drops them by name, and they are left out.
 */
export async function readCheckConstraints(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  if (!catalog.isAtLeast([10, 2, 22], [8, 0, 16])) return new Map()
  const rows = catalog.traits.isMariadb
    ? await mariadbChecks(catalog, scope)
    : await mysqlChecks(catalog, scope)
  const found = new Map<string, readonly ReflectedCheckConstraint[]>()
  for (const [table, ofTable] of groupRows(rows, 'table_name')) {
    const checks = ofTable.map((row) => ({
      name: text(row, 'constraint_name'),
      sqltext: unescapeExpression(catalog, text(row, 'check_clause')),
    }))
    found.set(table, checks.toSorted(byName))
  }
  return found
}

async function mariadbChecks(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<readonly CatalogRow[]> {
  const all = await readCheckRows(catalog, scope)
  const periods = await readPeriods(catalog, scope)
  // A period brings its CHECK along, which goes with it and can't be dropped.
  const rows = all.filter(
    (row) => periods.get(text(row, 'table_name'))?.names.has(text(row, 'constraint_name')) !== true,
  )
  const hasLevel = catalog.isAtLeast([10, 5, 10], [])
  if (hasLevel) return rows.filter((row) => text(row, 'level') === 'Table')
  // Older servers don't say; a column's own CHECK has the column's name.
  const columns = groupRows(await columnRows(catalog, scope), 'table_name')
  const isOfColumn = (row: CatalogRow): boolean =>
    (columns.get(text(row, 'table_name')) ?? []).some(
      (column) => text(column, 'column_name') === text(row, 'constraint_name'),
    )
  return rows.filter((row) => !isOfColumn(row))
}

/** MySQL's CHECK_CONSTRAINTS does not name the table. */
async function mysqlChecks(catalog: Catalog, scope: CatalogScope): Promise<readonly CatalogRow[]> {
  return await catalog.select(
    scope,
    ['t.TABLE_NAME', 'c.CONSTRAINT_NAME', 'c.CHECK_CLAUSE'],
    'CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME)',
    { schema: 't.TABLE_SCHEMA', table: 't.TABLE_NAME' },
    "t.CONSTRAINT_TYPE = 'CHECK'",
  )
}
