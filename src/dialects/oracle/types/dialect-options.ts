import type { KnownOptions } from '../../../sql/schema/option-registry.ts'
import type { OracleVectorIndex } from './vector.ts'

/** What `{ oracle: … }` of a table may hold. */
export interface OracleTableOptions {
  /** `'PRESERVE ROWS'` or `'DELETE ROWS'` of a temporary table. */
  readonly onCommit?: string | null
  /** `COMPRESS`, or `COMPRESS FOR` what is said: `'OLTP'`, … */
  readonly compress?: boolean | string | number | null
  readonly tablespace?: string | null
  /** The reference's switch for reflection through synonyms; no effect on DDL. */
  readonly resolveSynonyms?: boolean | null
}

/** What `{ oracle: … }` of an index may hold. */
export interface OracleIndexOptions {
  readonly bitmap?: boolean | null
  /** `COMPRESS`, with the number of leading columns that are compressed. */
  readonly compress?: boolean | number | null
  /** A vector index: `true` is a neighbour graph in memory. Server 23ai and later. */
  readonly vector?: boolean | OracleVectorIndex | null
}

/** What `{ oracle: … }` of an identity column may hold. */
export interface OracleIdentityOptions {
  /** NULL is replaced by the next number too. */
  readonly onNull?: boolean | null
  /** `ORDER`, or `NOORDER` for `false`: numbers in the order of requests across a cluster. */
  readonly order?: boolean | null
}

const TABLE_OPTIONS: readonly (keyof OracleTableOptions)[] = [
  'onCommit',
  'compress',
  'tablespace',
  'resolveSynonyms',
]
const INDEX_OPTIONS: readonly (keyof OracleIndexOptions)[] = ['bitmap', 'compress', 'vector']
const IDENTITY_OPTIONS: readonly (keyof OracleIdentityOptions)[] = ['onNull', 'order']

/** Everything that goes under `{ oracle: … }`. */
export const oracleOptions: KnownOptions = {
  table: TABLE_OPTIONS,
  index: INDEX_OPTIONS,
  identity: IDENTITY_OPTIONS,
}

declare module '../../../sql/schema/table.ts' {
  interface DialectTableOptions {
    readonly oracle?: OracleTableOptions
  }
}

declare module '../../../sql/schema/table-index.ts' {
  interface DialectIndexOptions {
    readonly oracle?: OracleIndexOptions
  }
}

declare module '../../../sql/schema/server-default.ts' {
  interface DialectIdentityOptions {
    readonly oracle?: OracleIdentityOptions
  }
}
