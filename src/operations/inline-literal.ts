import { inlineLiteral as inlineLiteralExpression } from '../sql/elements/factories.ts'
import type { BindParameter } from '../sql/elements/expression.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * A value that is written into the SQL even on a live connection. Never for values that users of an application enter.
 *
 * @example
 * await op.execute(sa.update(account).values({ name: op.inlineLiteral('new') }))
 */
export function inlineLiteral(
  _ctx: OperationContext,
  value: unknown,
  type?: TypeEngine,
): BindParameter {
  return inlineLiteralExpression(value, type)
}
