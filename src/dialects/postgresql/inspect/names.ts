import type { Connection } from '../../../engine/connection.ts'
import { queryCatalog } from './catalog-rows.ts'
import { relationSource, type RelationFilter } from './relations.ts'

/** The names of relations of some kind, sorted by their bytes. */
export async function readRelationNames(
  connection: Connection,
  filter: RelationFilter,
): Promise<readonly string[]> {
  const { from, where, parameters } = relationSource(filter)
  const rows = await queryCatalog<{ readonly name: string }>(
    connection,
    `SELECT c.relname AS name FROM ${from} WHERE ${where} ORDER BY c.relname`,
    parameters,
  )
  return rows.map(({ name }) => name)
}

/** The schemas, without those of the server itself; `information_schema` is among them. */
export async function readSchemaNames(connection: Connection): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(
    connection,
    String.raw`SELECT nspname AS name FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\_%' ORDER BY nspname`,
  )
  return rows.map(({ name }) => name)
}

export async function readDefaultSchemaName(connection: Connection): Promise<string | null> {
  const rows = await queryCatalog<{ readonly name: string | null }>(
    connection,
    'SELECT current_schema() AS name',
  )
  return rows[0]?.name ?? null
}

/** The query behind a view, as the server writes it. */
export async function readViewDefinition(
  connection: Connection,
  name: string,
  schema: string | null,
): Promise<string | null> {
  const { from, where, parameters } = relationSource({
    schema,
    kinds: ['view', 'materializedView'],
    names: [name],
    temporary: null,
  })
  const rows = await queryCatalog<{ readonly definition: string }>(
    connection,
    `SELECT pg_catalog.pg_get_viewdef(c.oid) AS definition FROM ${from} WHERE ${where}`,
    parameters,
  )
  return rows[0]?.definition ?? null
}
