import { nameFromCatalog, rowsFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import {
  asPrimaryKeys,
  groupByName,
  groupByTable,
  queryCatalog,
} from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedForeignKey,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { tablesIn } from './relations.ts'

interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
}

interface ForeignKeyRow extends KeyRow {
  readonly referred_table: string
  readonly referred_column: string
  readonly onupdate: string
  readonly ondelete: string
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  return asPrimaryKeys(await readKeys(connection, scope, 'PRIMARY KEY'))
}

/** The unique constraints of each table. */
export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  return await readKeys(connection, scope, 'UNIQUE')
}

async function readKeys(
  connection: Connection,
  scope: CatalogScope,
  kind: 'PRIMARY KEY' | 'UNIQUE',
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<KeyRow>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", TRIM(TRAILING FROM rc.rdb$constraint_name) AS "name",
       TRIM(TRAILING FROM s.rdb$field_name) AS "column"
     FROM rdb$relations r
     JOIN rdb$relation_constraints rc ON rc.rdb$relation_name = r.rdb$relation_name
     JOIN rdb$index_segments s ON s.rdb$index_name = rc.rdb$index_name
     WHERE rc.rdb$constraint_type = '${kind}' AND ${where}
     ORDER BY r.rdb$relation_name, rc.rdb$constraint_name, s.rdb$field_position`,
    parameters,
  )
  return groupByName(rowsFromCatalog(rows, connection.dialect.preparer), (first, all) => ({
    name: first.name,
    columnNames: all.map(({ column }) => column),
  }))
}

/** The foreign keys of each table. RESTRICT is what the server does where nothing is said. */
export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", TRIM(TRAILING FROM rc.rdb$constraint_name) AS "name",
       TRIM(TRAILING FROM s.rdb$field_name) AS "column", TRIM(TRAILING FROM uq.rdb$relation_name) AS "referred_table",
       TRIM(TRAILING FROM us.rdb$field_name) AS "referred_column", TRIM(TRAILING FROM ref.rdb$update_rule) AS "onupdate",
       TRIM(TRAILING FROM ref.rdb$delete_rule) AS "ondelete"
     FROM rdb$relations r
     JOIN rdb$relation_constraints rc ON rc.rdb$relation_name = r.rdb$relation_name
     JOIN rdb$ref_constraints ref ON ref.rdb$constraint_name = rc.rdb$constraint_name
     JOIN rdb$relation_constraints uq ON uq.rdb$constraint_name = ref.rdb$const_name_uq
     JOIN rdb$index_segments s ON s.rdb$index_name = rc.rdb$index_name
     JOIN rdb$index_segments us ON us.rdb$index_name = uq.rdb$index_name
       AND us.rdb$field_position = s.rdb$field_position
     WHERE ${where}
     ORDER BY r.rdb$relation_name, rc.rdb$constraint_name, s.rdb$field_position`,
    parameters,
  )
  const { preparer } = connection.dialect
  return groupByName(rowsFromCatalog(rows, connection.dialect.preparer), (first, all) => ({
    name: first.name,
    constrainedColumns: all.map(({ column }) => column),
    referredSchema: null,
    referredTable: nameFromCatalog(first.referred_table, preparer),
    referredColumns: all.map((row) => nameFromCatalog(row.referred_column, preparer)),
    options: {
      ...(first.onupdate === 'RESTRICT' ? {} : { onupdate: first.onupdate }),
      ...(first.ondelete === 'RESTRICT' ? {} : { ondelete: first.ondelete }),
    },
  }))
}

/** The CHECK constraints of each table: the server keeps each as triggers, of which the one before INSERT has the text. */
export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<Omit<KeyRow, 'column'> & { readonly source: string }>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", TRIM(TRAILING FROM rc.rdb$constraint_name) AS "name",
       t.rdb$trigger_source AS "source"
     FROM rdb$relations r
     JOIN rdb$relation_constraints rc ON rc.rdb$relation_name = r.rdb$relation_name
     JOIN rdb$check_constraints cc ON cc.rdb$constraint_name = rc.rdb$constraint_name
     JOIN rdb$triggers t ON t.rdb$trigger_name = cc.rdb$trigger_name AND t.rdb$trigger_type = 1
     WHERE rc.rdb$constraint_type = 'CHECK' AND ${where}
     ORDER BY r.rdb$relation_name, rc.rdb$constraint_name`,
    parameters,
  )
  const { preparer } = connection.dialect
  const named = rows.map((row) => ({ ...row, table: nameFromCatalog(row.table, preparer) }))
  return groupByTable(named, ({ name, source }) => ({
    name: nameFromCatalog(name, preparer),
    sqltext: withoutOuterParentheses(source.replace(/^\s*CHECK\s*/i, '')),
  }))
}
