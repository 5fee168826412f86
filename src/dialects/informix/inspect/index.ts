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
import { FIRST_TABLE, ownedBy, readNames } from './catalog.ts'
import { readColumns } from './columns.ts'
import * as constraints from './constraints.ts'

/**
 * Reads the system catalog of Informix; a schema is an owner. Written from its documentation (Informix 14.10, Guide to SQL:
 * Reference, System catalog tables), not yet run against a server.
 */
class InformixCatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Names without an owner find every owner's tables, so there is no default one. */
  async readDefaultSchemaName(): Promise<string | null> {
    return await Promise.resolve(null)
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await readNames(
      this.#connection,
      `SELECT DISTINCT t.owner AS "name" FROM systables t WHERE t.tabid >= ${FIRST_TABLE} ORDER BY 1`,
    )
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readTableNames(schema, 'T')
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readTableNames(schema, 'V')
  }

  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readTableNames(schema, 'Q')
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    const { where, parameters } = ownedBy(schema)
    const rows = await queryCatalog<{ readonly text: string }>(
      this.#connection,
      `SELECT v.viewtext AS "text", v.seqno AS "position" FROM systables t
       JOIN sysviews v ON v.tabid = t.tabid
       WHERE ${where} AND t.tabname = ? ORDER BY 2`,
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

  async #readTableNames(schema: string | null, type: 'T' | 'V' | 'Q'): Promise<readonly string[]> {
    const { where, parameters } = ownedBy(schema)
    return await readNames(
      this.#connection,
      `SELECT t.tabname AS "name" FROM systables t
       WHERE ${where} AND t.tabtype = '${type}' ORDER BY t.tabname`,
      parameters,
    )
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new InformixCatalogReader(connection)
}
