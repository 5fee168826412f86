import type { ExcludeConstraint } from '../sql/schema/exclude-constraint.ts'
import { renderConstraintOptions } from './constraint.ts'
import { stringLiteral } from './literal.ts'
import type { RenderScope } from './render-context.ts'
import { array, type Source } from './source.ts'
import { renderCondition, renderIndexElement } from './sql-expression.ts'
import { renderOptional, renderValue } from './type.ts'

/** The pairs of an EXCLUDE constraint: `['period', '&&']`. */
export function renderExcludeElements(constraint: ExcludeConstraint, scope: RenderScope): Source[] {
  return constraint.elements.map(([element, operator]) =>
    array([renderIndexElement(element, scope), stringLiteral(operator)]),
  )
}

/** The options of an EXCLUDE constraint, its name aside. */
export function renderExcludeOptions(
  constraint: ExcludeConstraint,
  scope: RenderScope,
): Record<string, Source | undefined> {
  const { using, where, ops } = constraint
  return {
    using: renderOptional(using, scope),
    where: where === null ? undefined : renderCondition(where, scope),
    ops: Object.keys(ops).length === 0 ? undefined : renderValue(ops, scope),
    ...renderConstraintOptions(constraint, scope),
  }
}
