import { conv, type FinalName } from '../sql/elements/identifier.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * Marks a constraint's name as final, so that no naming convention is applied to it.
 *
 * @example
 * await op.createCheckConstraint(op.f('ck_account_positive'), 'account', 'amount > 0')
 */
export function f(_ctx: OperationContext, name: string): FinalName {
  return conv(name)
}
