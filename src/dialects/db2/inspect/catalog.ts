import { nameFromCatalog, nameInCatalog } from '../../../engine/capital-names.ts'
import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog, withNames, type CatalogFilter } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'

/** The schema that a query is about: the session's own where none is named. */
export function schemaTerm(connection: Connection, schema: string | null): CatalogFilter {
  if (schema === null) return { where: 'CURRENT SCHEMA', parameters: [] }
  return { where: '?', parameters: [nameInCatalog(schema, connection.dialect.preparer)] }
}

/** The tables that a scope means, for a query in which `t` is SYSCAT.TABLES. */
export function tablesIn(connection: Connection, scope: CatalogScope): CatalogFilter {
  const { where, parameters } = schemaTerm(connection, scope.schema)
  const kinds = scope.views === true ? "'T', 'V'" : "'T'"
  const filter = { where: `t.TABSCHEMA = ${where} AND t.TYPE IN (${kinds})`, parameters }
  const { preparer } = connection.dialect
  const names = scope.tables?.map((name) => nameInCatalog(name, preparer)) ?? null
  return withNames(filter, 't.TABNAME', names)
}

/** Runs a query whose column `name` is a name. */
export async function readNames(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(connection, sql, parameters)
  return rows.map(({ name }) => nameFromCatalog(name.trimEnd(), connection.dialect.preparer))
}

/** The comment of each table. */
export async function readTableComments(
  connection: Connection,
  scope: CatalogScope,
): Promise<ReadonlyMap<string, string | null>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<{ readonly table: string; readonly comment: string | null }>(
    connection,
    `SELECT t.TABNAME AS "table", t.REMARKS AS "comment" FROM SYSCAT.TABLES t WHERE ${where}`,
    parameters,
  )
  const { preparer } = connection.dialect
  return new Map(
    rows.map(({ table, comment }) => [nameFromCatalog(table, preparer), comment || null]),
  )
}
