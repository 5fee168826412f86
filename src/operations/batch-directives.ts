import type { ExecutableStatement } from '../impl/operation-target.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { Column } from '../sql/schema/column.ts'
import type { ExcludeElement } from '../sql/schema/exclude-constraint.ts'
import { isPlainObject } from '../sql/schema/dialect-options.ts'
import * as add from './add-column.ts'
import * as alter from './alter-column.ts'
import type { BatchContext } from './batch/batch-context.ts'
import * as check from './create-check-constraint.ts'
import * as exclude from './create-exclude-constraint.ts'
import * as foreignKey from './create-foreign-key.ts'
import * as indexes from './create-index.ts'
import * as primaryKey from './create-primary-key.ts'
import * as uniques from './create-unique-constraint.ts'
import * as dropped from './drop-constraint.ts'
import * as executed from './execute.ts'
import type { Queued } from './queued.ts'
import * as comments from './table-comment.ts'

export { f } from './f.ts'
export { getBind } from './get-bind.ts'
export { getContext } from './get-context.ts'
export { inlineLiteral } from './inline-literal.ts'
export { runAsync } from './run-async.ts'

/** What can be said of a column that a batch adds. */
export interface BatchAddColumnOptions
  extends Omit<add.AddColumnOptions, 'schema'>, add.ColumnPosition {}

/** What can be said of a column that a batch alters. The position is taken for the reference's sake: it has no effect. */
export interface BatchAlterColumnOptions
  extends Omit<alter.AlterColumnOptions, 'schema'>, add.ColumnPosition {}

/** Adds a column; `insertBefore` or `insertAfter` say where, if the table is made anew. */
export function addColumn(
  batch: BatchContext,
  column: Column,
  options: BatchAddColumnOptions = {},
): Queued<void> {
  const { insertBefore, insertAfter, ...rest } = options
  const given = { ...rest, schema: batch.schema }
  const position = { insertBefore, insertAfter }
  return batch.invoke(new add.AddColumnOp(batch.tableName, column, given, position))
}

/** Drops a column, and the constraints that it is part of where the table is made anew. */
export function dropColumn(
  batch: BatchContext,
  columnName: NameLike,
  options: Omit<add.DropColumnOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(new add.DropColumnOp(batch.tableName, columnName, given))
}

/** Changes a column. */
export function alterColumn(
  batch: BatchContext,
  columnName: NameLike,
  options: BatchAlterColumnOptions = {},
): Queued<void> {
  const { insertBefore, insertAfter, ...rest } = options
  const given = { ...rest, schema: batch.schema }
  const position = { insertBefore, insertAfter }
  return batch.invoke(alter.AlterColumnOp.fromOptions(batch.tableName, columnName, given, position))
}

/** Makes an index. */
export function createIndex(
  batch: BatchContext,
  indexName: NameLike | null,
  columns: readonly (NameLike | SqlExpression)[],
  options: Omit<indexes.CreateIndexOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(new indexes.CreateIndexOp(indexName, batch.tableName, columns, given))
}

/** Drops an index. */
export function dropIndex(
  batch: BatchContext,
  indexName: NameLike,
  options: Omit<indexes.DropIndexOptions, 'schema' | 'tableName'> = {},
): Queued<void> {
  const { tableName, schema } = batch
  return batch.invoke(new indexes.DropIndexOp(indexName, { ...options, tableName, schema }))
}

/** Adds a primary key, in place of one without a name. */
export function createPrimaryKey(
  batch: BatchContext,
  constraintName: NameLike | null,
  columns: readonly NameLike[],
  options: Omit<primaryKey.CreatePrimaryKeyOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(
    new primaryKey.CreatePrimaryKeyOp(constraintName, batch.tableName, columns, given),
  )
}

/** Adds a UNIQUE constraint. */
export function createUniqueConstraint(
  batch: BatchContext,
  constraintName: NameLike | null,
  columns: readonly NameLike[],
  options: Omit<uniques.CreateUniqueConstraintOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(
    new uniques.CreateUniqueConstraintOp(constraintName, batch.tableName, columns, given),
  )
}

/** Adds a foreign key. */
export function createForeignKey(
  batch: BatchContext,
  constraintName: NameLike | null,
  referentTable: NameLike,
  localCols: readonly NameLike[],
  remoteCols: readonly NameLike[],
  options: Omit<foreignKey.CreateForeignKeyOptions, 'sourceSchema'> = {},
): Queued<void> {
  const given = { ...options, sourceSchema: batch.schema }
  return batch.invoke(
    new foreignKey.CreateForeignKeyOp(
      constraintName,
      batch.tableName,
      referentTable,
      localCols,
      remoteCols,
      given,
    ),
  )
}

/** Adds a CHECK constraint. */
export function createCheckConstraint(
  batch: BatchContext,
  constraintName: NameLike | null,
  condition: string | SqlExpression,
  options: Omit<check.CreateCheckConstraintOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(
    new check.CreateCheckConstraintOp(constraintName, batch.tableName, condition, given),
  )
}

/** Adds an EXCLUDE constraint. */
export function createExcludeConstraint(
  batch: BatchContext,
  constraintName: NameLike | null,
  ...rest:
    | readonly ExcludeElement[]
    | readonly [...ExcludeElement[], Omit<exclude.CreateExcludeConstraintOptions, 'schema'>]
): Queued<void> {
  const { elements, options } = exclude.readExcludeArguments(rest)
  const given = { ...options, schema: batch.schema }
  return batch.invoke(
    new exclude.CreateExcludeConstraintOp(constraintName, batch.tableName, elements, given),
  )
}

/** Drops a constraint by its name. */
export function dropConstraint(
  batch: BatchContext,
  constraintName: NameLike | null,
  type?: dropped.ConstraintType | Omit<dropped.DropConstraintOptions, 'schema'> | null,
): Queued<void> {
  const options = isPlainObject(type) ? type : { type: type ?? null }
  const given = { ...options, schema: batch.schema }
  return batch.invoke(new dropped.DropConstraintOp(constraintName, batch.tableName, given))
}

/** Gives the table a comment. */
export function createTableComment(
  batch: BatchContext,
  comment: string | null,
  options: Omit<comments.TableCommentOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(new comments.CreateTableCommentOp(batch.tableName, comment, given))
}

/** Takes the table's comment away. */
export function dropTableComment(
  batch: BatchContext,
  options: Omit<comments.TableCommentOptions, 'schema'> = {},
): Queued<void> {
  const given = { ...options, schema: batch.schema }
  return batch.invoke(new comments.DropTableCommentOp(batch.tableName, given))
}

/** Runs a statement in its place, before what the batch collects is carried out. */
export function execute(
  batch: BatchContext,
  sqltext: ExecutableStatement,
  options: executed.ExecuteOptions = {},
): Queued<void> {
  return batch.invoke(new executed.ExecuteSQLOp(sqltext, options))
}
