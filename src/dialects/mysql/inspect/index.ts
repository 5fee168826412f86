import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedTable,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { readCheckConstraints } from './check-constraints.ts'
import { Catalog, isTable, isView, text, type TableRow } from './catalog.ts'
import { readColumns } from './columns.ts'
import { readForeignKeys } from './foreign-keys.ts'
import { readIndexes, readPrimaryKeys, readUniqueConstraints } from './keys.ts'
import { readTableOptions } from './table-options.ts'

/**
 * Reads the catalog of MySQL and MariaDB through information_schema: one query a kind of thing, whatever the number of
 * tables. SHOW CREATE TABLE, which is a query a table, is asked only for partitioned tables and parsers of FULLTEXT
 * indexes, which stand nowhere else.
 */
class MysqlCatalogReader implements CatalogReader {
  readonly #catalog: Catalog

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  async attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (isAboutSomethingGone(error)) return undefined
      throw error
    }
  }

  /**
   * Those without columns, which are read last: they were dropped, or left out by the server since they are being changed.
   * That a table was dropped and made again meanwhile can't be told.
   */
  async readChangedTables(
    scope: CatalogScope,
    found: ByTable<ReflectedTable>,
  ): Promise<readonly string[]> {
    const rows = await this.#catalog.tableRows(scope)
    return [...found.values()]
      .filter(({ name, columns }) => {
        const row = rows.get(name)
        return row !== undefined && isTable(row) && columns.length === 0
      })
      .map(({ name }) => name)
  }

  async readDefaultSchemaName(): Promise<string | null> {
    return await this.#catalog.currentDatabase()
  }

  async readSchemaNames(): Promise<readonly string[]> {
    const rows = await this.#catalog.query(
      'SELECT SCHEMA_NAME AS schema_name FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME',
    )
    return rows.flatMap((row) => this.#catalog.schemaNamed(text(row, 'schema_name')) ?? [])
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await this.#names(schema, isTable)
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await this.#names(schema, isView)
  }

  /** MariaDB keeps sequences among its tables; MySQL has none. */
  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    return await this.#names(schema, ({ type }) => type === 'SEQUENCE')
  }

  async #names(
    schema: string | null,
    belongs: (row: TableRow) => boolean,
  ): Promise<readonly string[]> {
    const rows = await this.#catalog.allRows({ schema, tables: null })
    return rows.filter(belongs).map(({ name }) => name)
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    const views = await this.readViewNames(schema)
    return views.includes(name) ? (await this.#catalog.showCreate(name, schema)).trim() : null
  }

  async readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return await readColumns(this.#catalog, scope)
  }

  async readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return await readPrimaryKeys(this.#catalog, scope)
  }

  async readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>> {
    return await readForeignKeys(this.#catalog, scope)
  }

  async readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>> {
    return await readIndexes(this.#catalog, scope)
  }

  async readUniqueConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
    return await readUniqueConstraints(this.#catalog, scope)
  }

  async readCheckConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    return await readCheckConstraints(this.#catalog, scope)
  }

  async readTableComments(scope: CatalogScope): Promise<ByTable<string | null>> {
    const rows = [...(await this.#catalog.tableRows(scope)).values()].filter(isTable)
    return new Map(rows.map(({ name, comment }) => [name, comment === '' ? null : comment]))
  }

  async readTableOptions(scope: CatalogScope): Promise<ByTable<ReflectedDialectOptions>> {
    return await readTableOptions(this.#catalog, scope)
  }
}

/** Unknown table (1146), changed definition (1412): of SHOW CREATE TABLE, while another session drops or alters the table. */
const GONE: ReadonlySet<unknown> = new Set([1146, 1412])

function isAboutSomethingGone(error: unknown): boolean {
  if (!(error instanceof StatementError)) return false
  const { cause } = error
  return cause instanceof Error && 'errno' in cause && GONE.has(cause.errno)
}

/** Makes the reader for a connection to MySQL or MariaDB. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new MysqlCatalogReader(new Catalog(connection))
}
