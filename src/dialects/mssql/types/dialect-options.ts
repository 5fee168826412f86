import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { KnownOptions } from '../../../sql/schema/option-registry.ts'

/** What `{ mssql: … }` of an index may hold. */
export interface MssqlIndexOptions {
  /** `CLUSTERED`, or `NONCLUSTERED` for `false`; the server's choice unless given. */
  readonly clustered?: boolean | null
  /** Columns stored beside the key. */
  readonly include?: readonly string[] | null
  /** Condition of a filtered index: SQL. */
  readonly where?: string | SqlExpression | null
  /** `COLUMNSTORE`; a clustered one takes no columns. Server 2012 and later. */
  readonly columnstore?: boolean | null
}

/** What `{ mssql: … }` of a primary key or a unique constraint may hold. */
export interface MssqlConstraintOptions {
  /** `CLUSTERED`, or `NONCLUSTERED` for `false`; the server's choice unless given. */
  readonly clustered?: boolean | null
}

/** What `{ mssql: … }` of a column may hold. */
export interface MssqlColumnOptions {
  /** First number of the self-numbering primary key. `sa.Identity({ start })` says the same on every database. */
  readonly identityStart?: number | bigint | null
  /** Distance between its numbers. `sa.Identity({ increment })` says the same on every database. */
  readonly identityIncrement?: number | bigint | null
}

/** What `{ mssql: … }` of `op.dropColumn()` may hold: what hangs on the column is found by a query and dropped first. */
export interface MssqlDropColumnOptions {
  /** Drops the DEFAULT, which is a constraint here. */
  readonly dropDefault?: boolean | null
  /** Drops the CHECK that stands with the column. */
  readonly dropCheck?: boolean | null
  /** Drops the foreign key that the column has. */
  readonly dropForeignKey?: boolean | null
}

const INDEX_OPTIONS: readonly (keyof MssqlIndexOptions)[] = [
  'clustered',
  'include',
  'where',
  'columnstore',
]
const COLUMN_OPTIONS: readonly (keyof MssqlColumnOptions)[] = ['identityStart', 'identityIncrement']
const KEY_OPTIONS: readonly (keyof MssqlConstraintOptions)[] = ['clustered']
const DROP_COLUMN_OPTIONS: readonly (keyof MssqlDropColumnOptions)[] = [
  'dropDefault',
  'dropCheck',
  'dropForeignKey',
]

/** Everything that goes under `{ mssql: … }`. */
export const mssqlOptions: KnownOptions = {
  column: COLUMN_OPTIONS,
  index: INDEX_OPTIONS,
  primaryKey: KEY_OPTIONS,
  unique: KEY_OPTIONS,
  dropColumn: DROP_COLUMN_OPTIONS,
}

declare module '../../../operations/add-column.ts' {
  interface DialectDropColumnOptions {
    readonly mssql?: MssqlDropColumnOptions
  }
}

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly mssql?: MssqlIndexOptions
  }
}

declare module '../../../sql/schema/constraint.ts' {
  interface DialectConstraintOptions {
    readonly mssql?: MssqlConstraintOptions
  }
}

declare module '../../../sql/schema/column.ts' {
  interface DialectColumnOptions {
    readonly mssql?: MssqlColumnOptions
  }
}
