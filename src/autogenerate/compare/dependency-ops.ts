import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateIndexOp, DropIndexOp } from '../../operations/create-index.ts'
import { CreatePrimaryKeyOp } from '../../operations/create-primary-key.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { ColumnExpression } from '../../sql/elements/column-expression.ts'
import { OrderModifier, SqlExpression } from '../../sql/elements/expression.ts'
import { nameParts } from '../../sql/elements/identifier.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { isServedBy, losesService } from './needed-indexes.ts'

/** The foreign key that an operation drops; `null` where it drops none. */
export function droppedForeignKey(op: MigrateOperation<unknown>): ForeignKeyConstraint | null {
  if (!(op instanceof DropConstraintOp) || op.constraintType !== 'foreignkey') return null
  return op.toConstraint() as ForeignKeyConstraint
}

/** Whether a primary key goes. */
export function dropsPrimaryKey(op: MigrateOperation<unknown>): boolean {
  return op instanceof DropConstraintOp && op.constraintType === 'primary'
}

/** Whether something goes that a foreign key may depend on. */
export function dropsTarget(op: MigrateOperation<unknown>): boolean {
  if (op instanceof DropColumnOp || op instanceof DropIndexOp || dropsPrimaryKey(op)) return true
  return op instanceof DropConstraintOp && op.constraintType === 'unique'
}

/** Whether something comes that a foreign key to these columns may depend on, or changes its type. */
export function makesTarget(op: MigrateOperation<unknown>, columns: readonly string[]): boolean {
  if (op instanceof AddColumnOp) return columns.includes(op.column.name)
  if (op instanceof AlterColumnOp) {
    return op.modifyType !== undefined && columns.includes(op.columnName.toString())
  }
  const own = indexedColumns(op)
  return own !== null && columns.every((column) => own.includes(column))
}

/** The columns that an operation makes an index on. */
export function indexedColumns(op: MigrateOperation<unknown>): readonly string[] | null {
  const isKey =
    op instanceof CreateIndexOp ||
    op instanceof CreatePrimaryKeyOp ||
    op instanceof CreateUniqueConstraintOp
  if (!isKey) return null
  return op.columns.flatMap((column) =>
    column instanceof SqlExpression ? namesOf(column) : nameParts(column).text,
  )
}

/** An expression that is a column, in whatever order. */
function namesOf(element: SqlExpression): readonly string[] {
  const plain = element instanceof OrderModifier ? element.of : element
  return plain instanceof ColumnExpression ? [plain.name] : []
}

/** Whether an operation makes an index that a foreign key's columns can do with. */
export function makesService(op: MigrateOperation<unknown>, columns: readonly string[]): boolean {
  const own = indexedColumns(op)
  return own !== null && isServedBy(columns, { columns: own })
}

/** Whether the columns of one end of a foreign key lose their index, or get another type. */
export function isDisturbed(
  table: TableClass,
  ops: ModifyTableOps,
  columns: readonly string[],
): boolean {
  const isRetyped = ops.ops.some(
    (op) =>
      op instanceof AlterColumnOp &&
      op.modifyType !== undefined &&
      columns.includes(op.columnName.toString()),
  )
  return isRetyped || losesService(table, droppedIndexes(ops), columns)
}

/**
 * Whether an index or constraint goes that makes these columns unique, in whatever order: a foreign key to them may depend on it,
 * also where there is another one.
 */
export function losesUnique(
  { constraints, indexes }: TableClass,
  ops: ModifyTableOps,
  columns: readonly string[],
): boolean {
  const dropped = droppedIndexes(ops)
  const uniques = constraints.filter((one) => one instanceof UniqueConstraint)
  return [...uniques, ...indexes.filter(({ unique }) => unique)].some(
    (one) =>
      dropped.has(one.name ?? '') &&
      one.columns.length === columns.length &&
      one.columns.every(({ name }) => columns.includes(name)),
  )
}

/** Names of the indexes that go; `null` for the primary key. */
function droppedIndexes({ ops }: ModifyTableOps): ReadonlySet<string | null> {
  return new Set(
    ops.flatMap((op) => {
      if (dropsPrimaryKey(op)) return [null]
      if (op instanceof DropIndexOp) return [op.indexName?.toString() ?? '']
      const isUnique = op instanceof DropConstraintOp && op.constraintType === 'unique'
      return isUnique ? [op.constraintName?.toString() ?? ''] : []
    }),
  )
}
