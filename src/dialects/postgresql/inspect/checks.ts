import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedCheckConstraint } from '../../../engine/reflected.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import { ReflectionError } from '../../../errors/reflection-error.ts'
import { groupByTable, queryCatalog } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

interface CheckRow {
  readonly table: string
  readonly name: string
  readonly definition: string
  readonly comment: string | null
}

// "CHECK ((a > 1)) NO INHERIT NOT VALID"; server 18 adds NOT ENFORCED.
const DEFINITION = /^CHECK *\((.+)\)((?: NO INHERIT| NOT VALID| NOT ENFORCED)*)$/s

export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { from, where, parameters } = relationsIn(scope)
  const rows = await queryCatalog<CheckRow>(
    connection,
    `SELECT c.relname AS table, con.conname AS name,
       pg_catalog.pg_get_constraintdef(con.oid, true) AS definition,
       pg_catalog.obj_description(con.oid, 'pg_constraint') AS comment
     FROM ${from}
     JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype = 'c'
     WHERE ${where}
     ORDER BY c.relname, con.conname`,
    parameters,
  )
  return groupByTable(rows, checkConstraint)
}

function checkConstraint(row: CheckRow): ReflectedCheckConstraint {
  const found = DEFINITION.exec(row.definition)
  if (found === null) {
    throw new ReflectionError(
      `The definition of CHECK constraint '${row.name}' of table '${row.table}' can't be read: ${row.definition}`,
    )
  }
  const [, condition = '', suffixes = ''] = found
  const options = {
    ...(suffixes.includes('NOT VALID') ? { notValid: true } : {}),
    ...(suffixes.includes('NO INHERIT') ? { noInherit: true } : {}),
  }
  return {
    name: row.name,
    sqltext: withoutOuterParentheses(condition),
    comment: row.comment,
    ...(Object.keys(options).length === 0 ? {} : { dialectOptions: { postgresql: options } }),
  }
}
