import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedDomain,
  ReflectedEnum,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedTable,
  ReflectedUniqueConstraint,
} from './reflected.ts'

/** What to read: all tables of a schema, or those named. */
export interface CatalogScope {
  /** `null` is the default schema. */
  readonly schema: string | null
  /** Only these tables; `null` is all. */
  readonly tables: readonly string[] | null
  /** Views are read too. Default `false`. */
  readonly views?: boolean
}

/** Something of each table, by the table's name. Tables without any may be absent. */
export type ByTable<T> = ReadonlyMap<string, T>

/**
 * How a dialect reads its catalog. Every method sends a constant number of queries, whatever the number of tables.
 * A method that the database has nothing for is left out.
 */
export interface CatalogReader {
  /**
   * Runs queries that belong together; `undefined` where one of them failed because another session took away what it
   * asked for. The session can be used then, also within a transaction. Absent where no query fails for that.
   */
  attempt?<T>(read: () => Promise<T>): Promise<T | undefined>
  /** Which of the tables that were found in a scope were changed while it was read; absent where that can't be told. */
  readChangedTables?(
    scope: CatalogScope,
    found: ByTable<ReflectedTable>,
  ): Promise<readonly string[]>
  readDefaultSchemaName(): Promise<string | null>
  readSchemaNames(): Promise<readonly string[]>
  readTableNames(schema: string | null): Promise<readonly string[]>
  readViewNames(schema: string | null): Promise<readonly string[]>
  readMaterializedViewNames?(schema: string | null): Promise<readonly string[]>
  readTempTableNames?(): Promise<readonly string[]>
  readSequenceNames?(schema: string | null): Promise<readonly string[]>
  readViewDefinition?(name: string, schema: string | null): Promise<string | null>
  readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>>
  readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>>
  readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>>
  readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>>
  readUniqueConstraints(scope: CatalogScope): Promise<ByTable<readonly ReflectedUniqueConstraint[]>>
  readCheckConstraints(scope: CatalogScope): Promise<ByTable<readonly ReflectedCheckConstraint[]>>
  readTableComments?(scope: CatalogScope): Promise<ByTable<string | null>>
  readTableOptions?(scope: CatalogScope): Promise<ByTable<ReflectedDialectOptions>>
  readEnums?(schema: string | null): Promise<readonly ReflectedEnum[]>
  readDomains?(schema: string | null): Promise<readonly ReflectedDomain[]>
}
