import { CompileError } from '../../../errors/compile-error.ts'
import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import { ColumnClass } from '../../../sql/schema/column.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, type UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import {
  columnOption,
  constraintResolution,
  fullTable,
  numbersItself,
  onConflict,
} from './columns.ts'

/** Writes constraints for SQLite, with what is done about rows that break them. */
export class SqliteConstraintCompiler extends ConstraintCompiler {
  override isCreated(constraint: Constraint): boolean {
    if (constraint instanceof PrimaryKeyConstraint && isInline(constraint)) return false
    // A foreign key can't leave its database file.
    if (constraint instanceof ForeignKeyConstraint && leavesSchema(constraint)) return false
    return super.isCreated(constraint)
  }

  protected override primaryKey(constraint: PrimaryKeyConstraint): string {
    const resolution =
      constraintResolution(constraint) ?? columnResolution(constraint, 'PrimaryKey')
    return super.primaryKey(constraint) + onConflict(resolution)
  }

  protected override unique(constraint: UniqueConstraint): string {
    const resolution = constraintResolution(constraint) ?? columnResolution(constraint, 'Unique')
    return super.unique(constraint) + onConflict(resolution)
  }

  protected override check(constraint: CheckConstraint): string {
    const resolution = constraintResolution(constraint)
    if (constraint.columnLevel && resolution !== null) {
      throw new CompileError(
        `SQLite does not support on conflict clause for column check constraint; make '${constraint.name ?? 'the CHECK'}' a constraint of the table`,
      )
    }
    return super.check(constraint) + onConflict(resolution)
  }

  /** REFERENCES takes no schema: the table is one of the same file. */
  protected override referredSchema(constraint: ForeignKeyConstraint): string | null {
    const { schema } = constraint.referred
    return schema === constraint.table?.schema ? null : schema
  }
}

function isInline(constraint: PrimaryKeyConstraint): boolean {
  const table = fullTable(constraint.table)
  const [column] = constraint.columns
  return table !== null && column instanceof ColumnClass && numbersItself(table, column)
}

function leavesSchema(constraint: ForeignKeyConstraint): boolean {
  return constraint.table !== null && constraint.table.schema !== constraint.referred.schema
}

/** A constraint over one column takes what the column says. */
function columnResolution(
  constraint: PrimaryKeyConstraint | UniqueConstraint,
  kind: 'PrimaryKey' | 'Unique',
): string | null {
  const [column, second] = constraint.columns
  if (second !== undefined || !(column instanceof ColumnClass)) return null
  return columnOption(column, `onConflict${kind}`)
}
