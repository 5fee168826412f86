import type { ReflectedColumn, ReflectedTable } from '../../engine/reflected.ts'
import type { TableDefinitions } from '../../impl/table-definitions.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { TableClass } from '../../sql/schema/table.ts'

/** A table on both sides, before any object is made of what was read of it. */
export interface FactPair {
  /** Its columns as a model would say them. */
  readonly reflected: ReflectedTable
  readonly metadataTable: TableClass
  /** All columns of both sides, by name. */
  readonly columns: readonly ColumnFacts[]
}

/** A column on both sides. */
export interface ColumnFacts {
  readonly reflected: ReflectedColumn
  readonly metadata: Column
}

/** What only the server's own words can tell. */
export interface OpenSettlement {
  readonly questions: TableDefinitions
  /** To be asked when the server has answered. */
  readonly isSettled: () => boolean
}

/**
 * What a comparator can say of a table by names and texts alone: that it would find nothing (`true`), that it has to look closer
 * (`false`), or that it depends on what the server says.
 */
export type Settlement = boolean | OpenSettlement

/** Saves a comparator the work on a table in which nothing changed. It must never say `true` where the comparator would add anything. */
export type Settle<Context> = (context: Context, pair: FactPair) => Settlement
