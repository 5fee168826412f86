import { nameInCatalog } from '../../../engine/capital-names.ts'
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
import { readNames, readTableComments, schemaTerm } from './catalog.ts'
import { readColumns } from './columns.ts'
import * as constraints from './constraints.ts'
import { readIndexes } from './indexes.ts'

/**
 * Reads the `SYSCAT` views of Db2 for Linux, Unix and Windows. Written from their documentation (Db2 11.5, SQL reference,
 * Catalog views), not yet run against a server. Db2 for z/OS and for i have other catalogs.
 */
class Db2CatalogReader implements CatalogReader {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async readDefaultSchemaName(): Promise<string | null> {
    const [name = null] = await readNames(
      this.#connection,
      'SELECT CURRENT SCHEMA AS "name" FROM SYSIBM.SYSDUMMY1',
    )
    return name
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await readNames(
      this.#connection,
      `SELECT SCHEMANAME AS "name" FROM SYSCAT.SCHEMATA
       WHERE SCHEMANAME NOT LIKE 'SYS%' ORDER BY SCHEMANAME`,
    )
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readTableNames(schema, 'T')
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    return await this.#readTableNames(schema, 'V')
  }

  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    const { where, parameters } = schemaTerm(this.#connection, schema)
    return await readNames(
      this.#connection,
      `SELECT SEQNAME AS "name" FROM SYSCAT.SEQUENCES
       WHERE SEQTYPE = 'S' AND SEQSCHEMA = ${where} ORDER BY SEQNAME`,
      parameters,
    )
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    const { where, parameters } = schemaTerm(this.#connection, schema)
    const rows = await queryCatalog<{ readonly definition: string }>(
      this.#connection,
      `SELECT TEXT AS "definition" FROM SYSCAT.VIEWS WHERE VIEWSCHEMA = ${where} AND VIEWNAME = ?`,
      [...parameters, nameInCatalog(name, this.#connection.dialect.preparer)],
    )
    return rows[0]?.definition ?? null
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
    return await readTableComments(this.#connection, scope)
  }

  async #readTableNames(schema: string | null, type: 'T' | 'V'): Promise<readonly string[]> {
    const { where, parameters } = schemaTerm(this.#connection, schema)
    return await readNames(
      this.#connection,
      `SELECT TABNAME AS "name" FROM SYSCAT.TABLES
       WHERE TYPE = '${type}' AND TABSCHEMA = ${where} ORDER BY TABNAME`,
      parameters,
    )
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new Db2CatalogReader(connection)
}
