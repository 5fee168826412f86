import { nameFromCatalog, nameInCatalog } from '../../../engine/capital-names.ts'
import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog, withNames, type CatalogFilter } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'

/** The tables that a scope means, for a query in which `r` is RDB$RELATIONS. The server's own are left out. */
export function tablesIn(connection: Connection, { tables, views }: CatalogScope): CatalogFilter {
  const kinds = views === true ? '' : ' AND r.rdb$view_blr IS NULL'
  const filter = { where: `COALESCE(r.rdb$system_flag, 0) = 0${kinds}`, parameters: [] }
  const names = tables?.map((name) => nameInCatalog(name, connection.dialect.preparer)) ?? null
  return withNames(filter, 'r.rdb$relation_name', names)
}

/** The names of tables or views, in their order. */
export async function readRelationNames(
  connection: Connection,
  kind: 'table' | 'view',
): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "name" FROM rdb$relations r
     WHERE COALESCE(r.rdb$system_flag, 0) = 0
       AND r.rdb$view_blr IS ${kind === 'view' ? 'NOT NULL' : 'NULL'}
     ORDER BY r.rdb$relation_name`,
  )
}

/** The names of sequences; those that belong to identity columns have a system flag of their own. */
export async function readSequenceNames(connection: Connection): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT TRIM(TRAILING FROM g.rdb$generator_name) AS "name" FROM rdb$generators g
     WHERE COALESCE(g.rdb$system_flag, 0) = 0 ORDER BY g.rdb$generator_name`,
  )
}

async function readNames(connection: Connection, sql: string): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(connection, sql)
  return rows.map(({ name }) => nameFromCatalog(name, connection.dialect.preparer))
}

/** The query behind a view, as it was written. */
export async function readViewDefinition(
  connection: Connection,
  name: string,
): Promise<string | null> {
  const rows = await queryCatalog<{ readonly definition: string | null }>(
    connection,
    'SELECT r.rdb$view_source AS "definition" FROM rdb$relations r WHERE r.rdb$relation_name = ?',
    [nameInCatalog(name, connection.dialect.preparer)],
  )
  return rows[0]?.definition ?? null
}

/** The comment of each table. */
export async function readTableComments(
  connection: Connection,
  scope: CatalogScope,
): Promise<ReadonlyMap<string, string | null>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<{ readonly table: string; readonly comment: string | null }>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", r.rdb$description AS "comment"
     FROM rdb$relations r WHERE ${where}`,
    parameters,
  )
  const { preparer } = connection.dialect
  return new Map(rows.map(({ table, comment }) => [nameFromCatalog(table, preparer), comment]))
}
