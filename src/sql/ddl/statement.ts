import type * as alter from './alter-statements.ts'
import type * as create from './create-statements.ts'

/** A statement that only one dialect knows: its own compiler renders it. */
export interface DialectStatement {
  readonly kind: 'dialectStatement'
  readonly dialect: string
  readonly statement: { readonly kind: string }
}

/** Every DDL statement, as data. */
export type DdlStatement =
  | create.CreateTable
  | create.DropTable
  | create.CreateIndex
  | create.DropIndex
  | create.AddConstraint
  | create.DropConstraint
  | create.CreateSequence
  | create.AlterSequence
  | create.DropSequence
  | create.CreateSchema
  | create.DropSchema
  | create.DdlText
  | alter.RenameTable
  | alter.AddColumn
  | alter.DropColumn
  | alter.AlterColumnNullable
  | alter.AlterColumnType
  | alter.AlterColumnDefault
  | alter.AlterColumnIdentity
  | alter.AlterColumnComputed
  | alter.RenameColumn
  | alter.SetColumnComment
  | alter.SetTableComment
  | alter.DropTableComment
  | DialectStatement

/** The statement of one kind. */
export type DdlOf<K extends DdlStatement['kind']> = Extract<DdlStatement, { readonly kind: K }>
