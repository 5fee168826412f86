import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import { OrderModifier, type SqlExpression } from '../../../sql/elements/expression.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { Index } from '../../../sql/schema/table-index.ts'

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly firebird?: FirebirdIndexOptions
  }
}

/** Options of an index: `{ firebird: { descending: true } }`. */
export interface FirebirdIndexOptions {
  /** All columns are in descending order; the server has no order of single columns. Default `false`. */
  readonly descending?: boolean
}

/** Whether an index is in descending order. */
export function isDescending(index: Index): boolean {
  return dialectOption(index.dialectOptions, 'firebird', 'descending') === true
}

/** What an index of Firebird's is made of: columns, or one expression; and one direction for all of it. */
export interface IndexForm {
  readonly columns: readonly ColumnExpression[]
  readonly expression: SqlExpression | null
  readonly descending: boolean
}

/**
 * Reads an index as Firebird can have it: `sa.desc()` of every column makes it descending.
 *
 * @throws CompileError for columns in different directions, and for an expression beside something else
 */
export function indexForm(index: Index): IndexForm {
  const isDescendingElement = index.elements.map((element) => orderOf(index, element) === 'desc')
  if (isDescendingElement.includes(true) && isDescendingElement.includes(false)) {
    refuse(index, 'all columns of an index in one direction; make two indexes')
  }
  const descending = isDescending(index) || isDescendingElement.includes(true)
  const elements = index.elements.map((element) =>
    element instanceof OrderModifier ? element.of : element,
  )
  const columns = elements.filter((element) => element instanceof ColumnExpression)
  if (columns.length === elements.length) return { columns, expression: null, descending }
  const [expression, another] = elements
  if (expression === undefined || another !== undefined) {
    return refuse(index, 'either columns in an index, or a single expression; make two indexes')
  }
  return { columns: [], expression, descending }
}

function orderOf(index: Index, element: SqlExpression): 'asc' | 'desc' {
  if (!(element instanceof OrderModifier)) return 'asc'
  const { modifier } = element
  if (modifier === 'asc' || modifier === 'desc') return modifier
  return refuse(index, 'no NULLS FIRST and NULLS LAST in an index; leave that out')
}

function refuse(index: Index, what: string): never {
  throw new CompileError(`Firebird has ${what} (index '${index.name ?? ''}')`)
}
