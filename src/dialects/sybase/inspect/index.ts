import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { objectsOf, readNames } from './catalog.ts'
import { readColumns } from './columns.ts'
import * as constraints from './constraints.ts'

/**
 * Reads the system tables of Adaptive Server Enterprise 15 and later; a schema is an owner. Written from their documentation
 * (ASE 16.0, Reference Manual: Tables), not yet run against a server.
 */
class SybaseCatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async readDefaultSchemaName(): Promise<string | null> {
    const [name = null] = await readNames(this.#connection, 'SELECT user_name() AS name')
    return name
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await readNames(this.#connection, 'SELECT name FROM sysusers ORDER BY name')
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readObjectNames(schema, "'U'")
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readObjectNames(schema, "'V'")
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    const { where, parameters } = objectsOf(schema, "'V'")
    const rows = await queryCatalog<{ readonly text: string }>(
      this.#connection,
      `SELECT m.text AS "text" FROM sysobjects o JOIN syscomments m ON m.id = o.id
       WHERE ${where} AND o.name = ? ORDER BY m.colid2, m.colid`,
      [...parameters, name],
    )
    return rows.length === 0 ? null : rows.map(({ text }) => text).join('')
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
    return await constraints.readIndexes(this.#connection, scope)
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

  async #readObjectNames(schema: string | null, kinds: string): Promise<readonly string[]> {
    const { where, parameters } = objectsOf(schema, kinds)
    return await readNames(
      this.#connection,
      `SELECT o.name AS name FROM sysobjects o WHERE ${where} ORDER BY o.name`,
      parameters,
    )
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new SybaseCatalogReader(connection)
}
