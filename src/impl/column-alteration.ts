import type { ExistingColumn } from '../sql/ddl/alter-statements.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { DialectOptions } from '../sql/schema/dialect-options.ts'
import type { ServerDefault } from '../sql/schema/server-default.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'

/** What is to change in a column; `undefined` leaves it as it is. */
export interface ColumnAlteration {
  readonly nullable?: boolean | undefined
  /** `null` drops the default. */
  readonly serverDefault?: ServerDefault | null | undefined
  readonly type?: TypeEngine | undefined
  /** `null` removes the comment. */
  readonly comment?: string | null | undefined
  readonly newName?: NameLike | undefined
  readonly autoincrement?: boolean | undefined
  /** What is known of the column as it is. */
  readonly existing: ExistingColumn
  /** Options that one database alone understands. */
  readonly dialectOptions: DialectOptions
}

/** How a column is added. */
export interface AddColumnSettings {
  readonly ifNotExists?: boolean | undefined
  /** `REFERENCES …` behind the column instead of a constraint of its own. */
  readonly inlineReferences?: boolean | undefined
  readonly inlinePrimaryKey?: boolean | undefined
  /** Only where the table is made anew. */
  readonly insertBefore?: string | undefined
  readonly insertAfter?: string | undefined
}

/** How a column is dropped. */
export interface DropColumnSettings {
  readonly ifExists?: boolean | undefined
  /** Only where the table is made anew: a type's CHECK goes with the column. */
  readonly existingType?: TypeEngine | undefined
  readonly dialectOptions?: DialectOptions | undefined
}
