import type { Constraint } from '../schema/constraint.ts'
import type { Sequence } from '../schema/sequence.ts'
import type { TableClass } from '../schema/table.ts'
import type { Index } from '../schema/table-index.ts'

/** `CREATE TABLE`, with its columns and constraints; indexes and comments are statements of their own. */
export interface CreateTable {
  readonly kind: 'createTable'
  readonly table: TableClass
  readonly ifNotExists: boolean
}

export interface DropTable {
  readonly kind: 'dropTable'
  readonly table: TableClass
  readonly ifExists: boolean
}

export interface CreateIndex {
  readonly kind: 'createIndex'
  readonly index: Index
  readonly ifNotExists: boolean
}

export interface DropIndex {
  readonly kind: 'dropIndex'
  readonly index: Index
  readonly ifExists: boolean
}

export interface AddConstraint {
  readonly kind: 'addConstraint'
  readonly constraint: Constraint
}

export interface DropConstraint {
  readonly kind: 'dropConstraint'
  readonly constraint: Constraint
  readonly ifExists: boolean
  readonly cascade: boolean
}

export interface CreateSequence {
  readonly kind: 'createSequence'
  readonly sequence: Sequence
  readonly ifNotExists: boolean
}

/** `ALTER SEQUENCE`: `sequence` has the options that change. */
export interface AlterSequence {
  readonly kind: 'alterSequence'
  readonly sequence: Sequence
}

export interface DropSequence {
  readonly kind: 'dropSequence'
  readonly sequence: Sequence
  readonly ifExists: boolean
}

export interface CreateSchema {
  readonly kind: 'createSchema'
  readonly name: string
  readonly ifNotExists: boolean
}

export interface DropSchema {
  readonly kind: 'dropSchema'
  readonly name: string
  readonly ifExists: boolean
  readonly cascade: boolean
}

/** SQL text of the user's own, with `%(table)s`-like tokens already filled in. */
export interface DdlText {
  readonly kind: 'ddlText'
  readonly text: string
}
