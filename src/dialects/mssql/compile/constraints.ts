import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import type { PrimaryKeyConstraint, UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import { constraintOptions } from './own-options.ts'

/** `CLUSTERED ` or `NONCLUSTERED `, as far as said. */
export function clustering(clustered: boolean | null | undefined): string {
  if (clustered === null || clustered === undefined) return ''
  return clustered ? 'CLUSTERED ' : 'NONCLUSTERED '
}

/** Writes constraints as SQL Server has them. */
export class MssqlConstraintCompiler extends ConstraintCompiler {
  protected override primaryKey(constraint: PrimaryKeyConstraint): string {
    const columns = this.columnList(this.primaryKeyColumns(constraint))
    return `PRIMARY KEY ${this.#clustering(constraint)}(${columns})${this.deferrability(constraint)}`
  }

  protected override unique(constraint: UniqueConstraint): string {
    const columns = this.columnList(constraint.columns)
    return `UNIQUE ${this.#clustering(constraint)}(${columns})${this.deferrability(constraint)}`
  }

  #clustering(constraint: Constraint): string {
    return clustering(constraintOptions(constraint).clustered)
  }
}
