import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import { warn } from '../../../util/warnings.ts'

/** Writes constraints as Db2 has them. */
export class Db2ConstraintCompiler extends ConstraintCompiler {
  /** Db2 has NO ACTION and RESTRICT on update; the reference writes neither. */
  protected override onUpdate({ onupdate }: ForeignKeyConstraint): string {
    if (onupdate !== null)
      warn(
        `ON UPDATE ${onupdate} is left out: DB2 does not support UPDATE CASCADE for foreign keys`,
      )
    return ''
  }

  /** As in the reference, the server is left to refuse them. */
  protected override get actionsNameColumns(): boolean {
    return true
  }
}
