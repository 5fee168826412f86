import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { KnownOptions } from '../../../sql/schema/option-registry.ts'

/** Options of an index on MySQL and MariaDB. */
export interface MysqlIndexOptions {
  /** Word before INDEX: `FULLTEXT` or `SPATIAL`. */
  readonly prefix?: string | null
  /** Characters (bytes of binary columns) that are indexed: of all columns, or by column. */
  readonly length?: number | Readonly<Record<string, number>> | null
  /** `BTREE` or `HASH`, as far as the storage engine has both. */
  readonly using?: string | null
  /** Parser of a FULLTEXT index. */
  readonly withParser?: string | null
  readonly comment?: string | null
  /** `IGNORED`: kept up to date, and not used; MariaDB 10.6. */
  readonly ignored?: boolean | null
  /** `INVISIBLE`: kept up to date, and not used; MySQL 8.0. */
  readonly invisible?: boolean | null
}

/** Options of a column on MySQL and MariaDB. */
export interface MysqlColumnOptions {
  /** `INVISIBLE`: not part of `SELECT *`; MariaDB 10.3, MySQL 8.0.23. */
  readonly invisible?: boolean | null
  /** `COMPRESSED`: kept compressed in the table; MariaDB 10.3. */
  readonly compressed?: boolean | null
  /** `false` is `WITHOUT SYSTEM VERSIONING`: of this column no history is kept; MariaDB 10.3. */
  readonly systemVersioning?: boolean | null
}

/**
 * Options of a table on MySQL and MariaDB: whatever the server's CREATE TABLE takes, in camelCase.
 *
 * @example
 * { mysql: { engine: 'InnoDB', charset: 'utf8mb4', rowFormat: 'DYNAMIC' } }
 */
export interface MysqlTableOptions {
  readonly engine?: string | null
  readonly charset?: string | null
  readonly defaultCharset?: string | null
  readonly collate?: string | null
  readonly rowFormat?: string | null
  readonly autoIncrement?: string | number | null
  readonly comment?: string | null
  readonly partitionBy?: string | null
  readonly partitions?: string | number | null
  readonly subpartitionBy?: string | null
  readonly subpartitions?: string | number | null
  /** The definitions of single partitions, without the parentheses around them. */
  readonly partitionDefinitions?: string | null
  /** `WITH SYSTEM VERSIONING`: the history of all rows is kept; MariaDB 10.3. */
  readonly systemVersioning?: boolean | null
  readonly [option: string]: string | number | boolean | null | undefined
}

/** Options of a constraint on MySQL and MariaDB. */
export interface MysqlConstraintOptions {
  /** `BTREE` or `HASH`; primary keys only. */
  readonly using?: string | null
}

/** Options of `op.alterColumn()` on MariaDB, which keeps one CHECK without a name behind each column. */
export interface MysqlAlterColumnOptions {
  /** The condition that the column gets; `false` takes away the one that is there. */
  readonly check?: string | SqlExpression | false
  /** The condition that is there: a MODIFY that doesn't restate it loses it. */
  readonly existingCheck?: string | SqlExpression | false
}

const INDEX_OPTIONS: readonly (keyof MysqlIndexOptions)[] = [
  ...(['prefix', 'length', 'using', 'withParser', 'comment', 'ignored', 'invisible'] as const),
]

const COLUMN_OPTIONS: readonly (keyof MysqlColumnOptions)[] = [
  'invisible',
  'compressed',
  'systemVersioning',
]

/** Everything that goes under `{ mysql: … }` and `{ mariadb: … }`. */
export const mysqlOptions: KnownOptions = {
  table: '*',
  column: COLUMN_OPTIONS,
  index: INDEX_OPTIONS,
  alterColumn: ['check', 'existingCheck'] satisfies (keyof MysqlAlterColumnOptions)[],
  primaryKey: ['using'],
}

declare module '../../../sql/schema/table.ts' {
  interface DialectTableOptions {
    readonly mysql?: MysqlTableOptions
    readonly mariadb?: MysqlTableOptions
  }
}

declare module '../../../sql/schema/column.ts' {
  interface DialectColumnOptions {
    readonly mysql?: MysqlColumnOptions
    readonly mariadb?: MysqlColumnOptions
  }
}

declare module '../../../operations/alter-column.ts' {
  interface DialectAlterColumnOptions {
    readonly mysql?: MysqlAlterColumnOptions
    readonly mariadb?: MysqlAlterColumnOptions
  }
}

declare module '../../../sql/schema/constraint.ts' {
  interface DialectConstraintOptions {
    readonly mysql?: MysqlConstraintOptions
    readonly mariadb?: MysqlConstraintOptions
  }
}

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly mysql?: MysqlIndexOptions
    readonly mariadb?: MysqlIndexOptions
  }
}
