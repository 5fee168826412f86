import type { QueryResult } from '../engine/driver.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { DdlStatement } from '../sql/ddl/statement.ts'
import type { TableReference } from '../sql/elements/column-expression.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { DmlStatement, StatementTable } from '../sql/elements/statements.ts'
import type { Column } from '../sql/schema/column.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Index } from '../sql/schema/table-index.ts'
import type {
  AddColumnSettings,
  ColumnAlteration,
  DropColumnSettings,
} from './column-alteration.ts'
import type { EnumTypes } from './enum-types.ts'
import type { RowSource } from './row-source.ts'
import type { ExecutionOptions } from './statement-sink.ts'

/** SQL in the driver's own form, as another library compiled it. */
export interface RawStatement {
  readonly sql: string
  readonly parameters?: readonly unknown[]
}

/** Whatever `op.execute()` takes; a string is `sa.text()`. */
export type ExecutableStatement =
  | string
  | SqlExpression
  | DmlStatement
  | DdlStatement
  | RawStatement

/** How a statement is run. */
export interface ExecuteSettings {
  readonly executionOptions?: ExecutionOptions | undefined
  /** Values become literals in the SQL, whatever the context says. */
  readonly literalBinds?: boolean | undefined
}

/** How rows are inserted. */
export interface BulkInsertSettings {
  /** `false` runs one statement a row on a server too; `true` unless given. */
  readonly multiinsert?: boolean | undefined
}

/** What operations are carried out on: a dialect's implementation, or the record of a batch. */
export interface OperationTarget {
  readonly dialect: Dialect
  readonly enumTypes: EnumTypes
  execute(statement: ExecutableStatement, settings?: ExecuteSettings): Promise<QueryResult>
  createTable(
    table: TableClass,
    settings?: { readonly ifNotExists?: boolean | undefined },
  ): Promise<void>
  dropTable(
    table: TableClass,
    settings?: { readonly ifExists?: boolean | undefined },
  ): Promise<void>
  renameTable(table: TableReference, newName: NameLike): Promise<void>
  addColumn(table: TableReference, column: Column, settings?: AddColumnSettings): Promise<void>
  dropColumn(table: TableReference, column: NameLike, settings?: DropColumnSettings): Promise<void>
  alterColumn(table: TableReference, column: NameLike, alteration: ColumnAlteration): Promise<void>
  addConstraint(constraint: Constraint): Promise<void>
  dropConstraint(
    constraint: Constraint,
    settings?: { readonly ifExists?: boolean | undefined },
  ): Promise<void>
  createIndex(
    index: Index,
    settings?: { readonly ifNotExists?: boolean | undefined },
  ): Promise<void>
  dropIndex(index: Index, settings?: { readonly ifExists?: boolean | undefined }): Promise<void>
  createTableComment(table: TableClass): Promise<void>
  dropTableComment(table: TableClass): Promise<void>
  createColumnComment(column: Column): Promise<void>
  bulkInsert(table: StatementTable, rows: RowSource, settings?: BulkInsertSettings): Promise<void>
}

/** What can be asked for within a batch. */
export type BatchMethod =
  | 'addColumn'
  | 'dropColumn'
  | 'alterColumn'
  | 'addConstraint'
  | 'dropConstraint'
  | 'createIndex'
  | 'dropIndex'
  | 'createTableComment'
  | 'dropTableComment'
  | 'createColumnComment'

/** One thing that was asked for within a batch. */
export type BatchCall = {
  readonly [M in BatchMethod]: {
    readonly method: M
    readonly args: Parameters<OperationTarget[M]>
  }
}[BatchMethod]
