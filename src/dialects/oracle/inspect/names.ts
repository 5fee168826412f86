import { nameFromCatalog, nameInCatalog } from '../../../engine/capital-names.ts'
import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'

/** The owner that a schema is to the catalog; `null` is the session's own. */
export function ownerOf(connection: Connection, schema: string | null): string {
  const { preparer, traits } = connection.dialect
  return nameInCatalog(schema ?? traits.defaultSchemaName ?? '', preparer)
}

async function readNames(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(connection, sql, parameters)
  return rows.map(({ name }) => nameFromCatalog(name, connection.dialect.preparer))
}

/** The users of the database that are no part of the server. */
export async function readSchemaNames(connection: Connection): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT username AS "name" FROM all_users WHERE oracle_maintained = 'N' ORDER BY username`,
  )
}

/** Tables, without those of materialized views, nested tables, and what stands in the recycle bin. */
export async function readTableNames(
  connection: Connection,
  schema: string | null,
): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT t.table_name AS "name" FROM all_tables t
     WHERE t.owner = :1 AND ${PLAIN_TABLE}
     ORDER BY t.table_name`,
    [ownerOf(connection, schema)],
  )
}

/** Of `all_tables` as `t`: what was made by CREATE TABLE. */
export const PLAIN_TABLE = `t.nested = 'NO' AND t.secondary = 'N' AND t.dropped = 'NO'
       AND t.iot_name IS NULL AND t.duration IS NULL
       AND NOT EXISTS (SELECT 1 FROM all_mviews m
                        WHERE m.owner = t.owner AND m.container_name = t.table_name)`

export async function readViewNames(
  connection: Connection,
  schema: string | null,
): Promise<readonly string[]> {
  const sql = `SELECT view_name AS "name" FROM all_views WHERE owner = :1 ORDER BY view_name`
  return await readNames(connection, sql, [ownerOf(connection, schema)])
}

export async function readMaterializedViewNames(
  connection: Connection,
  schema: string | null,
): Promise<readonly string[]> {
  const sql = `SELECT mview_name AS "name" FROM all_mviews WHERE owner = :1 ORDER BY mview_name`
  return await readNames(connection, sql, [ownerOf(connection, schema)])
}

/** Temporary tables whose rows live as long as a transaction or a session; they themselves stay. */
export async function readTempTableNames(connection: Connection): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT table_name AS "name" FROM all_tables
     WHERE owner = :1 AND duration IS NOT NULL ORDER BY table_name`,
    [ownerOf(connection, null)],
  )
}

/** Sequences, without those of identity columns. */
export async function readSequenceNames(
  connection: Connection,
  schema: string | null,
): Promise<readonly string[]> {
  return await readNames(
    connection,
    `SELECT sequence_name AS "name" FROM all_sequences
     WHERE sequence_owner = :1 AND sequence_name NOT LIKE 'ISEQ$$%' ORDER BY sequence_name`,
    [ownerOf(connection, schema)],
  )
}

/** The query of a view. */
export async function readViewDefinition(
  connection: Connection,
  name: string,
  schema: string | null,
): Promise<string | null> {
  const [row] = await queryCatalog<{ readonly text: string | null }>(
    connection,
    `SELECT text AS "text" FROM all_views WHERE owner = :1 AND view_name = :2`,
    [ownerOf(connection, schema), nameInCatalog(name, connection.dialect.preparer)],
  )
  return row?.text ?? null
}
