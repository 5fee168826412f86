import {
  BinaryExpression,
  CaseExpression,
  Cast,
  ConditionList,
  ExpressionList,
  FunctionCall,
  Label,
  Negation,
  OrderModifier,
  type SqlExpression,
} from './expression.ts'

/** The expressions that an expression is directly made of, from left to right. */
export function operands(expression: SqlExpression): readonly SqlExpression[] {
  if (expression instanceof FunctionCall) return expression.args
  if (expression instanceof BinaryExpression) return [expression.left, expression.right]
  if (expression instanceof ConditionList) return expression.conditions
  if (expression instanceof ExpressionList) return expression.items
  if (expression instanceof CaseExpression) {
    const { whens, otherwise } = expression
    return [...whens.flat(), ...(otherwise === null ? [] : [otherwise])]
  }
  if (
    expression instanceof OrderModifier ||
    expression instanceof Label ||
    expression instanceof Negation ||
    expression instanceof Cast
  ) {
    return [expression.of]
  }
  return []
}
