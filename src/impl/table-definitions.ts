import type { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Column } from '../sql/schema/column.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Index } from '../sql/schema/table-index.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'

/** What the models and the database have under one name. */
export interface DefinitionPair<T> {
  readonly inspected: T
  readonly metadata: T
}

/** What of a table on both sides is given as SQL, which servers write in their own way. */
export interface TableDefinitions extends DefinitionPair<TableClass> {
  readonly indexes: readonly DefinitionPair<Index>[]
  readonly checks: readonly DefinitionPair<CheckConstraint>[]
  /** Columns that are generated on both sides. */
  readonly computed: readonly DefinitionPair<Column>[]
  /** The types that columns are about to get, by name: CHECKs are written for those. */
  readonly retyped?: ReadonlyMap<string, TypeEngine>
}

/** Whether SQL names a column that only the model has: no server knows it yet, and so nothing there can be like it. */
export function namesNewColumn(
  sql: string,
  { inspected, metadata }: DefinitionPair<TableClass>,
): boolean {
  const known = new Set(inspected.columns.map(({ name }) => name))
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_$]+/gu))
  return metadata.columns.some(({ name }) => !known.has(name) && words.has(name.toLowerCase()))
}
