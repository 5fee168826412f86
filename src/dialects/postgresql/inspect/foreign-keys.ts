import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedForeignKey } from '../../../engine/reflected.ts'
import { groupByTable, isMajorAtLeast, queryCatalog } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

interface ForeignKeyRow {
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly referred_schema: string
  readonly referred_visible: boolean
  readonly referred_table: string
  readonly referred_columns: readonly string[]
  readonly update_action: string
  readonly delete_action: string
  /** The columns behind ON DELETE SET NULL, quoted. */
  readonly delete_columns: string | null
  readonly match: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly comment: string | null
}

/** `confupdtype` and `confdeltype`; NO ACTION is the default and isn't mentioned. */
const ACTIONS: Readonly<Record<string, string>> = {
  c: 'CASCADE',
  d: 'SET DEFAULT',
  n: 'SET NULL',
  r: 'RESTRICT',
}

/** `confmatchtype`; SIMPLE is the default and isn't mentioned. */
const MATCHES: Readonly<Record<string, string>> = { f: 'FULL', p: 'PARTIAL' }

const columnNames = (table: string, numbers: string): string =>
  `(SELECT json_agg(a.attname ORDER BY k.ord)
      FROM unnest(${numbers}) WITH ORDINALITY AS k (attnum, ord)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.attnum)`

export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { from, where, parameters } = relationsIn(scope)
  const deleteColumns = isMajorAtLeast(connection, 15)
    ? `(SELECT string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY k.ord)
          FROM unnest(con.confdelsetcols) WITH ORDINALITY AS k (attnum, ord)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum)`
    : 'NULL'
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT c.relname AS table, con.conname AS name,
       ${columnNames('con.conrelid', 'con.conkey')} AS columns,
       rn.nspname AS referred_schema, rc.relname AS referred_table,
       pg_catalog.pg_table_is_visible(rc.oid) AS referred_visible,
       ${columnNames('con.confrelid', 'con.confkey')} AS referred_columns,
       con.confupdtype::text AS update_action, con.confdeltype::text AS delete_action,
       ${deleteColumns} AS delete_columns, con.confmatchtype::text AS match,
       con.condeferrable AS deferrable, con.condeferred AS deferred, con.convalidated AS validated,
       pg_catalog.obj_description(con.oid, 'pg_constraint') AS comment
     FROM ${from}
     JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype = 'f'
     JOIN pg_catalog.pg_class rc ON rc.oid = con.confrelid
     JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
     WHERE ${where}
     ORDER BY c.relname, con.conname`,
    parameters,
  )
  return groupByTable(rows, (row) => foreignKey(row, scope.schema))
}

function foreignKey(row: ForeignKeyRow, schema: string | null): ReflectedForeignKey {
  return {
    name: row.name,
    constrainedColumns: row.columns,
    referredSchema: referredSchema(row, schema),
    referredTable: row.referred_table,
    referredColumns: row.referred_columns,
    options: foreignKeyOptions(row),
    comment: row.comment,
    ...(row.validated ? {} : { dialectOptions: { postgresql: { notValid: true } } }),
  }
}

/** None where the search path finds the table, unless its schema is the one that is being read. */
function referredSchema(row: ForeignKeyRow, schema: string | null): string | null {
  if (!row.referred_visible) return row.referred_schema
  return row.referred_schema === schema ? schema : null
}

function foreignKeyOptions(row: ForeignKeyRow): ReflectedForeignKey['options'] {
  const onupdate = ACTIONS[row.update_action]
  const onDelete = ACTIONS[row.delete_action]
  const match = MATCHES[row.match]
  const columns = row.delete_columns === null ? '' : ` (${row.delete_columns})`
  return {
    ...(onupdate === undefined ? {} : { onupdate }),
    ...(onDelete === undefined ? {} : { ondelete: onDelete + columns }),
    ...(row.deferred ? { initially: 'DEFERRED' } : {}),
    ...(row.deferrable ? { deferrable: true } : {}),
    ...(match === undefined ? {} : { match }),
  }
}
