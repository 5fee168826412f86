import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { nameInCatalog } from '../../../engine/capital-names.ts'
import type { Connection } from '../../../engine/connection.ts'
import { ownerOf, PLAIN_TABLE } from './names.ts'

/** Tables and views as `r (owner, table_name)`: the middle of a query, and the values of its placeholders. */
export interface RelationSource {
  readonly from: string
  readonly parameters: readonly unknown[]
}

// ORA-01795 in servers before 23ai; a longer list of names is no filter but a survey.
const MAX_NAMES = 1000

/** The tables that a scope means. Those that are asked for by name may be temporary. */
export function relationsIn(connection: Connection, scope: CatalogScope): RelationSource {
  const owner = ownerOf(connection, scope.schema)
  const names = scope.tables?.map((name) => nameInCatalog(name, connection.dialect.preparer))
  const isFiltered = names !== undefined && names.length > 0 && names.length <= MAX_NAMES
  const parameters: unknown[] = []
  const bind = (value: unknown): string => `:${parameters.push(value)}`
  const named = (column: string): string => {
    if (names?.length === 0) return ' AND 1 = 0'
    return isFiltered ? ` AND ${column} IN (${names.map(bind).join(', ')})` : ''
  }
  const kind = names === undefined ? ` AND ${PLAIN_TABLE}` : ''
  const queries = [
    `SELECT t.owner, t.table_name FROM all_tables t WHERE t.owner = ${bind(owner)}${kind}${named('t.table_name')}`,
  ]
  if (scope.views === true) {
    queries.push(
      `SELECT v.owner, v.view_name FROM all_views v WHERE v.owner = ${bind(owner)}${named('v.view_name')}`,
    )
  }
  return { from: `(${queries.join(' UNION ALL ')}) r`, parameters }
}
