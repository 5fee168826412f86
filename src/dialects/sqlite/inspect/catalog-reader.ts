import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByTable } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { Catalog, type MasterRow } from './catalog.ts'
import { parseCreateTable } from './create-table.ts'
import * as describe from './describe-table.ts'
import type { TableSources } from './describe-table.ts'
import { foldName } from './tokens.ts'

/** What one reading of the catalog found. */
interface Reading {
  readonly tables: ReadonlyMap<string, TableSources>
  readonly indexes: readonly MasterRow[]
}

/** Makes the reader of SQLite's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new SqliteCatalogReader(connection)
}

class SqliteCatalogReader implements CatalogReader {
  readonly #catalog: Catalog
  /** Reads with one and the same scope object belong together, and share what was found. */
  readonly #readings = new WeakMap<CatalogScope, Promise<Reading>>()

  constructor(connection: Connection) {
    this.#catalog = new Catalog(connection)
  }

  readDefaultSchemaName(): Promise<string | null> {
    return Promise.resolve('main')
  }

  readSchemaNames(): Promise<readonly string[]> {
    return this.#catalog.readSchemaNames()
  }

  readTableNames(schema: string | null): Promise<readonly string[]> {
    return this.#catalog.readNames('table', schema ?? 'main')
  }

  readViewNames(schema: string | null): Promise<readonly string[]> {
    return this.#catalog.readNames('view', schema ?? 'main')
  }

  readTempTableNames(): Promise<readonly string[]> {
    return this.#catalog.readNames('table', 'temp')
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    const objects = await this.#catalog.readObjects({ schema, tables: [name], views: true })
    return objects.find(({ type }) => type === 'view')?.sql ?? null
  }

  readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return this.#ofEach(scope, describe.describeColumns)
  }

  readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return this.#ofEach(scope, describe.describePrimaryKey)
  }

  async readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>> {
    const { tables } = await this.#read(scope)
    const primaryKeys = await this.#referredPrimaryKeys(scope, tables)
    const primaryKeyOf = (name: string): readonly string[] => primaryKeys.get(foldName(name)) ?? []
    return await this.#ofEach(scope, (table) =>
      describe.describeForeignKeys(table, scope.schema, primaryKeyOf),
    )
  }

  async readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>> {
    const { tables, indexes } = await this.#read(scope)
    const found = new Map<string, ReflectedIndex[]>()
    for (const { name, table, sql } of indexes) {
      const sources = tables.get(table)
      if (sql === null || sources === undefined) continue
      const ofTable = found.get(table) ?? []
      ofTable.push(describe.describeIndex(name, sql, sources))
      found.set(table, ofTable)
    }
    return found
  }

  readUniqueConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
    return this.#ofEach(scope, describe.describeUniques)
  }

  readCheckConstraints(scope: CatalogScope): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    return this.#ofEach(scope, describe.describeChecks)
  }

  readTableOptions(scope: CatalogScope): Promise<ByTable<ReflectedDialectOptions>> {
    return this.#ofEach(scope, describe.describeOptions)
  }

  /** The primary keys, by folded name, of tables that foreign keys name without their columns. */
  async #referredPrimaryKeys(
    scope: CatalogScope,
    tables: Reading['tables'],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const named = [...tables.values()].flatMap(({ parsed }) =>
      parsed.foreignKeys
        .filter(({ referredColumns }) => referredColumns.length === 0)
        .map(({ referredTable }) => referredTable),
    )
    if (named.length === 0) return new Map()
    const outside =
      scope.tables === null ? tables : (await this.#read({ ...scope, tables: null })).tables
    return new Map(
      [...outside].map(([name, table]) => [
        foldName(name),
        describe.describePrimaryKey(table).constrainedColumns,
      ]),
    )
  }

  async #ofEach<T>(
    scope: CatalogScope,
    describeIt: (table: TableSources) => T,
  ): Promise<ByTable<T>> {
    const { tables } = await this.#read(scope)
    return new Map([...tables].map(([name, table]) => [name, describeIt(table)]))
  }

  async #read(scope: CatalogScope): Promise<Reading> {
    const running = this.#readings.get(scope) ?? this.#readCatalog(scope)
    this.#readings.set(scope, running)
    return await running
  }

  async #readCatalog(scope: CatalogScope): Promise<Reading> {
    const objects = await this.#catalog.readObjects(scope)
    const rows = await this.#catalog.readColumns(scope)
    const tables = new Map<string, TableSources>()
    const columns = groupByTable(rows, (row) => row)
    for (const { type, name, sql } of objects) {
      if (type === 'index') continue
      tables.set(name, { columns: columns.get(name) ?? [], parsed: parseCreateTable(sql ?? '') })
    }
    return { tables, indexes: objects.filter(({ type }) => type === 'index') }
  }
}
