import type { ColumnPlace } from '../../engine/reflected.ts'
import { DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import { DropTableOp } from '../../operations/create-table.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { AutogenContext } from '../autogen-context.ts'

/** By what operations something comes into use or goes out of it: only whole tables, also single columns, or none. */
export type Users = 'none' | 'tables' | 'columns'

/** Which columns of the database go, or change such that they need something no longer. */
export class ColumnUsers {
  readonly #context: AutogenContext
  readonly #ops: readonly MigrateOperation<unknown>[]

  constructor(context: AutogenContext, ops: readonly MigrateOperation<unknown>[]) {
    this.#context = context
    this.#ops = ops
  }

  /** By what all the columns go; none where one of them stays as it is. */
  leaving(columns: readonly ColumnPlace[], isLeft: (op: AlterColumnOp) => boolean): Users {
    const users = columns.map((column) => this.#leavingOf(column, isLeft))
    if (users.includes('none')) return 'none'
    return users.includes('columns') ? 'columns' : 'tables'
  }

  #leavingOf(column: ColumnPlace, isLeft: (op: AlterColumnOp) => boolean): Users {
    for (const op of this.#ops) {
      if (op instanceof DropTableOp) {
        if (this.#isTable(op, column)) return 'tables'
      } else if (op instanceof DropColumnOp || op instanceof AlterColumnOp) {
        if (!this.#isTable(op, column) || op.columnName.toString() !== column.column) continue
        if (op instanceof DropColumnOp || isLeft(op)) return 'columns'
      }
    }
    return 'none'
  }

  #isTable(
    op: { readonly tableName: NameLike; readonly schema: NameLike | null },
    column: ColumnPlace,
  ): boolean {
    const schema = op.schema?.toString() ?? this.#context.dialect.traits.defaultSchemaName
    return op.tableName.toString() === column.table && schema === column.schema
  }
}
