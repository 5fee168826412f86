import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedIndex } from '../../../engine/reflected.ts'
import { tablesIn } from './catalog.ts'

/** One column of an index; `column` is `null` where an index has none that is written. */
export interface IndexRow {
  readonly table: string
  readonly name: string
  /** `sys.indexes.type`: 1 clustered, 2 not, 5 and 6 the same for columnstores. */
  readonly type: number
  readonly is_unique: boolean
  readonly filter: string | null
  readonly column: string | null
  readonly is_included: boolean | null
  readonly is_descending: boolean | null
}

// XML (3), spatial (4) and hash (7) indexes are made by statements that this package has not: they are left alone.
const TYPES = '1, 2, 5, 6'

/** The indexes that are no constraint's. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT o.name AS [table], i.name AS name, i.type AS type, i.is_unique AS is_unique,
       i.filter_definition AS filter, c.name AS [column], ic.is_included_column AS is_included,
       ic.is_descending_key AS is_descending
     FROM ${from}
     JOIN ${sys}.indexes i ON i.object_id = o.object_id
     LEFT JOIN ${sys}.index_columns ic
       ON ic.object_id = i.object_id AND ic.index_id = i.index_id AND i.type <> 5
     LEFT JOIN ${sys}.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
     WHERE ${where} AND i.type IN (${TYPES}) AND i.is_primary_key = 0
       AND i.is_unique_constraint = 0 AND i.is_hypothetical = 0
     ORDER BY o.name, i.name, ic.is_included_column, ic.key_ordinal, ic.index_column_id`,
    parameters,
  )
  return groupByName(rows, readIndex)
}

/** What the rows of one index say. */
export function readIndex(first: IndexRow, all: readonly IndexRow[]): ReflectedIndex {
  const isColumnstore = first.type === 5 || first.type === 6
  const named = all.filter(
    (row): row is IndexRow & { readonly column: string } => row.column !== null,
  )
  // A columnstore has all its columns included, and is written with them as if they were its key.
  const keys = named.filter((row) => isColumnstore || row.is_included !== true)
  const include = named.filter((row) => !keys.includes(row)).map(({ column }) => column)
  const descending = keys.filter((row) => row.is_descending === true)
  const options = {
    // Not clustered is what an index is without saying.
    ...(first.type === 1 || first.type === 5 ? { clustered: true } : {}),
    ...(isColumnstore ? { columnstore: true } : {}),
    ...(include.length === 0 ? {} : { include }),
    ...(first.filter === null ? {} : { where: first.filter }),
  }
  return {
    name: first.name,
    unique: first.is_unique,
    columnNames: keys.map(({ column }) => column),
    ...(descending.length === 0
      ? {}
      : { columnSorting: Object.fromEntries(descending.map(({ column }) => [column, ['desc']])) }),
    ...(include.length === 0 ? {} : { includeColumns: include }),
    ...(Object.keys(options).length === 0 ? {} : { dialectOptions: { mssql: options } }),
  }
}
