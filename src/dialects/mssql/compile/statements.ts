import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'

/** Drops the one constraint of a kind that a column has, whatever the server called it. */
export interface DropColumnConstraint {
  readonly kind: 'dropColumnConstraint'
  readonly of: 'default' | 'check' | 'foreignKey'
  readonly table: TableReference
  readonly column: NameLike
}

/** The comment of a new column, beside its table's. */
export interface DescribeColumn {
  readonly kind: 'describeColumn'
  readonly table: TableReference
  readonly column: NameLike
  readonly comment: string | null
}

/** The statements that only SQL Server knows. */
export type MssqlStatement = DropColumnConstraint | DescribeColumn
