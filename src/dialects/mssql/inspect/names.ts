import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { schemaSource } from './catalog.ts'

interface NameRow {
  readonly name: string
}

/** The schemas of the database; those of its fixed roles hold nothing and are left out, as are the server's own. */
export async function readSchemaNames(connection: Connection): Promise<readonly string[]> {
  const rows = await queryCatalog<NameRow>(
    connection,
    `SELECT s.name AS name FROM sys.schemas s
     WHERE s.schema_id < 16384 AND s.name NOT IN ('sys', 'INFORMATION_SCHEMA', 'guest')
     ORDER BY s.name`,
  )
  return rows.map(({ name }) => name)
}

/** The names of a schema's objects of a kind: `U` tables, `V` views, `SO` sequences. */
export async function readObjectNames(
  connection: Connection,
  schema: string | null,
  kind: 'U' | 'V' | 'SO',
): Promise<readonly string[]> {
  const { sys, owner } = schemaSource(connection, schema)
  const rows = await queryCatalog<NameRow>(
    connection,
    `SELECT o.name AS name
     FROM ${sys}.objects o JOIN ${sys}.schemas s ON s.schema_id = o.schema_id
     WHERE s.name = @1 AND o.type = '${kind}' AND o.is_ms_shipped = 0
     ORDER BY o.name`,
    [owner],
  )
  return rows.map(({ name }) => name)
}

/** The whole CREATE VIEW; `null` where there is no such view, or it is encrypted. */
export async function readViewDefinition(
  connection: Connection,
  name: string,
  schema: string | null,
): Promise<string | null> {
  const { sys, owner } = schemaSource(connection, schema)
  const [row] = await queryCatalog<{ readonly definition: string | null }>(
    connection,
    `SELECT m.definition AS definition
     FROM ${sys}.views v
     JOIN ${sys}.schemas s ON s.schema_id = v.schema_id
     JOIN ${sys}.sql_modules m ON m.object_id = v.object_id
     WHERE s.name = @1 AND v.name = @2`,
    [owner, name],
  )
  return row?.definition ?? null
}
