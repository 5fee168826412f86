import { nameFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedIndex } from '../../../engine/reflected.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import { tablesIn } from './catalog.ts'

interface IndexRow {
  readonly table: string
  readonly name: string
  readonly is_unique: 'U' | 'D'
  readonly column: string
  /** Of an element that is no column. */
  readonly expression: string | null
  /** `A` ascending, `D` descending, `I` only carried along (INCLUDE). */
  readonly direction: string
}

/** The indexes of each table, without those that keep a constraint. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  // Indexes on expressions came with Db2 10.5.
  const expression = isServerAtLeast(connection.dialect.traits, 10, 5)
    ? "CASE WHEN c.VIRTUAL = 'S' THEN c.TEXT END"
    : 'CAST(NULL AS VARCHAR(1))'
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT t.TABNAME AS "table", i.INDNAME AS "name", i.UNIQUERULE AS "is_unique",
       c.COLNAME AS "column", ${expression} AS "expression", c.COLORDER AS "direction"
     FROM SYSCAT.TABLES t
     JOIN SYSCAT.INDEXES i ON i.TABSCHEMA = t.TABSCHEMA AND i.TABNAME = t.TABNAME
     JOIN SYSCAT.INDEXCOLUSE c ON c.INDSCHEMA = i.INDSCHEMA AND c.INDNAME = i.INDNAME
     WHERE i.UNIQUERULE IN ('U', 'D') AND i.SYSTEM_REQUIRED = 0 AND ${where}
     ORDER BY t.TABNAME, i.INDNAME, c.COLSEQ`,
    parameters,
  )
  const read = (name: string): string => nameFromCatalog(name, connection.dialect.preparer)
  const named = rows.map((row) => ({ ...row, table: read(row.table), name: read(row.name) }))
  return groupByName(named, (first, all) => {
    const elements = all.filter(({ direction }) => direction !== 'I')
    const included = all.filter(({ direction }) => direction === 'I')
    const term = (row: IndexRow): string => row.expression ?? read(row.column)
    const descending = elements.filter(({ direction }) => direction === 'D')
    return {
      name: first.name,
      columnNames: elements.map((row) => (row.expression === null ? read(row.column) : null)),
      unique: first.is_unique === 'U',
      ...(elements.some((row) => row.expression !== null)
        ? { expressions: elements.map(term) }
        : {}),
      ...(descending.length > 0
        ? { columnSorting: Object.fromEntries(descending.map((row) => [term(row), ['desc']])) }
        : {}),
      ...(included.length > 0 ? { includeColumns: included.map((row) => read(row.column)) } : {}),
    }
  })
}
