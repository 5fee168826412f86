import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { KnownOptions } from '../../../sql/schema/option-registry.ts'

/** What SQLite does with a row that breaks a constraint. */
export type ConflictResolution = 'ROLLBACK' | 'ABORT' | 'FAIL' | 'IGNORE' | 'REPLACE'

/** Options of a table on SQLite. */
export interface SqliteTableOptions {
  /** `INTEGER PRIMARY KEY AUTOINCREMENT`: numbers of deleted rows are never given again. Default `false`. */
  readonly autoincrement?: boolean
  /** `false` makes the table `WITHOUT ROWID`. Default `true`. */
  readonly withRowid?: boolean
  /** `STRICT`: values must be of their column's type. Default `false`. */
  readonly strict?: boolean
}

/** Options of a column on SQLite. */
export interface SqliteColumnOptions {
  readonly onConflictPrimaryKey?: ConflictResolution | null
  readonly onConflictNotNull?: ConflictResolution | null
  readonly onConflictUnique?: ConflictResolution | null
  /** `COLLATE`, for columns whose type names no collation: `NOCASE`, `RTRIM`, … */
  readonly collation?: string | null
}

/** Options of a constraint on SQLite. */
export interface SqliteConstraintOptions {
  readonly onConflict?: ConflictResolution | null
}

/** Options of an index on SQLite. */
export interface SqliteIndexOptions {
  /** Only rows that meet the condition are indexed. */
  readonly where?: string | SqlExpression | null
  /** Collations of elements, by column or expression. */
  readonly collate?: Readonly<Record<string, string>> | null
}

const TABLE_OPTIONS: readonly (keyof SqliteTableOptions)[] = [
  'autoincrement',
  'withRowid',
  'strict',
]

const COLUMN_OPTIONS: readonly (keyof SqliteColumnOptions)[] = [
  ...(['onConflictPrimaryKey', 'onConflictNotNull', 'onConflictUnique', 'collation'] as const),
]

const CONSTRAINT_OPTIONS: readonly (keyof SqliteConstraintOptions)[] = ['onConflict']

/** Everything that goes under `{ sqlite: … }`. */
export const sqliteOptions: KnownOptions = {
  table: TABLE_OPTIONS,
  column: COLUMN_OPTIONS,
  index: ['where', 'collate'] satisfies (keyof SqliteIndexOptions)[],
  primaryKey: CONSTRAINT_OPTIONS,
  unique: CONSTRAINT_OPTIONS,
  foreignKey: CONSTRAINT_OPTIONS,
  check: CONSTRAINT_OPTIONS,
}

declare module '../../../sql/schema/table.ts' {
  interface DialectTableOptions {
    readonly sqlite?: SqliteTableOptions
  }
}

declare module '../../../sql/schema/column.ts' {
  interface DialectColumnOptions {
    readonly sqlite?: SqliteColumnOptions
  }
}

declare module '../../../sql/schema/constraint.ts' {
  interface DialectConstraintOptions {
    readonly sqlite?: SqliteConstraintOptions
  }
}

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly sqlite?: SqliteIndexOptions
  }
}
