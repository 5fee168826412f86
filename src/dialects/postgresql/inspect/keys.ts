import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedPrimaryKey, ReflectedUniqueConstraint } from '../../../engine/reflected.ts'
import { groupByTable, isMajorAtLeast, queryCatalog } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

interface KeyRow {
  readonly table: string
  readonly name: string
  /** Key columns, then those of INCLUDE. */
  readonly columns: readonly string[]
  readonly key_columns: number
  readonly nulls_not_distinct: boolean
  readonly comment: string | null
}

async function readKeys(
  connection: Connection,
  scope: CatalogScope,
  contype: 'p' | 'u',
): Promise<readonly KeyRow[]> {
  const { from, where, parameters } = relationsIn(scope)
  const keyColumns = isMajorAtLeast(connection, 11) ? 'i.indnkeyatts' : 'i.indnatts'
  const nulls = isMajorAtLeast(connection, 15) ? 'i.indnullsnotdistinct' : 'false'
  return await queryCatalog<KeyRow>(
    connection,
    `SELECT c.relname AS table, con.conname AS name, ${keyColumns}::int AS key_columns,
       ${nulls} AS nulls_not_distinct,
       pg_catalog.obj_description(con.oid, 'pg_constraint') AS comment,
       (SELECT json_agg(a.attname ORDER BY k.ord)
          FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, ord)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum
       ) AS columns
     FROM ${from}
     JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype = '${contype}'
     JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
     WHERE ${where}
     ORDER BY c.relname, con.conname`,
    parameters,
  )
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const rows = await readKeys(connection, scope, 'p')
  return new Map(
    rows.map((row) => [
      row.table,
      {
        constrainedColumns: row.columns.slice(0, row.key_columns),
        name: row.name,
        comment: row.comment,
        dialectOptions: { postgresql: { include: row.columns.slice(row.key_columns) } },
      },
    ]),
  )
}

export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const rows = await readKeys(connection, scope, 'u')
  return groupByTable(rows, (row) => ({
    name: row.name,
    columnNames: row.columns.slice(0, row.key_columns),
    comment: row.comment,
    dialectOptions: {
      postgresql: {
        include: row.columns.slice(row.key_columns),
        nullsNotDistinct: row.nulls_not_distinct,
      },
    },
  }))
}
