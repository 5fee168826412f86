import type { TableReference } from '../elements/column-expression.ts'
import type { TypeEngine } from '../types/type-engine.ts'

/** A value that travels beside a statement. */
export interface BoundValue {
  readonly key: string
  readonly value: unknown
  readonly type: TypeEngine | null
}

/** SQL text and what travels beside it, in the order of the placeholders. */
export interface CompiledSql {
  readonly sql: string
  readonly parameters: readonly BoundValue[]
}

/** How a statement is written. */
export interface SqlOptions {
  /** Values become literals in the SQL. */
  readonly literalBinds?: boolean
  /** Columns are written with their table; `true` unless given. */
  readonly includeTable?: boolean
}

/** What is collected while one statement is written. */
export interface SqlScope {
  readonly literalBinds: boolean
  readonly includeTable: boolean
  readonly bound: BoundValue[]
  /** The tables of the statement around a SELECT, whose columns it may name. */
  readonly enclosing: readonly TableReference[]
}
