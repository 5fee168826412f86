import type { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { warn } from '../../../util/warnings.ts'

/** Orderings that say no more than the default does: the group goes. */
const DEFAULT_ORDERINGS = [
  /( asc nulls last)$/,
  /(?<! desc)( nulls last)$/,
  /( asc)$/,
  /( asc) nulls first$/,
  / desc( nulls first)$/,
]

/** Compares two indexes element by element; both have the same number of them. */
export function compareElements(
  metadata: Index,
  reflected: Index,
  sql: SqlCompiler,
): { readonly differing: string[]; readonly skipped: string[] } {
  const differing: string[] = []
  const skipped: string[] = []
  const there = reflected.elements
  for (const [at, element] of metadata.elements.entries()) {
    const old = there[at]
    if (old === undefined || isSameColumn(element, old)) continue
    const [wantedText, oldText] = [element, old].map((one) => sql.compileForDdl(one))
    if (wantedText === undefined || oldText === undefined) continue
    const table = metadata.table?.name ?? ''
    if (normal(wantedText, table) === normal(oldText, table)) continue
    if (/[ )]/.test(wantedText) && wantedText.trim().endsWith('_ops')) {
      skipped.push(`expression #${at + 1} '${wantedText}' detected as including operator clause.`)
      warn(
        `Expression #${at + 1} '${wantedText}' in index '${reflected.name}' detected to include an operator clause. Expression compare cannot proceed. Please move the operator clause to the option ops to enable proper compare of the index expressions: { postgresql: { ops: … } }`,
      )
    } else differing.push(`expression #${at + 1} '${oldText}' to '${wantedText}'`)
  }
  return { differing, skipped }
}

function isSameColumn(a: SqlExpression, b: SqlExpression): boolean {
  return a instanceof ColumnExpression && b instanceof ColumnExpression && a.name === b.name
}

/** An element without what the server changes in it: quotes, casts, parentheses, blanks, default orderings. */
function normal(sql: string, table: string): string {
  let text = sql.toLowerCase().replaceAll(/["']/g, '').replaceAll(`${table.toLowerCase()}.`, '')
  // The catalog says the collation of a column elsewhere.
  text = unwrapped(text.replaceAll(/::[\w ]+\w/g, '').replaceAll(/ collate \w+/g, ''))
  for (const ordering of DEFAULT_ORDERINGS) {
    const match = ordering.exec(text)
    if (match === null) continue
    const at = match.index + match[0].indexOf(match[1] ?? '')
    text = text.slice(0, at) + text.slice(at + (match[1]?.length ?? 0))
    break
  }
  text = unwrapped(text)
  if (/^cast\s*\(/.test(text)) {
    text = text.replaceAll(/cast\s*\(/g, '').replaceAll(/as\s+[^)]+\)/g, '')
  }
  return text.replaceAll(' ', '')
}

function unwrapped(text: string): string {
  let inner = text
  while (inner.startsWith('(') && inner.endsWith(')')) inner = inner.slice(1, -1)
  return inner
}
