import { ColumnExpression } from '../sql/elements/column-expression.ts'
import { OrderModifier, TextClause, type SqlExpression } from '../sql/elements/expression.ts'
import { escapeColons } from '../sql/elements/placeholders.ts'
import { stringLiteral } from './literal.ts'
import type { RenderScope, SqlTextUse } from './render-context.ts'
import { call, type Source } from './source.ts'

/** The SQL of an expression, as it must stand in the migration for the same to come out again. */
export function sqlText(
  expression: SqlExpression | string,
  use: SqlTextUse,
  scope: RenderScope,
): string {
  const { dialect, rendering } = scope.context
  const given = typeof expression === 'string' ? new TextClause(expression) : expression
  const sql = dialect.sql.compileForDdl(given)
  return rendering.adjustSqlText?.(sql, use) ?? sql
}

/** `sa.text('…')` of SQL text. */
export function renderText(sql: string, scope: RenderScope): Source {
  return call(scope.sa('text'), stringLiteral(escapeColons(sql)))
}

/** `sa.text('…')` of an expression, whatever it was put together from. */
export function renderExpression(expression: SqlExpression, scope: RenderScope): Source {
  return renderText(sqlText(expression, 'condition', scope), scope)
}

/** A condition or formula as a string, for what takes SQL text as it is. */
export function renderCondition(expression: SqlExpression | string, scope: RenderScope): Source {
  return stringLiteral(escapeColons(sqlText(expression, 'condition', scope)))
}

/** One element of an index: a column by name, an ordering, or an expression as `sa.literalColumn()`. */
export function renderIndexElement(element: SqlExpression | string, scope: RenderScope): Source {
  if (typeof element === 'string') return stringLiteral(element)
  if (element instanceof ColumnExpression) return stringLiteral(element.name)
  if (element instanceof OrderModifier) {
    return call(scope.sa(element.modifier), renderIndexElement(element.of, scope))
  }
  // What is put together of operators stands in parentheses in an index; text is taken to have what it needs.
  const sql = sqlText(element, 'index', scope)
  const needsParentheses = OPERATIONS.has(element.kind) && !sql.startsWith('(')
  return call(scope.sa('literalColumn'), stringLiteral(needsParentheses ? `(${sql})` : sql))
}

const OPERATIONS: ReadonlySet<SqlExpression['kind']> = new Set(['and', 'binary', 'not', 'or'])
