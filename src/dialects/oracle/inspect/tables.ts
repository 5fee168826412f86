import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { nameFromCatalog } from '../../../engine/capital-names.ts'
import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedDialectOptions } from '../../../engine/reflected.ts'
import { relationsIn } from './relations.ts'

interface CommentRow {
  readonly table: string
  readonly comment: string | null
}

/** What `all_tables` says beside the columns. */
export interface TableRow {
  readonly table: string
  /** `ENABLED` or `DISABLED`; `null` for partitioned tables. */
  readonly compression: string | null
  /** `BASIC`, `ADVANCED`, … */
  readonly compress_for: string | null
  /** Of temporary tables `SYS$TRANSACTION` or `SYS$SESSION`. */
  readonly duration: string | null
}

export async function readTableComments(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<string | null>> {
  const { from, parameters } = relationsIn(connection, scope)
  const rows = await queryCatalog<CommentRow>(
    connection,
    `SELECT r.table_name AS "table", c.comments AS "comment"
     FROM ${from}
     LEFT JOIN all_tab_comments c ON c.owner = r.owner AND c.table_name = r.table_name
     ORDER BY r.table_name`,
    parameters,
  )
  const { preparer } = connection.dialect
  return new Map(rows.map(({ table, comment }) => [nameFromCatalog(table, preparer), comment]))
}

export async function readTableOptions(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedDialectOptions>> {
  const { from, parameters } = relationsIn(connection, scope)
  const rows = await queryCatalog<TableRow>(
    connection,
    `SELECT t.table_name AS "table", t.compression AS "compression",
       t.compress_for AS "compress_for", t.duration AS "duration"
     FROM ${from}
     JOIN all_tables t ON t.owner = r.owner AND t.table_name = r.table_name
     ORDER BY t.table_name`,
    parameters,
  )
  const { preparer } = connection.dialect
  return new Map(rows.map((row) => [nameFromCatalog(row.table, preparer), readOptions(row)]))
}

/** Options that differ from what a table has without saying. */
export function readOptions(row: TableRow): ReflectedDialectOptions {
  const compress = row.compress_for === 'BASIC' ? true : (row.compress_for ?? true)
  const options = {
    ...(row.compression === 'ENABLED' ? { compress } : {}),
    ...(row.duration === 'SYS$SESSION' ? { onCommit: 'PRESERVE ROWS' } : {}),
  }
  return Object.keys(options).length === 0 ? {} : { oracle: options }
}
