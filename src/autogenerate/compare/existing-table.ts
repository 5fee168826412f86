import type { TableClass } from '../../sql/schema/table.ts'

/** A table that is on both sides. */
export interface ExistingTable {
  /** `null` is the default schema. */
  readonly schema: string | null
  readonly name: string
  /** `table` or `schema.table`, for log lines. */
  readonly label: string
  readonly connTable: TableClass
  readonly metadataTable: TableClass
}

/** `table` or `schema.table`. */
export function tableLabel(schema: string | null, name: string): string {
  return schema === null ? name : `${schema}.${name}`
}
