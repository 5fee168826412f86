import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { nameFromCatalog } from '../../../engine/capital-names.ts'
import { groupByName, groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedForeignKey,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { relationsIn } from './relations.ts'

interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
}

/** One column of a foreign key. */
export interface ForeignKeyRow extends KeyRow {
  readonly referred_schema: string
  readonly referred_table: string
  readonly referred_column: string
  readonly delete_rule: string
  /** `DEFERRABLE` or `NOT DEFERRABLE`. */
  readonly deferrable: string
  /** `DEFERRED` or `IMMEDIATE`. */
  readonly deferred: string
}

interface CheckRow {
  readonly table: string
  readonly name: string
  readonly condition: string | null
}

/** Names in rows as models say them. */
function normalized<Row extends object>(
  connection: Connection,
  rows: readonly Row[],
  keys: readonly (keyof Row)[],
): readonly Row[] {
  return rows.map((row) => {
    const names = keys.map((key) => {
      const name = row[key]
      return [
        key,
        typeof name === 'string' ? nameFromCatalog(name, connection.dialect.preparer) : name,
      ]
    })
    return { ...row, ...Object.fromEntries(names) } as Row
  })
}

async function readKeys(
  connection: Connection,
  scope: CatalogScope,
  type: 'P' | 'U',
): Promise<readonly KeyRow[]> {
  const { from, parameters } = relationsIn(connection, scope)
  const rows = await queryCatalog<KeyRow>(
    connection,
    `SELECT k.table_name AS "table", k.constraint_name AS "name", kc.column_name AS "column"
     FROM ${from}
     JOIN all_constraints k ON k.owner = r.owner AND k.table_name = r.table_name
       AND k.constraint_type = '${type}'
     JOIN all_cons_columns kc ON kc.owner = k.owner AND kc.constraint_name = k.constraint_name
     ORDER BY k.table_name, k.constraint_name, kc.position`,
    parameters,
  )
  return normalized(connection, rows, ['table', 'name', 'column'])
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const keys = groupByName(await readKeys(connection, scope, 'P'), (first, all) => ({
    name: first.name,
    constrainedColumns: all.map(({ column }) => column),
  }))
  return new Map([...keys].flatMap(([table, [key]]) => (key === undefined ? [] : [[table, key]])))
}

export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  return groupByName(await readKeys(connection, scope, 'U'), (first, all) => ({
    name: first.name,
    columnNames: all.map(({ column }) => column),
  }))
}

export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { from, parameters } = relationsIn(connection, scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT k.table_name AS "table", k.constraint_name AS "name", kc.column_name AS "column",
       rc.owner AS "referred_schema", rc.table_name AS "referred_table",
       rc.column_name AS "referred_column", k.delete_rule AS "delete_rule",
       k.deferrable AS "deferrable", k.deferred AS "deferred"
     FROM ${from}
     JOIN all_constraints k ON k.owner = r.owner AND k.table_name = r.table_name
       AND k.constraint_type = 'R'
     JOIN all_cons_columns kc ON kc.owner = k.owner AND kc.constraint_name = k.constraint_name
     JOIN all_cons_columns rc ON rc.owner = k.r_owner AND rc.constraint_name = k.r_constraint_name
       AND rc.position = kc.position
     ORDER BY k.table_name, k.constraint_name, kc.position`,
    parameters,
  )
  const names = ['table', 'name', 'column', 'referred_schema', 'referred_table', 'referred_column']
  const ownSchema = connection.dialect.traits.defaultSchemaName ?? null
  return groupByName(normalized(connection, rows, names as (keyof ForeignKeyRow)[]), (first, all) =>
    readForeignKey(first, all, scope.schema, ownSchema),
  )
}

/** What the rows of one foreign key say; its target's schema is left out where both are in the default one. */
export function readForeignKey(
  first: ForeignKeyRow,
  all: readonly ForeignKeyRow[],
  schema: string | null,
  ownSchema: string | null,
): ReflectedForeignKey {
  const isSilent = schema === null && first.referred_schema === ownSchema
  return {
    name: first.name,
    constrainedColumns: all.map(({ column }) => column),
    referredSchema: isSilent ? null : first.referred_schema,
    referredTable: first.referred_table,
    referredColumns: all.map((row) => row.referred_column),
    options: {
      ...(first.delete_rule === 'NO ACTION' ? {} : { ondelete: first.delete_rule }),
      ...(first.deferrable === 'DEFERRABLE' ? { deferrable: true } : {}),
      ...(first.deferred === 'DEFERRED' ? { initially: 'DEFERRED' } : {}),
    },
  }
}

/** `"NAME" IS NOT NULL`: what NOT NULL of a column is to the catalog. */
const NOT_NULL = /^\s*"[^"]+" IS NOT NULL\s*$/i

export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { from, parameters } = relationsIn(connection, scope)
  const rows = await queryCatalog<CheckRow>(
    connection,
    `SELECT k.table_name AS "table", k.constraint_name AS "name",
       k.search_condition AS "condition"
     FROM ${from}
     JOIN all_constraints k ON k.owner = r.owner AND k.table_name = r.table_name
       AND k.constraint_type = 'C'
     ORDER BY k.table_name, k.constraint_name`,
    parameters,
  )
  const checks = rows.filter(({ condition }) => condition !== null && !NOT_NULL.test(condition))
  return groupByTable(normalized(connection, checks, ['table', 'name']), ({ name, condition }) => ({
    name,
    sqltext: condition?.trim() ?? '',
  }))
}
