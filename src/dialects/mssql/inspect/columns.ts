import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { exactInteger } from '../../../engine/driver.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import { tablesIn } from './catalog.ts'
import { readType, type TypeRow } from './column-types.ts'

/** A column, as the query below gives it. */
export interface ColumnRow extends TypeRow {
  readonly table: string
  /** `null` for a table whose columns may not be seen. */
  readonly name: string | null
  readonly is_nullable: boolean
  readonly default: string | null
  readonly computed: string | null
  readonly is_persisted: boolean | null
  readonly is_identity: boolean
  /** Text, because an identity column may count further than a number can. */
  readonly seed: string | null
  readonly increment: string | null
  readonly comment: string | null
}

/** The columns of each table, in their order. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  // Text of the database's own collation says nothing.
  const ownCollation = "CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS nvarchar(128))"
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT o.name AS [table], c.name AS name, t.name AS type_name, bt.name AS base_type,
       ts.name AS type_schema, t.is_user_defined AS is_user_defined, c.max_length AS max_length,
       c.[precision] AS [precision], c.scale AS scale,
       NULLIF(c.collation_name, ${ownCollation}) AS collation,
       c.is_nullable AS is_nullable, d.definition AS [default], cc.definition AS computed,
       cc.is_persisted AS is_persisted, c.is_identity AS is_identity,
       CAST(ic.seed_value AS nvarchar(40)) AS seed,
       CAST(ic.increment_value AS nvarchar(40)) AS increment,
       CAST(p.value AS nvarchar(max)) AS comment
     FROM ${from}
     LEFT JOIN ${sys}.columns c ON c.object_id = o.object_id
     LEFT JOIN ${sys}.types t ON t.user_type_id = c.user_type_id
     LEFT JOIN ${sys}.schemas ts ON ts.schema_id = t.schema_id
     LEFT JOIN ${sys}.types bt
       ON bt.system_type_id = t.system_type_id AND bt.user_type_id = bt.system_type_id
     LEFT JOIN ${sys}.default_constraints d ON d.object_id = c.default_object_id
     LEFT JOIN ${sys}.computed_columns cc
       ON cc.object_id = c.object_id AND cc.column_id = c.column_id
     LEFT JOIN ${sys}.identity_columns ic
       ON ic.object_id = c.object_id AND ic.column_id = c.column_id
     LEFT JOIN ${sys}.extended_properties p ON p.class = 1 AND p.name = 'MS_Description'
       AND p.major_id = c.object_id AND p.minor_id = c.column_id
     WHERE ${where}
     ORDER BY o.name, c.column_id`,
    parameters,
  )
  const quote = (name: string): string => connection.dialect.preparer.quote(name)
  const tables = new Map<string, ReflectedColumn[]>()
  for (const row of rows) {
    const columns = tables.get(row.table) ?? []
    tables.set(row.table, columns)
    if (row.name !== null) columns.push(readColumn(row, row.name, quote))
  }
  return tables
}

/** What a row of the catalog says of a column. */
export function readColumn(
  row: ColumnRow,
  name: string,
  quote: (name: string) => string,
): ReflectedColumn {
  return {
    name,
    type: readType(row, quote),
    nullable: row.is_nullable,
    default: row.default,
    autoincrement: row.is_identity,
    comment: row.comment,
    ...(row.computed === null
      ? {}
      : {
          computed: {
            sqltext: withoutOuterParentheses(row.computed),
            persisted: row.is_persisted === true,
          },
        }),
    ...(row.is_identity ? { identity: readIdentity(row) } : {}),
  }
}

function readIdentity({ seed, increment }: ColumnRow): ReflectedColumn['identity'] & object {
  if (seed === null || increment === null) return {}
  return { start: exactInteger(seed), increment: exactInteger(increment) }
}
