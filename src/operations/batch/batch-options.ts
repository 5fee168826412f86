import { OperationError } from '../../errors/operation-error.ts'
import type { Inspector } from '../../engine/inspector.ts'
import type { ReflectedColumn } from '../../engine/reflected.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { NamingConventionLike } from '../../sql/schema/owner.ts'
import type {
  DialectTableOptions,
  TableClass,
  TableItem,
  TableOptions,
} from '../../sql/schema/table.ts'

/** Is told of each column that is reflected, and may give another description of it. */
export type ColumnReflectListener = (
  inspector: Inspector,
  table: { readonly name: string; readonly schema: string | null },
  column: ReflectedColumn,
) => ReflectedColumn | undefined

/** How the existing table is reflected. */
export interface ReflectOptions {
  readonly listeners?: readonly (readonly ['column_reflect', ColumnReflectListener])[]
}

/** Options of `op.batchAlterTable()`. */
export interface BatchOptions {
  readonly schema?: NameLike | null | undefined
  /**
   * Whether the table is made anew and its rows copied: `'auto'` where the database can't do it otherwise (the
   * default), `'always'`, `'never'`.
   */
  readonly recreate?: 'auto' | 'always' | 'never' | undefined
  /** The table as it is, in place of reflection; needed in `--sql` mode where the table is made anew. */
  readonly copyFrom?: TableClass | null | undefined
  /** Further constraints and columns of the new table. */
  readonly tableArgs?: readonly TableItem[] | undefined
  /** Further options of the new table. */
  readonly tableOptions?: (TableOptions & DialectTableOptions) | undefined
  /** Columns and constraints that take the place of what is reflected. */
  readonly reflectArgs?: readonly TableItem[] | undefined
  readonly reflectOptions?: ReflectOptions | undefined
  /** Names for what is reflected without one, so that it can be dropped by name. */
  readonly namingConvention?: NamingConventionLike | null | undefined
  /** Chains of column names that say the order of the new table's columns. */
  readonly partialReordering?: readonly (readonly string[])[] | null | undefined
}

/** The table that a batch is about, and how it is to be carried out. */
export interface BatchSettings extends BatchOptions {
  readonly tableName: NameLike
  readonly recreate: 'auto' | 'always' | 'never'
}

/** Checks and completes the options of a batch. Throws OperationError. */
export function batchSettings(tableName: NameLike, options: BatchOptions): BatchSettings {
  const recreate = options.recreate ?? 'auto'
  if (!['auto', 'always', 'never'].includes(recreate)) {
    throw new OperationError("recreate may be one of 'auto', 'always', or 'never'.")
  }
  return { ...options, tableName, recreate }
}
