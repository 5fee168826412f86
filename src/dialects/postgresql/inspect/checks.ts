import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedCheckConstraint } from '../../../engine/reflected.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import { ReflectionError } from '../../../errors/reflection-error.ts'
import { groupByTable } from './catalog-rows.ts'
import type { ConstraintRow, ConstraintRows } from './constraint-rows.ts'

type CheckRow = Pick<ConstraintRow, 'table' | 'name' | 'comment'> & { readonly definition: string }

// "CHECK ((a > 1)) NO INHERIT NOT VALID"; server 18 adds NOT ENFORCED.
const DEFINITION = /^CHECK *\((.+)\)((?: NO INHERIT| NOT VALID| NOT ENFORCED)*)$/s

export async function readCheckConstraints(
  constraints: ConstraintRows,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const rows = await constraints.ofKind('c', scope)
  const present = rows.flatMap(({ definition, ...row }) =>
    // Without a text it was dropped since the query began.
    definition === null ? [] : [{ ...row, definition }],
  )
  return groupByTable(present, checkConstraint)
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
