import type { NameLike } from '../elements/identifier.ts'
import { Constraint, type ConstraintKind } from './constraint.ts'

/** A constraint of which only the name is known: enough to drop it, where the server doesn't ask for its kind. */
export class NamedConstraint extends Constraint {
  override readonly kind: ConstraintKind & 'unknown' = 'unknown'

  constructor(name: NameLike | null) {
    super('unknown', { name })
  }

  override copy(): NamedConstraint {
    return new NamedConstraint(this.commonOptions().name ?? null)
  }
}
