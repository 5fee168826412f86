import { ColumnExpression } from '../elements/column-expression.ts'
import {
  BinaryExpression,
  CaseExpression,
  Cast,
  FunctionCall,
  Label,
  type SqlExpression,
} from '../elements/expression.ts'
import { joinName, type NameLike } from '../elements/identifier.ts'

/**
 * The names under which the columns of a SELECT come back; null where that is what is written. Values that have no name
 * get one, and of columns of one name all but the first another one: a row is an object by name.
 */
export function resultNames(columns: readonly SqlExpression[]): readonly (NameLike | null)[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    const named = namedPart(column)
    const stem = named?.name ?? unnamedStem(column)
    if (stem === null) return null
    const name = firstFree(stem, named === null ? 1 : 0, taken)
    taken.add(name)
    if (column === named && column instanceof ColumnExpression && name === stem) return null
    return named instanceof ColumnExpression && name === stem
      ? joinName(name, named.quote, false)
      : name
  })
}

/** The label, the column, or the column that a cast keeps the name of. */
function namedPart(expression: SqlExpression): Label | ColumnExpression | null {
  if (expression instanceof Label || expression instanceof ColumnExpression) return expression
  return expression instanceof Cast ? namedPart(expression.of) : null
}

function unnamedStem(expression: SqlExpression): string | null {
  if (expression instanceof FunctionCall) return expression.name
  const isComposed =
    expression instanceof BinaryExpression ||
    expression instanceof CaseExpression ||
    expression instanceof Cast
  return isComposed ? 'anon' : null
}

function firstFree(stem: string, from: number, taken: ReadonlySet<string>): string {
  for (let number = from; ; number += 1) {
    const name = number === 0 ? stem : `${stem}_${number}`
    if (!taken.has(name)) return name
  }
}
