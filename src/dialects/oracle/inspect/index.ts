import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
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
import { readColumns } from './columns.ts'
import {
  readCheckConstraints,
  readForeignKeys,
  readPrimaryKeys,
  readUniqueConstraints,
} from './constraints.ts'
import { readIndexes } from './indexes.ts'
import * as names from './names.ts'
import { readTableComments, readTableOptions } from './tables.ts'

/**
 * Reads the catalog of Oracle Database 12 and later through the ALL_ views. Written from their documentation (Database
 * Reference, "Static Data Dictionary Views"), not yet run against a server.
 */
class OracleCatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async readDefaultSchemaName(): Promise<string | null> {
    return await Promise.resolve(this.#connection.dialect.traits.defaultSchemaName ?? null)
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await names.readSchemaNames(this.#connection)
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await names.readTableNames(this.#connection, schema)
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await names.readViewNames(this.#connection, schema)
  }

  async readMaterializedViewNames(schema: string | null): Promise<readonly string[]> {
    return await names.readMaterializedViewNames(this.#connection, schema)
  }

  async readTempTableNames(): Promise<readonly string[]> {
    return await names.readTempTableNames(this.#connection)
  }

  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    return await names.readSequenceNames(this.#connection, schema)
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    return await names.readViewDefinition(this.#connection, name, schema)
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

  async readTableOptions(scope: CatalogScope): Promise<ByTable<ReflectedDialectOptions>> {
    return await readTableOptions(this.#connection, scope)
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new OracleCatalogReader(connection)
}
