import type { ReflectedTable } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import type { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { ModelTable } from './one-sided-tables.ts'

/** A table that is on both sides. */
export class ExistingTable {
  /** `null` is the default schema. */
  readonly schema: string | null
  readonly name: string
  /** `table` or `schema.table`, for log lines. */
  readonly label: string
  /** What was read, corrected to what a model would say. */
  readonly reflected: ReflectedTable
  readonly metadataTable: TableClass
  readonly #there: MetaData
  #connTable: TableClass | undefined

  /** `there`: where the tables of the database belong. */
  constructor(
    label: string,
    { schema, table }: ModelTable,
    reflected: ReflectedTable,
    there: MetaData,
  ) {
    this.schema = schema
    this.name = table.name
    this.label = label
    this.reflected = reflected
    this.metadataTable = table
    this.#there = there
  }

  /** The table as the database has it: made when it is first asked for, which tables without changes never are. */
  get connTable(): TableClass {
    return (this.#connTable ??= tableFromReflection(this.reflected, this.#there))
  }
}

/** `table` or `schema.table`. */
export function tableLabel(schema: string | null, name: string): string {
  return schema === null ? name : `${schema}.${name}`
}
