import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { ReflectedCheckConstraint } from '../../../engine/reflected.ts'
import { tablesIn } from './catalog.ts'

interface CheckRow {
  readonly table: string
  readonly name: string
  readonly definition: string
}

interface CommentRow {
  readonly table: string
  readonly comment: string | null
}

export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<CheckRow>(
    connection,
    `SELECT o.name AS [table], k.name AS name, k.definition AS definition
     FROM ${from}
     JOIN ${sys}.check_constraints k ON k.parent_object_id = o.object_id
     WHERE ${where}
     ORDER BY o.name, k.name`,
    parameters,
  )
  return groupByTable(rows, ({ name, definition }) => ({
    name,
    sqltext: withoutOuterParentheses(definition),
  }))
}

/** The comment of each table: its extended property `MS_Description`, which the server's own tools show too. */
export async function readTableComments(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<string | null>> {
  const { sys, from, where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<CommentRow>(
    connection,
    `SELECT o.name AS [table], CAST(p.value AS nvarchar(max)) AS comment
     FROM ${from}
     LEFT JOIN ${sys}.extended_properties p ON p.class = 1 AND p.name = 'MS_Description'
       AND p.major_id = o.object_id AND p.minor_id = 0
     WHERE ${where}
     ORDER BY o.name`,
    parameters,
  )
  return new Map(rows.map(({ table, comment }) => [table, comment]))
}
