import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { KnownOptions } from '../../../sql/schema/option-registry.ts'

/** Storage parameters, `{ fillfactor: 70 }`. */
export type StorageParameters = Readonly<Record<string, string | number | boolean | null>>

/** What `{ postgresql: … }` of an index may hold. */
export interface PostgresqlIndexOptions {
  /** Index method; `btree` unless given. */
  readonly using?: string | null
  /** Condition of a partial index: SQL. */
  readonly where?: string | SqlExpression | null
  /** Columns stored beside the key. */
  readonly include?: readonly string[] | null
  /** Operator classes by column, or by expression. */
  readonly ops?: Readonly<Record<string, string>> | null
  readonly with?: StorageParameters | null
  readonly tablespace?: string | null
  /** Without locking the table against writes; not inside a transaction. */
  readonly concurrently?: boolean | null
  /** `NULLS NOT DISTINCT`, or `NULLS DISTINCT` for `false`. Server 15 and later. */
  readonly nullsNotDistinct?: boolean | null
}

/** What `{ postgresql: … }` of a table may hold. */
export interface PostgresqlTableOptions {
  readonly inherits?: string | readonly string[] | null
  /** `'RANGE (day)'` */
  readonly partitionBy?: string | null
  /** Table access method. Server 12 and later. */
  readonly using?: string | null
  /** Server 11 and earlier can have OIDs. */
  readonly withOids?: boolean | null
  readonly with?: StorageParameters | null
  /** `'PRESERVE ROWS'`, `'DELETE ROWS'` or `'DROP'` of a temporary table. */
  readonly onCommit?: string | null
  readonly tablespace?: string | null
  /** Reflection names the schema of referred tables even where the search path would find them. */
  readonly ignoreSearchPath?: boolean | null
}

/** What `{ postgresql: … }` of a constraint may hold. */
export interface PostgresqlConstraintOptions {
  /** `NOT VALID`: rows that exist are not checked. CHECK and FOREIGN KEY. */
  readonly notValid?: boolean | null
  /** `NO INHERIT`: tables that inherit don't get the CHECK. */
  readonly noInherit?: boolean | null
  /** Columns stored beside the key. UNIQUE and PRIMARY KEY. */
  readonly include?: readonly string[] | null
  /** `NULLS NOT DISTINCT` of UNIQUE, or `NULLS DISTINCT` for `false`. Server 15 and later. */
  readonly nullsNotDistinct?: boolean | null
}

/** What `{ postgresql: … }` of `op.alterColumn()` may hold. */
export interface PostgresqlAlterColumnOptions {
  /** The expression that makes the new values of the old ones, as SQL: `'c::integer'`. Only with a new type. */
  readonly using?: string | SqlExpression | null
}

const INDEX_OPTIONS: readonly (keyof PostgresqlIndexOptions)[] = [
  ...(['using', 'where', 'include', 'ops', 'with', 'tablespace'] as const),
  ...(['concurrently', 'nullsNotDistinct'] as const),
]

const TABLE_OPTIONS: readonly (keyof PostgresqlTableOptions)[] = [
  ...(['inherits', 'partitionBy', 'using', 'withOids', 'with', 'onCommit', 'tablespace'] as const),
  'ignoreSearchPath',
]

/** Everything that goes under `{ postgresql: … }`. */
export const postgresqlOptions: KnownOptions = {
  table: TABLE_OPTIONS,
  index: INDEX_OPTIONS,
  primaryKey: ['include'],
  unique: ['include', 'nullsNotDistinct'],
  foreignKey: ['notValid'],
  check: ['notValid', 'noInherit'],
  alterColumn: ['using'],
}

declare module '../../../operations/alter-column.ts' {
  interface DialectAlterColumnOptions {
    readonly postgresql?: PostgresqlAlterColumnOptions
  }
}

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly postgresql?: PostgresqlIndexOptions
  }
}

declare module '../../../sql/schema/table.ts' {
  interface DialectTableOptions {
    readonly postgresql?: PostgresqlTableOptions
  }
}

declare module '../../../sql/schema/constraint.ts' {
  interface DialectConstraintOptions {
    readonly postgresql?: PostgresqlConstraintOptions
  }
}
