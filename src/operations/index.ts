// The door for those who extend `op`, or work on operations as objects: hooks, rewriters, tools.
export { AddColumnOp, DropColumnOp } from './add-column.ts'
export { AddEnumValueOp, AddEnumValuesOp } from './add-enum-value.ts'
export { AlterColumnOp } from './alter-column.ts'
export { AlterEnumOp } from './alter-enum.ts'
export { AlterSequenceOp } from './alter-sequence.ts'
export { BatchOperations, type BatchBody } from './batch-alter-table.ts'
export type { BatchOptions } from './batch/batch-options.ts'
export { BulkInsertOp } from './bulk-insert.ts'
export {
  DowngradeOps,
  MigrationScript,
  ModifyTableOps,
  OpContainer,
  UpgradeOps,
} from './containers.ts'
export { CreateCheckConstraintOp } from './create-check-constraint.ts'
export { CreateEnumOp, DropEnumOp } from './create-enum.ts'
export { CreateExcludeConstraintOp } from './create-exclude-constraint.ts'
export { CreateForeignKeyOp } from './create-foreign-key.ts'
export { CreateIndexOp, DropIndexOp } from './create-index.ts'
export { CreatePrimaryKeyOp } from './create-primary-key.ts'
export { CreateSequenceOp, DropSequenceOp } from './create-sequence.ts'
export { CreateTableOp, DropTableOp } from './create-table.ts'
export { CreateUniqueConstraintOp } from './create-unique-constraint.ts'
export { AddConstraintOp, DropConstraintOp } from './drop-constraint.ts'
export { ExecuteSQLOp } from './execute.ts'
export type { MigrationBind } from './get-bind.ts'
export { MigrateOperation } from './migrate-operation.ts'
export type { OperationContext } from './operation-context.ts'
export { Operations, operationsOf } from './operations.ts'
export * from './custom-operations.ts'
export type { Queued } from './queued.ts'
export { RenameEnumValueOp } from './rename-enum-value.ts'
export { RenameTableOp } from './rename-table.ts'
export { rendererFor, type OperationRenderer } from './render-operation.ts'
export type { MigrationContextLike, RunContext } from './run-context.ts'
export { CreateTableCommentOp, DropTableCommentOp } from './table-comment.ts'
