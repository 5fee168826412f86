import { CompileError } from '../../../errors/compile-error.ts'
import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import type { PrimaryKeyConstraint } from '../../../sql/schema/key-constraints.ts'
import type { OwnerColumn } from '../../../sql/schema/owner.ts'
import { TableClass } from '../../../sql/schema/table.ts'

/** Constraints of MySQL and MariaDB. */
export class MysqlConstraintCompiler extends ConstraintCompiler {
  /** InnoDB wants the AUTO_INCREMENT column first in some key: where the order is ours to choose, it leads. */
  protected override primaryKeyColumns(constraint: PrimaryKeyConstraint): readonly OwnerColumn[] {
    const { columns, table, implicit } = constraint
    const first: OwnerColumn | null =
      implicit && table instanceof TableClass ? table.autoincrementColumn : null
    if (first === null) return columns
    return [first, ...columns.filter((column) => column !== first)]
  }

  protected override primaryKey(constraint: PrimaryKeyConstraint): string {
    const { dialectOptions } = constraint
    const using =
      dialectOption(dialectOptions, this.traits.name, 'using') ??
      dialectOption(dialectOptions, 'mysql', 'using')
    const method = typeof using === 'string' ? ` USING ${this.sql.preparer.quote(using)}` : ''
    return super.primaryKey(constraint) + method
  }

  protected override match(constraint: ForeignKeyConstraint): string {
    if (constraint.match === null) return ''
    throw new CompileError(
      "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE clauses to be ignored.",
    )
  }
}
