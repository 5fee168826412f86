import { nameFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { ReflectedIndex } from '../../../engine/reflected.ts'
import { tablesIn } from './relations.ts'

interface IndexRow {
  readonly table: string
  readonly name: string
  readonly is_unique: number
  readonly is_descending: number
  /** `null` for an index on an expression, which has that in place of columns. */
  readonly column: string | null
  readonly expression: string | null
}

/** The indexes of each table; those that keep a constraint are no indexes of their own. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", TRIM(TRAILING FROM i.rdb$index_name) AS "name",
       COALESCE(i.rdb$unique_flag, 0) AS "is_unique",
       COALESCE(i.rdb$index_type, 0) AS "is_descending", TRIM(TRAILING FROM s.rdb$field_name) AS "column",
       i.rdb$expression_source AS "expression"
     FROM rdb$relations r
     JOIN rdb$indices i ON i.rdb$relation_name = r.rdb$relation_name
     LEFT JOIN rdb$index_segments s ON s.rdb$index_name = i.rdb$index_name
     LEFT JOIN rdb$relation_constraints rc ON rc.rdb$index_name = i.rdb$index_name
     WHERE rc.rdb$constraint_name IS NULL AND ${where}
     ORDER BY r.rdb$relation_name, i.rdb$index_name, s.rdb$field_position`,
    parameters,
  )
  const { preparer } = connection.dialect
  const read = (name: string): string => nameFromCatalog(name, preparer)
  const named = rows.map((row) => ({ ...row, table: read(row.table), name: read(row.name) }))
  return groupByName(named, (first, all) => {
    const columnNames = all.map(({ column }) => (column === null ? null : read(column)))
    const { expression } = first
    return {
      name: first.name,
      columnNames,
      unique: first.is_unique === 1,
      ...(expression === null ? {} : { expressions: [withoutOuterParentheses(expression)] }),
      ...(first.is_descending === 1 ? { dialectOptions: { firebird: { descending: true } } } : {}),
    }
  })
}
