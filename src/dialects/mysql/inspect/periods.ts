import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupRows, text, type Catalog, type CatalogRow } from './catalog.ts'

/** What a table has of application-time periods. */
export interface Periods {
  readonly names: ReadonlySet<string>
  /** Keys that end in `WITHOUT OVERLAPS`, by name. */
  readonly keys: ReadonlySet<string>
}

const PERIOD = /^ *PERIOD FOR `((?:``|[^`])+)` \(/gm
const KEY = /^ *(?:UNIQUE KEY `((?:``|[^`])+)`|PRIMARY KEY) \(.* WITHOUT OVERLAPS\)/gm
// The CHECK that a period comes with: its first column is less than its second.
const ORDERED = /^`(?:``|[^`])+` < `(?:``|[^`])+`$/

/**
 * The application-time periods of MariaDB's tables. Before 11.4 no view of information_schema has them: they are read
 * from SHOW CREATE TABLE, of the tables with a CHECK such as every period comes with.
 */
export function readPeriods(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ReadonlyMap<string, Periods>> {
  return catalog.once(scope, 'periods', async () => {
    const found = new Map<string, Periods>()
    if (!catalog.traits.isMariadb || !catalog.isAtLeast([10, 4, 3], [])) return found
    const rows = await readCheckRows(catalog, scope)
    const candidates = rows.filter((row) => ORDERED.test(text(row, 'check_clause')))
    for (const table of groupRows(candidates, 'table_name').keys()) {
      const definition = await catalog.showCreate(table, scope.schema)
      const named = (pattern: RegExp): Set<string> =>
        new Set(
          [...definition.matchAll(pattern)].map(([, name = 'PRIMARY']) =>
            name.replaceAll('``', '`'),
          ),
        )
      found.set(table, { names: named(PERIOD), keys: named(KEY) })
    }
    return found
  })
}

/** The rows of MariaDB's CHECK_CONSTRAINTS. */
export function readCheckRows(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<readonly CatalogRow[]> {
  return catalog.once(scope, 'checks', () => {
    const hasLevel = catalog.isAtLeast([10, 5, 10], [])
    return catalog.select(
      scope,
      ['TABLE_NAME', 'CONSTRAINT_NAME', 'CHECK_CLAUSE', ...(hasLevel ? ['LEVEL'] : [])],
      'CHECK_CONSTRAINTS',
      { schema: 'CONSTRAINT_SCHEMA', table: 'TABLE_NAME' },
    )
  })
}
