import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { defaultSchema } from './catalog.ts'
import { readColumns } from './columns.ts'
import { readForeignKeys } from './foreign-keys.ts'
import { readIndexes } from './indexes.ts'
import { readPrimaryKeys, readUniqueConstraints } from './keys.ts'
import { readObjectNames, readSchemaNames, readViewDefinition } from './names.ts'
import { readCheckConstraints, readTableComments } from './tables.ts'

/**
 * Reads the catalog of SQL Server 2008 and later through the `sys` views. Written from their documentation
 * (learn.microsoft.com/sql/relational-databases/system-catalog-views), not yet run against a server.
 */
class MssqlCatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async readDefaultSchemaName(): Promise<string | null> {
    return await Promise.resolve(defaultSchema(this.#connection))
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await readSchemaNames(this.#connection)
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await readObjectNames(this.#connection, schema, 'U')
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await readObjectNames(this.#connection, schema, 'V')
  }

  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    return await readObjectNames(this.#connection, schema, 'SO')
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    return await readViewDefinition(this.#connection, name, schema)
  }

  async readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return await readColumns(this.#connection, scope)
  }

  async readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return await readPrimaryKeys(this.#connection, scope)
  }

  async readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>> {
    return await readForeignKeys(this.#connection, scope)
  }

  async readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>> {
    return await readIndexes(this.#connection, scope)
  }

  async readUniqueConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
    return await readUniqueConstraints(this.#connection, scope)
  }

  async readCheckConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    return await readCheckConstraints(this.#connection, scope)
  }

  async readTableComments(scope: CatalogScope): Promise<ByTable<string | null>> {
    return await readTableComments(this.#connection, scope)
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new MssqlCatalogReader(connection)
}
