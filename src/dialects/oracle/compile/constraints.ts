import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import { warn } from '../../../util/warnings.ts'

/** Writes constraints as Oracle has them. */
export class OracleConstraintCompiler extends ConstraintCompiler {
  /** There is no ON UPDATE. */
  protected override cascades(constraint: ForeignKeyConstraint): string {
    const { ondelete, onupdate } = constraint
    if (onupdate !== null) {
      warn(
        "Oracle Database does not contain native UPDATE CASCADE functionality - onupdates will not be rendered for foreign keys. Consider using deferrable: true, initially: 'deferred' or triggers.",
      )
    }
    return ondelete === null ? '' : ` ON DELETE ${this.deleteAction(ondelete)}`
  }

  /** As in the reference, the server is left to refuse them. */
  protected override get actionsNameColumns(): boolean {
    return true
  }
}
