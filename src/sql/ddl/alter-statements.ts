import type { TableReference } from '../elements/column-expression.ts'
import type { NameLike } from '../elements/identifier.ts'
import type { Column } from '../schema/column.ts'
import type { Computed, Identity, ServerDefault } from '../schema/server-default.ts'
import type { TableClass } from '../schema/table.ts'
import type { TypeEngine } from '../types/type-engine.ts'

/** What is known of a column before it is altered; `undefined` is "not said". */
export interface ExistingColumn {
  readonly type?: TypeEngine | undefined
  readonly nullable?: boolean | undefined
  readonly serverDefault?: ServerDefault | null | undefined
  readonly comment?: string | null | undefined
  readonly autoincrement?: boolean | undefined
}

interface ColumnStatement {
  readonly table: TableReference
  readonly column: NameLike
  readonly existing: ExistingColumn
}

export interface RenameTable {
  readonly kind: 'renameTable'
  readonly table: TableReference
  readonly newName: NameLike
}

export interface AddColumn {
  readonly kind: 'addColumn'
  readonly table: TableReference
  readonly column: Column
  readonly ifNotExists: boolean
  /** `REFERENCES …` behind the column instead of a constraint of its own. */
  readonly inlineReferences: boolean
  readonly inlinePrimaryKey: boolean
}

export interface DropColumn {
  readonly kind: 'dropColumn'
  readonly table: TableReference
  readonly column: NameLike
  readonly ifExists: boolean
}

export interface AlterColumnNullable extends ColumnStatement {
  readonly kind: 'alterColumnNullable'
  readonly nullable: boolean
}

export interface AlterColumnType extends ColumnStatement {
  readonly kind: 'alterColumnType'
  readonly type: TypeEngine
  /** Expression that converts the old values, where the server takes one. */
  readonly using: string | null
}

export interface AlterColumnDefault extends ColumnStatement {
  readonly kind: 'alterColumnDefault'
  /** `null` drops the default. */
  readonly serverDefault: ServerDefault | null
}

/** Adding (`identity` given, none before), changing, or dropping (`identity` null) `GENERATED … AS IDENTITY`. */
export interface AlterColumnIdentity extends ColumnStatement {
  readonly kind: 'alterColumnIdentity'
  readonly identity: Identity | null
  readonly existingIdentity: Identity | null
}

export interface AlterColumnComputed extends ColumnStatement {
  readonly kind: 'alterColumnComputed'
  readonly computed: Computed | null
}

export interface RenameColumn extends ColumnStatement {
  readonly kind: 'renameColumn'
  readonly newName: NameLike
}

export interface SetColumnComment {
  readonly kind: 'setColumnComment'
  readonly table: TableReference
  readonly column: NameLike
  /** `null` removes the comment. */
  readonly comment: string | null
  /** Whether the column is known to have a comment already. */
  readonly replaces: boolean
}

export interface SetTableComment {
  readonly kind: 'setTableComment'
  readonly table: TableClass | TableReference
  /** Without one some servers drop the comment, others refuse. */
  readonly comment: string | null
}

export interface DropTableComment {
  readonly kind: 'dropTableComment'
  readonly table: TableClass | TableReference
}
