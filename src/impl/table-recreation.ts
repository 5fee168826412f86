import type { Connection } from '../engine/connection.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'

/** A table of a live database that a batch is about to make anew. */
export interface TableRecreation {
  readonly connection: Connection
  /** As it is. */
  readonly table: TableClass
  /** As it will be, under the name that it has until the old one is gone. */
  readonly newTable: TableClass
  /** Whether it was reflected; else the user said what it is like. */
  readonly reflected: boolean
  /** Columns that go on, under the names that they had: the keys of the new ones. */
  readonly kept: readonly string[]
  /** Columns whose values are converted, and into what. */
  readonly conversions: readonly { readonly column: string; readonly type: TypeEngine }[]
  /** How many rows were copied, once that is done; undefined where the driver can't tell. */
  readonly copied: () => number | undefined
}

/** The table that a batch makes anew, as far as implementations need to know it. */
export interface BatchStructure {
  readonly namedConstraints: ReadonlyMap<string, Constraint>
}

/** How a dialect reads SQL expressions that its catalog keeps as text. */
export interface ExpressionText {
  /** Those of the columns that the expression names. */
  mentioned(sql: string, columns: readonly string[]): readonly string[]
  /** The expression with columns renamed, and the table's own name in front of columns taken off. */
  rename(sql: string, table: string, renames: ReadonlyMap<string, string>): string
}
