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
import { readColumns } from './columns.ts'
import * as constraints from './constraints.ts'
import { readIndexes } from './indexes.ts'
import * as relations from './relations.ts'

/** Reads the `RDB$` tables of Firebird 2.5 and later. There are no schemas before version 6. */
class FirebirdCatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async readDefaultSchemaName(): Promise<string | null> {
    return await Promise.resolve(null)
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await Promise.resolve([])
  }

  async readTableNames(): Promise<readonly string[]> {
    return await relations.readRelationNames(this.#connection, 'table')
  }

  async readViewNames(): Promise<readonly string[]> {
    return await relations.readRelationNames(this.#connection, 'view')
  }

  async readSequenceNames(): Promise<readonly string[]> {
    return await relations.readSequenceNames(this.#connection)
  }

  async readViewDefinition(name: string): Promise<string | null> {
    return await relations.readViewDefinition(this.#connection, name)
  }

  async readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return await readColumns(this.#connection, scope)
  }

  async readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return await constraints.readPrimaryKeys(this.#connection, scope)
  }

  async readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>> {
    return await constraints.readForeignKeys(this.#connection, scope)
  }

  async readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>> {
    return await readIndexes(this.#connection, scope)
  }

  async readUniqueConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
    return await constraints.readUniqueConstraints(this.#connection, scope)
  }

  async readCheckConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    return await constraints.readCheckConstraints(this.#connection, scope)
  }

  async readTableComments(scope: CatalogScope): Promise<ByTable<string | null>> {
    return await relations.readTableComments(this.#connection, scope)
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new FirebirdCatalogReader(connection)
}
