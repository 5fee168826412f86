import { AddColumnOp, DropColumnOp } from '../../../src/operations/add-column.ts'
import { AlterColumnOp } from '../../../src/operations/alter-column.ts'
import { ModifyTableOps, OpContainer, UpgradeOps } from '../../../src/operations/containers.ts'
import { CreateCheckConstraintOp } from '../../../src/operations/create-check-constraint.ts'
import { CreateForeignKeyOp } from '../../../src/operations/create-foreign-key.ts'
import { CreateIndexOp, DropIndexOp } from '../../../src/operations/create-index.ts'
import { CreateTableOp, DropTableOp } from '../../../src/operations/create-table.ts'
import { CreateUniqueConstraintOp } from '../../../src/operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../../src/operations/drop-constraint.ts'
import type { MigrateOperation } from '../../../src/operations/migrate-operation.ts'
import { CreateTableCommentOp, DropTableCommentOp } from '../../../src/operations/table-comment.ts'
import type { DialectOptions } from '../../../src/sql/schema/dialect-options.ts'
import { type Describer, nameText } from './describe.ts'

type Described = Readonly<Record<string, unknown>>

/** Operations as plain data, with the keys that the vectors give their attributes. */
export function describeOperation(
  operation: MigrateOperation<unknown>,
  describer: Describer,
): Described {
  const it = (value: unknown): unknown => describer.describe(value)
  const options = (given: object): unknown => describer.options(given as DialectOptions)
  const common = (op: { tableName: unknown; schema: unknown }): Described => ({
    table_name: nameText(op.tableName),
    schema: nameText(op.schema),
  })
  if (operation instanceof OpContainer) {
    const ops = operation.ops.map((one) => describeOperation(one, describer))
    if (operation instanceof ModifyTableOps) {
      return { op: 'modify_table_ops', ...common(operation), ops }
    }
    return { op: operation instanceof UpgradeOps ? 'upgrade_ops' : 'downgrade_ops', ops }
  }
  if (operation instanceof CreateTableOp || operation instanceof DropTableOp) {
    const op = operation instanceof CreateTableOp ? 'create_table_op' : 'drop_table_op'
    return { op, ...common(operation), table: it(operation.toTable()) }
  }
  if (operation instanceof CreateIndexOp) {
    const columns = operation.columns.map((column) =>
      typeof column === 'string' ? column : it(column),
    )
    return {
      op: 'create_index_op',
      ...common(operation),
      index_name: it(operation.indexName),
      unique: operation.unique,
      columns,
      kw: options(withoutOwn(operation.options)),
    }
  }
  if (operation instanceof DropIndexOp) {
    return {
      op: 'drop_index_op',
      ...common(operation),
      index_name: it(operation.indexName),
      kw: {
        ...(operation.options.unique === true ? { unique: true } : {}),
        ...(options(withoutOwn(operation.options)) as object),
      },
      reverse:
        operation.original === null ? null : describeOperation(operation.original, describer),
    }
  }
  if (operation instanceof AddColumnOp || operation instanceof DropColumnOp) {
    return operation instanceof AddColumnOp
      ? { op: 'add_column_op', ...common(operation), column: it(operation.column) }
      : {
          op: 'drop_column_op',
          ...common(operation),
          column_name: nameText(operation.columnName),
          column: it(operation.original),
        }
  }
  if (operation instanceof AlterColumnOp) return describeAlteration(operation, describer)
  if (operation instanceof DropConstraintOp) {
    return {
      op: 'drop_constraint_op',
      ...common(operation),
      constraint_name: it(operation.constraintName),
      type_: operation.constraintType,
      reverse:
        operation.original === null ? null : describeOperation(operation.original, describer),
    }
  }
  if (operation instanceof CreateForeignKeyOp) {
    return {
      op: 'create_foreign_key_op',
      constraint_name: it(operation.constraintName),
      source_table: nameText(operation.sourceTable),
      referent_table: nameText(operation.referentTable),
      local_cols: operation.localCols.map(nameText),
      remote_cols: operation.remoteCols.map(nameText),
      kw: {
        source_schema: nameText(operation.sourceSchema),
        referent_schema: nameText(operation.referentSchema),
        ...operation.options,
      },
    }
  }
  if (operation instanceof CreateUniqueConstraintOp) {
    const {
      deferrable,
      initially,
      name: _,
      comment: _comment,
      info: _info,
      ...own
    } = operation.options as Record<string, unknown>
    return {
      op: 'create_unique_constraint_op',
      ...common(operation),
      constraint_name: it(operation.constraintName),
      columns: operation.columns.map(nameText),
      kw: { deferrable: deferrable || null, initially, ...(options(own) as object) },
    }
  }
  if (operation instanceof CreateCheckConstraintOp) {
    const { condition } = operation
    return {
      op: 'create_check_constraint_op',
      ...common(operation),
      constraint_name: it(operation.constraintName),
      condition: typeof condition === 'string' ? { sql: condition } : it(condition),
      kw: options(withoutOwn(operation.options)),
    }
  }
  if (operation instanceof CreateTableCommentOp || operation instanceof DropTableCommentOp) {
    const { existingComment: existing_comment } = operation
    return operation instanceof CreateTableCommentOp
      ? {
          op: 'create_table_comment_op',
          ...common(operation),
          comment: operation.comment,
          existing_comment,
        }
      : { op: 'drop_table_comment_op', ...common(operation), existing_comment }
  }
  throw new TypeError(`no description for ${operation.constructor.name}`)
}

/** `false` is "not said", as in the vectors. */
function describeAlteration(op: AlterColumnOp, describer: Describer): Described {
  const said = (value: unknown): unknown =>
    value === undefined ? false : describer.describe(value)
  return {
    op: 'alter_column_op',
    table_name: nameText(op.tableName),
    column_name: nameText(op.columnName),
    schema: nameText(op.schema),
    existing_type: describer.describe(op.existingType ?? null),
    existing_nullable: op.existingNullable ?? null,
    existing_server_default: said(op.existingServerDefault),
    existing_comment: op.existingComment ?? null,
    modify_type: describer.describe(op.modifyType ?? null),
    modify_nullable: op.modifyNullable ?? null,
    modify_server_default: said(op.modifyServerDefault),
    modify_comment: said(op.modifyComment),
    kw: op.modifyAutoincrement === undefined ? {} : { autoincrement: op.modifyAutoincrement },
  }
}

function withoutOwn(options: object): object {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value),
    ),
  )
}
