import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedForeignKey } from '../../../engine/reflected.ts'
import { schemaElements } from '../compile/identifiers.ts'
import { defaultSchema, tablesIn } from './catalog.ts'

/** One column of a foreign key. */
export interface ForeignKeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
  readonly referred_schema: string
  readonly referred_table: string
  readonly referred_column: string
  /** `NO_ACTION`, `CASCADE`, `SET_NULL` or `SET_DEFAULT`. */
  readonly update_action: string
  readonly delete_action: string
}

export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT o.name AS [table], f.name AS name, c.name AS [column], rs.name AS referred_schema,
       ro.name AS referred_table, rc.name AS referred_column,
       f.update_referential_action_desc AS update_action,
       f.delete_referential_action_desc AS delete_action
     FROM ${from}
     JOIN ${sys}.foreign_keys f ON f.parent_object_id = o.object_id
     JOIN ${sys}.foreign_key_columns fc ON fc.constraint_object_id = f.object_id
     JOIN ${sys}.columns c
       ON c.object_id = fc.parent_object_id AND c.column_id = fc.parent_column_id
     JOIN ${sys}.objects ro ON ro.object_id = f.referenced_object_id
     JOIN ${sys}.schemas rs ON rs.schema_id = ro.schema_id
     JOIN ${sys}.columns rc
       ON rc.object_id = fc.referenced_object_id AND rc.column_id = fc.referenced_column_id
     WHERE ${where}
     ORDER BY o.name, f.name, fc.constraint_column_id`,
    parameters,
  )
  const ownSchema = defaultSchema(connection)
  return groupByName(rows, (first, all) => readForeignKey(first, all, scope.schema, ownSchema))
}

/** What the rows of one foreign key say; its target's schema is left out where both are in the default one. */
export function readForeignKey(
  first: ForeignKeyRow,
  all: readonly ForeignKeyRow[],
  schema: string | null,
  ownSchema: string,
): ReflectedForeignKey {
  const { referred_schema: referredSchema } = first
  const isSilent = schema === null && referredSchema === ownSchema
  const onupdate = action(first.update_action)
  const ondelete = action(first.delete_action)
  return {
    name: first.name,
    constrainedColumns: all.map(({ column }) => column),
    referredSchema: isSilent ? null : inDatabase(referredSchema, schema),
    referredTable: first.referred_table,
    referredColumns: all.map((row) => row.referred_column),
    options: {
      ...(onupdate === undefined ? {} : { onupdate }),
      ...(ondelete === undefined ? {} : { ondelete }),
    },
  }
}

/** Foreign keys don't leave their database: where the scope names it, the target's schema does so too. */
function inDatabase(referredSchema: string, schema: string | null): string {
  const { database } = schemaElements(schema ?? '')
  return database === null ? referredSchema : `${database}.${referredSchema}`
}

function action(description: string): string | undefined {
  return description === 'NO_ACTION' ? undefined : description.replace('_', ' ')
}
