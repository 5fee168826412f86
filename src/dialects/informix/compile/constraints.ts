import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import type { PrimaryKeyConstraint, UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import { warn } from '../../../util/warnings.ts'

/** Writes constraints as Informix has them: the name stands behind. */
export class InformixConstraintCompiler extends ConstraintCompiler {
  protected override primaryKey(constraint: PrimaryKeyConstraint): string {
    const columns = this.columnList(this.primaryKeyColumns(constraint))
    return `PRIMARY KEY (${columns})${this.#name(constraint)}${this.deferrability(constraint)}`
  }

  protected override unique(constraint: UniqueConstraint): string {
    const columns = this.columnList(constraint.columns)
    return `UNIQUE (${columns})${this.#name(constraint)}${this.deferrability(constraint)}`
  }

  protected override check(constraint: CheckConstraint): string {
    const condition = `CHECK (${this.checkCondition(constraint)})`
    return `${condition}${this.#name(constraint)}${this.deferrability(constraint)}`
  }

  protected override foreignKeyOptions(constraint: ForeignKeyConstraint): string {
    return this.#name(constraint) + super.foreignKeyOptions(constraint)
  }

  protected override onUpdate({ onupdate }: ForeignKeyConstraint): string {
    if (onupdate !== null)
      warn(`ON UPDATE ${onupdate} is left out: Informix has no such action for foreign keys`)
    return ''
  }

  /** As in the reference, the server is left to refuse them. */
  protected override get actionsNameColumns(): boolean {
    return true
  }

  /** A CHECK in a column is the exception, as in the reference. */
  override namePrefix(constraint: Constraint): string {
    return isInColumn(constraint) ? super.namePrefix(constraint) : ''
  }

  #name(constraint: Constraint): string {
    const name = isInColumn(constraint) ? null : resolveName(constraint)
    return name === null ? '' : ` CONSTRAINT ${this.sql.preparer.formatConstraint(name)}`
  }
}

function isInColumn(constraint: Constraint): boolean {
  return constraint instanceof CheckConstraint && constraint.columnLevel
}
