import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { nameFromCatalog } from '../../../engine/capital-names.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedIndex } from '../../../engine/reflected.ts'
import { relationsIn } from './relations.ts'

/** One element of an index. */
export interface IndexRow {
  readonly table: string
  readonly name: string
  /** `NORMAL`, `BITMAP`, `FUNCTION-BASED NORMAL`, … */
  readonly type: string
  /** `UNIQUE` or `NONUNIQUE`. */
  readonly uniqueness: string
  /** `ENABLED` where leading columns are compressed. */
  readonly compression: string | null
  readonly prefix_length: number | null
  /** Of an expression the name of a hidden column. */
  readonly column: string
  readonly expression: string | null
  /** `ASC` or `DESC`. */
  readonly descend: string
}

/** The indexes that are no constraint's. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { from, parameters } = relationsIn(connection, scope)
  // Indexes of LOBs, index-organized tables, domains and vectors are made by other statements: they are left alone.
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT i.table_name AS "table", i.index_name AS "name", i.index_type AS "type",
       i.uniqueness AS "uniqueness", i.compression AS "compression",
       i.prefix_length AS "prefix_length", ic.column_name AS "column",
       ie.column_expression AS "expression", ic.descend AS "descend"
     FROM ${from}
     JOIN all_indexes i ON i.table_owner = r.owner AND i.table_name = r.table_name
     JOIN all_ind_columns ic ON ic.index_owner = i.owner AND ic.index_name = i.index_name
     LEFT JOIN all_ind_expressions ie ON ie.index_owner = ic.index_owner
       AND ie.index_name = ic.index_name AND ie.column_position = ic.column_position
     WHERE i.index_type IN ('NORMAL', 'BITMAP', 'FUNCTION-BASED NORMAL', 'FUNCTION-BASED BITMAP')
       AND NOT EXISTS (SELECT 1 FROM all_constraints k
                        WHERE k.owner = r.owner AND k.table_name = r.table_name
                          AND k.constraint_type IN ('P', 'U') AND k.index_name = i.index_name)
     ORDER BY i.table_name, i.index_name, ic.column_position`,
    parameters,
  )
  const normalize = (name: string): string => nameFromCatalog(name, connection.dialect.preparer)
  const named = rows.map((row) => ({
    ...row,
    table: normalize(row.table),
    name: normalize(row.name),
  }))
  return groupByName(named, (first, all) => readIndex(first, all, normalize))
}

/** What the rows of one index say. */
export function readIndex(
  first: IndexRow,
  all: readonly IndexRow[],
  normalize: (name: string) => string,
): ReflectedIndex {
  const elements = all.map((row) => readElement(row, normalize))
  const descending = all.flatMap((row, position) =>
    row.descend === 'DESC' ? [[elements[position]?.text ?? '', ['desc']]] : [],
  )
  const isCompressed = first.compression === 'ENABLED'
  const options = {
    ...(first.type.endsWith('BITMAP') ? { bitmap: true } : {}),
    ...(isCompressed ? { compress: first.prefix_length ?? true } : {}),
  }
  return {
    name: first.name,
    unique: first.uniqueness === 'UNIQUE',
    columnNames: elements.map(({ column }) => column),
    ...(elements.some(({ column }) => column === null)
      ? { expressions: elements.map(({ text }) => text) }
      : {}),
    ...(descending.length === 0
      ? {}
      : {
          columnSorting: Object.fromEntries(descending) as NonNullable<
            ReflectedIndex['columnSorting']
          >,
        }),
    ...(Object.keys(options).length === 0 ? {} : { dialectOptions: { oracle: options } }),
  }
}

/** A column in descending order is an expression to the catalog, of nothing but its quoted name. */
function readElement(
  { column, expression }: IndexRow,
  normalize: (name: string) => string,
): { readonly column: string | null; readonly text: string } {
  if (expression === null) {
    const name = normalize(column)
    return { column: name, text: name }
  }
  const plain = /^"([^"]+)"$/.exec(expression.trim())?.[1]
  const name = plain === undefined ? null : normalize(plain)
  return { column: name, text: name ?? expression.trim() }
}
