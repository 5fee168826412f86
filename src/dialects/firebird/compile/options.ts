import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { Index } from '../../../sql/schema/table-index.ts'

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly firebird?: FirebirdIndexOptions
  }
}

/** Options of an index: `{ firebird: { descending: true } }`. */
export interface FirebirdIndexOptions {
  /** All columns are in descending order; the server has no order of single columns. Default `false`. */
  readonly descending?: boolean
}

/** Whether an index is in descending order. */
export function isDescending(index: Index): boolean {
  return dialectOption(index.dialectOptions, 'firebird', 'descending') === true
}
