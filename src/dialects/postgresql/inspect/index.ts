import type { ByTable, CatalogReader, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedDomain,
  ReflectedEnum,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { readCheckConstraints } from './checks.ts'
import { ConstraintRows } from './constraint-rows.ts'
import { TypeReader } from './column-types.ts'
import { readColumns } from './columns.ts'
import { readForeignKeys } from './foreign-keys.ts'
import { readIndexes } from './indexes.ts'
import { readPrimaryKeys, readUniqueConstraints } from './keys.ts'
import { readDomainRows, readEnumRows } from './named-types.ts'
import * as names from './names.ts'
import { isAboutSomethingGone } from './something-gone.ts'
import { readTableComments, readTableOptions, TableStamps } from './tables.ts'

/** Reads the catalog of PostgreSQL 10 and later. */
class PostgresqlCatalogReader implements CatalogReader {
  readonly #connection: Connection
  readonly #constraints: ConstraintRows
  readonly #stamps = new TableStamps()

  constructor(connection: Connection) {
    this.#connection = connection
    this.#constraints = new ConstraintRows(connection)
  }

  async attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
    const isOpen = await this.#connection.isInTransaction()
    try {
      return await (isOpen ? this.#connection.savepoint(read) : read())
    } catch (error) {
      if (isAboutSomethingGone(error)) return undefined
      throw error
    }
  }

  readChangedTables(scope: CatalogScope, found: ByTable<unknown>): Promise<readonly string[]> {
    return Promise.resolve(this.#stamps.changed(scope, found.keys()))
  }

  async readDefaultSchemaName(): Promise<string | null> {
    return await names.readDefaultSchemaName(this.#connection)
  }

  async readSchemaNames(): Promise<readonly string[]> {
    return await names.readSchemaNames(this.#connection)
  }

  async readTableNames(schema: string | null): Promise<readonly string[]> {
    const kinds = ['table', 'partitionedTable'] as const
    return await names.readRelationNames(this.#connection, { schema, kinds, temporary: false })
  }

  async readViewNames(schema: string | null): Promise<readonly string[]> {
    const kinds = ['view'] as const
    return await names.readRelationNames(this.#connection, { schema, kinds, temporary: false })
  }

  async readMaterializedViewNames(schema: string | null): Promise<readonly string[]> {
    const kinds = ['materializedView'] as const
    return await names.readRelationNames(this.#connection, { schema, kinds, temporary: false })
  }

  async readTempTableNames(): Promise<readonly string[]> {
    const kinds = ['table', 'partitionedTable'] as const
    const filter = { schema: null, kinds, temporary: true }
    return await names.readRelationNames(this.#connection, filter)
  }

  async readSequenceNames(schema: string | null): Promise<readonly string[]> {
    const kinds = ['sequence'] as const
    return await names.readRelationNames(this.#connection, { schema, kinds, temporary: null })
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    return await names.readViewDefinition(this.#connection, name, schema)
  }

  async readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return await readColumns(this.#connection, scope)
  }

  async readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return await readPrimaryKeys(this.#constraints, scope)
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
    return await readUniqueConstraints(this.#constraints, scope)
  }

  async readCheckConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    return await readCheckConstraints(this.#constraints, scope)
  }

  async readTableComments(scope: CatalogScope): Promise<ByTable<string | null>> {
    return await readTableComments(this.#connection, scope, this.#stamps)
  }

  async readTableOptions(scope: CatalogScope): Promise<ByTable<ReflectedDialectOptions>> {
    return await readTableOptions(this.#connection, scope, this.#stamps)
  }

  async readEnums(schema: string | null): Promise<readonly ReflectedEnum[]> {
    const rows = await readEnumRows(this.#connection, { schema })
    return rows.map(({ name, schema: owner, visible, labels }) => ({
      name,
      schema: owner,
      visible,
      labels,
    }))
  }

  async readDomains(schema: string | null): Promise<readonly ReflectedDomain[]> {
    const wanted = await readDomainRows(this.#connection, { schema })
    if (wanted.length === 0) return []
    // A domain may stand on another one, or on an enumeration, in any schema.
    const below = await readDomainRows(this.#connection, 'everywhere')
    const enums = await readEnumRows(this.#connection, 'everywhere')
    const types = new TypeReader(enums, below)
    return wanted.map((row) => types.domain(row))
  }
}

/** Makes the reader of a connection's catalog. */
export function createCatalogReader(connection: Connection): CatalogReader {
  return new PostgresqlCatalogReader(connection)
}
