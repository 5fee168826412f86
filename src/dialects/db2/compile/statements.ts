import type { TableReference } from '../../../sql/elements/column-expression.ts'

/** Rebuilds a table after a change that Db2 calls REORG-recommended. */
export interface ReorgTable {
  readonly kind: 'reorgTable'
  readonly table: TableReference
}

/** The statements that only Db2 has. */
export type Db2Statement = ReorgTable
