import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedDialectOptions,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { tablesIn } from './catalog.ts'

/** One column of a key. */
export interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
  readonly is_clustered: boolean
}

async function readKeys(
  connection: Connection,
  scope: CatalogScope,
  type: 'PK' | 'UQ',
): Promise<readonly KeyRow[]> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  return await queryCatalog<KeyRow>(
    connection,
    `SELECT o.name AS [table], k.name AS name, c.name AS [column],
       CAST(CASE WHEN i.type = 1 THEN 1 ELSE 0 END AS bit) AS is_clustered
     FROM ${from}
     JOIN ${sys}.key_constraints k ON k.parent_object_id = o.object_id AND k.type = '${type}'
     JOIN ${sys}.indexes i ON i.object_id = o.object_id AND i.index_id = k.unique_index_id
     JOIN ${sys}.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
     JOIN ${sys}.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
     WHERE ${where}
     ORDER BY o.name, k.name, ic.key_ordinal`,
    parameters,
  )
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const keys = groupByName(await readKeys(connection, scope, 'PK'), readPrimaryKey)
  return new Map([...keys].flatMap(([table, [key]]) => (key === undefined ? [] : [[table, key]])))
}

export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  return groupByName(await readKeys(connection, scope, 'UQ'), readUniqueConstraint)
}

/** A primary key is clustered unless it says otherwise. */
export function readPrimaryKey(first: KeyRow, all: readonly KeyRow[]): ReflectedPrimaryKey {
  return {
    name: first.name,
    constrainedColumns: all.map(({ column }) => column),
    ...(first.is_clustered ? {} : options({ clustered: false })),
  }
}

/** A unique constraint is not clustered unless it says otherwise. */
export function readUniqueConstraint(
  first: KeyRow,
  all: readonly KeyRow[],
): ReflectedUniqueConstraint {
  return {
    name: first.name,
    columnNames: all.map(({ column }) => column),
    ...(first.is_clustered ? options({ clustered: true }) : {}),
  }
}

function options(mssql: { readonly clustered: boolean }): {
  readonly dialectOptions: ReflectedDialectOptions
} {
  return { dialectOptions: { mssql } }
}
