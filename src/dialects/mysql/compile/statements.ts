import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import type { ServerDefault } from '../../../sql/schema/server-default.ts'
import type { RestatedColumn } from './columns.ts'

/** `MODIFY` where the name stays, `CHANGE` where `newName` is given: the whole column is stated again. */
export interface RestateColumn {
  readonly kind: 'restateColumn'
  readonly table: TableReference
  readonly column: NameLike
  /** `null` for MODIFY; the column's own name is fine for CHANGE. */
  readonly newName: NameLike | null
  readonly definition: RestatedColumn
}

/** `ALTER COLUMN c SET DEFAULT …`: the one part of a column that can change alone. */
export interface SetColumnDefault {
  readonly kind: 'setColumnDefault'
  readonly table: TableReference
  readonly column: NameLike
  /** `null` drops the default. */
  readonly serverDefault: ServerDefault | null
}

/** The statements that only MySQL and MariaDB know. */
export type MysqlStatement = RestateColumn | SetColumnDefault
