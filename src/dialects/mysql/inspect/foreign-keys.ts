import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedForeignKey } from '../../../engine/reflected.ts'
import { byName, groupRows, text, type Catalog, type CatalogRow } from './catalog.ts'

/** Foreign keys of all tables of the scope: two queries. */
export async function readForeignKeys(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const schema = await catalog.schemaOf(scope.schema)
  const rules = await catalog.select(
    scope,
    ['TABLE_NAME', 'CONSTRAINT_NAME', 'UPDATE_RULE', 'DELETE_RULE'],
    'REFERENTIAL_CONSTRAINTS',
    { schema: 'CONSTRAINT_SCHEMA', table: 'TABLE_NAME' },
  )
  if (rules.length === 0) return new Map()
  const columns = await catalog.select(
    scope,
    [
      ...['TABLE_NAME', 'CONSTRAINT_NAME', 'COLUMN_NAME', 'REFERENCED_TABLE_SCHEMA'],
      ...['REFERENCED_TABLE_NAME', 'REFERENCED_COLUMN_NAME'],
    ],
    'KEY_COLUMN_USAGE',
    {
      schema: 'TABLE_SCHEMA',
      table: 'TABLE_NAME',
      position: 'ORDINAL_POSITION',
    },
    'REFERENCED_TABLE_NAME IS NOT NULL',
  )
  const found = new Map<string, readonly ReflectedForeignKey[]>()
  const rulesByTable = groupRows(rules, 'table_name')
  for (const [table, ofTable] of groupRows(columns, 'table_name')) {
    const rulesByName = groupRows(rulesByTable.get(table) ?? [], 'constraint_name')
    const keys = [...groupRows(ofTable, 'constraint_name')].map(([name, rows]) =>
      reflectForeignKey(catalog, rows, rulesByName.get(name)?.[0] ?? {}, {
        schema,
        asked: scope.schema,
      }),
    )
    found.set(table, keys.toSorted(byName))
  }
  return found
}

function reflectForeignKey(
  catalog: Catalog,
  rows: readonly CatalogRow[],
  rule: CatalogRow,
  own: { readonly schema: string; readonly asked: string | null },
): ReflectedForeignKey {
  const [first = {}] = rows
  const referred = text(first, 'referenced_table_schema')
  const onupdate = actionOf(catalog, text(rule, 'update_rule'))
  const ondelete = actionOf(catalog, text(rule, 'delete_rule'))
  return {
    name: text(first, 'constraint_name'),
    constrainedColumns: rows.map((row) => text(row, 'column_name')),
    referredSchema:
      referred === own.schema ? own.asked : (catalog.schemaNamed(referred) ?? referred),
    referredTable: text(first, 'referenced_table_name'),
    referredColumns: rows.map((row) => text(row, 'referenced_column_name')),
    options: {
      ...(onupdate === null ? {} : { onupdate }),
      ...(ondelete === null ? {} : { ondelete }),
    },
  }
}

/**
 * The action where it is not the default. RESTRICT and NO ACTION do the same here; MariaDB reports RESTRICT for no
 * clause at all, MySQL from 8.0 NO ACTION, so that there a RESTRICT was written by somebody.
 */
function actionOf(catalog: Catalog, rule: string): string | null {
  if (rule === '' || rule === 'NO ACTION') return null
  const isDefault =
    rule === 'RESTRICT' && !(!catalog.traits.isMariadb && catalog.isAtLeast([], [8]))
  return isDefault ? null : rule
}
