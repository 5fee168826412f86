import { setTimeout } from 'node:timers/promises'
import { StatementError } from '../errors/driver-error.ts'
import { NoSuchTableError, ReflectionError } from '../errors/reflection-error.ts'
import type { ByTable, CatalogReader, CatalogScope } from './catalog-reader.ts'
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
import { tornTables } from './torn-tables.ts'
import { unreadableView } from './unreadable-view.ts'

/** What to reflect. */
export interface ReflectScope {
  /** `null` or absent is the default schema. */
  readonly schema?: string | null
  /** Only these tables; all unless given. */
  readonly tables?: readonly string[]
  /** Views too. Default `false`. */
  readonly views?: boolean
}

/** How often tables are read that other sessions change meanwhile, and the pause between, in milliseconds, which grows. */
const READINGS = 6
const PAUSE = 40

/**
 * Reads what a database holds. Answers are kept until `clearCache()`.
 *
 * @example
 * const inspector = await sa.inspect(connection)
 * await inspector.getColumns('cars')
 */
export class Inspector {
  readonly reader: CatalogReader
  readonly #cache = new Map<string, Promise<unknown>>()

  constructor(reader: CatalogReader) {
    this.reader = reader
  }

  /** Forgets everything that was read. */
  clearCache(): void {
    this.#cache.clear()
  }

  /** The schema in which unqualified names are looked up; `null` where the database has none. */
  async getDefaultSchemaName(): Promise<string | null> {
    return await this.#once('defaultSchema', () => this.reader.readDefaultSchemaName())
  }

  async getSchemaNames(): Promise<readonly string[]> {
    return await this.#once('schemas', () => this.reader.readSchemaNames())
  }

  async getTableNames(schema: string | null = null): Promise<readonly string[]> {
    return await this.#once(cacheKey('tables', schema), () => this.reader.readTableNames(schema))
  }

  async getViewNames(schema: string | null = null): Promise<readonly string[]> {
    return await this.#once(cacheKey('views', schema), () => this.reader.readViewNames(schema))
  }

  async getMaterializedViewNames(schema: string | null = null): Promise<readonly string[]> {
    return (await this.reader.readMaterializedViewNames?.(schema)) ?? []
  }

  async getTempTableNames(): Promise<readonly string[]> {
    return (await this.reader.readTempTableNames?.()) ?? []
  }

  async getSequenceNames(schema: string | null = null): Promise<readonly string[]> {
    return (await this.reader.readSequenceNames?.(schema)) ?? []
  }

  async getViewDefinition(name: string, schema: string | null = null): Promise<string | null> {
    return (await this.reader.readViewDefinition?.(name, schema)) ?? null
  }

  /** Named enumeration types; none where the database has no such thing. */
  async getEnums(schema: string | null = null): Promise<readonly ReflectedEnum[]> {
    return (await this.reader.readEnums?.(schema)) ?? []
  }

  async getDomains(schema: string | null = null): Promise<readonly ReflectedDomain[]> {
    return (await this.reader.readDomains?.(schema)) ?? []
  }

  async hasTable(name: string, schema: string | null = null): Promise<boolean> {
    const names = await this.reader.readTableNames(schema)
    return names.includes(name) || (await this.reader.readViewNames(schema)).includes(name)
  }

  /** @throws NoSuchTableError */
  async getColumns(
    table: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedColumn[]> {
    return await this.#ofTable(table, schema, 'readColumns')
  }

  async getPkConstraint(table: string, schema: string | null = null): Promise<ReflectedPrimaryKey> {
    const found = await this.#ofTable(table, schema, 'readPrimaryKeys')
    return found ?? { constrainedColumns: [], name: null }
  }

  async getForeignKeys(
    table: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedForeignKey[]> {
    return (await this.#ofTable(table, schema, 'readForeignKeys')) ?? []
  }

  async getIndexes(
    table: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedIndex[]> {
    return (await this.#ofTable(table, schema, 'readIndexes')) ?? []
  }

  async getUniqueConstraints(
    table: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedUniqueConstraint[]> {
    return (await this.#ofTable(table, schema, 'readUniqueConstraints')) ?? []
  }

  async getCheckConstraints(
    table: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedCheckConstraint[]> {
    return (await this.#ofTable(table, schema, 'readCheckConstraints')) ?? []
  }

  /** @throws ReflectionError where the database has no comments, NoSuchTableError */
  async getTableComment(table: string, schema: string | null = null): Promise<string | null> {
    const read = this.reader.readTableComments?.bind(this.reader)
    if (read === undefined) throw new ReflectionError('This database has no table comments')
    const found = (await read({ schema, tables: [table] })).get(table) ?? null
    if (found === null) await this.#assertThere(table, schema)
    return found
  }

  /** @throws ReflectionError where the database has no table options, NoSuchTableError */
  async getTableOptions(
    table: string,
    schema: string | null = null,
  ): Promise<ReflectedDialectOptions> {
    const read = this.reader.readTableOptions?.bind(this.reader)
    if (read === undefined) throw new ReflectionError('This database has no table options')
    const found = (await read({ schema, tables: [table] })).get(table)
    if (found === undefined) await this.#assertThere(table, schema)
    return found ?? {}
  }

  async #assertThere(table: string, schema: string | null): Promise<void> {
    if (!(await this.hasTable(table, schema))) throw noSuchTable(table, schema)
  }

  /** Everything of all tables (or those named), in a constant number of queries. */
  async reflectTables(scope: ReflectScope = {}): Promise<ReadonlyMap<string, ReflectedTable>> {
    const { reader } = this
    let before: string | null = null
    for (let attempt = 1; ; attempt += 1) {
      const wanted: CatalogScope = {
        schema: scope.schema ?? null,
        tables: scope.tables ?? null,
        views: scope.views ?? false,
      }
      const read = (): Promise<Map<string, ReflectedTable>> => this.#readTables(wanted)
      const tables = await (reader.attempt?.(read) ?? read())
      const found = tables ?? new Map<string, ReflectedTable>()
      const changed = (await reader.readChangedTables?.(wanted, found)) ?? []
      const torn = tornTables(found.values())
      // What looks torn and stays so is what the catalog has.
      const isRead = changed.length === 0 && (torn.length === 0 || torn.join('\0') === before)
      if (tables !== undefined && isRead) return tables
      if (attempt === READINGS) throw changedMeanwhile([...changed, ...torn])
      before = torn.join('\0')
      await setTimeout(PAUSE * attempt)
    }
  }

  async #readTables(wanted: CatalogScope): Promise<Map<string, ReflectedTable>> {
    const { reader } = this
    const comments: ByTable<string | null> = (await reader.readTableComments?.(wanted)) ?? new Map()
    const primaryKeys = await reader.readPrimaryKeys(wanted)
    const foreignKeys = await reader.readForeignKeys(wanted)
    const indexes = await reader.readIndexes(wanted)
    const uniques = await reader.readUniqueConstraints(wanted)
    const checks = await reader.readCheckConstraints(wanted)
    // Late: of a table that was dropped meanwhile there are none then.
    const columns = await reader.readColumns(wanted)
    const options: ByTable<ReflectedDialectOptions> =
      (await reader.readTableOptions?.(wanted)) ?? new Map()
    const tables = new Map<string, ReflectedTable>()
    for (const [name, ofTable] of columns) {
      tables.set(name, {
        name,
        schema: wanted.schema,
        columns: ofTable,
        primaryKey: primaryKeys.get(name) ?? { constrainedColumns: [], name: null },
        foreignKeys: foreignKeys.get(name) ?? [],
        indexes: indexes.get(name) ?? [],
        uniqueConstraints: uniques.get(name) ?? [],
        checkConstraints: checks.get(name) ?? [],
        comment: comments.get(name) ?? null,
        options: options.get(name) ?? {},
      })
    }
    return tables
  }

  /** Everything of one table. Throws NoSuchTableError. */
  async reflectTable(name: string, schema: string | null = null): Promise<ReflectedTable> {
    const tables = await this.#readable(name, schema, () =>
      this.reflectTables({ schema, tables: [name], views: true }),
    )
    const found = tables.get(name)
    if (found !== undefined) return found
    throw noSuchTable(name, schema)
  }

  /** Reads one table. Throws ReflectionError where it is a view that the server itself can't read. */
  async #readable<T>(name: string, schema: string | null, read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (cause) {
      const isView =
        cause instanceof StatementError &&
        (await this.getViewNames(schema).catch((): readonly string[] => [])).includes(name)
      throw isView ? unreadableView(name, { cause }) : cause
    }
  }

  async #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#cache.get(key) as Promise<T> | undefined
    const running = known ?? read()
    this.#cache.set(key, running)
    return await running
  }

  async #ofTable<K extends PerTableRead>(
    table: string,
    schema: string | null,
    read: K,
  ): Promise<PerTable<K>> {
    const scope: CatalogScope = { schema, tables: [table], views: true }
    const found = await this.#readable(table, schema, () =>
      this.#once<unknown>(cacheKey(read, schema, table), () => this.reader[read](scope)),
    )
    const ofTable = (found as ByTable<PerTable<K>>).get(table)
    if (ofTable === undefined) await this.#assertThere(table, schema)
    return ofTable as PerTable<K>
  }
}

/** Names may hold whatever would part them. */
function cacheKey(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts)
}

type PerTableRead =
  | 'readColumns'
  | 'readPrimaryKeys'
  | 'readForeignKeys'
  | 'readIndexes'
  | 'readUniqueConstraints'
  | 'readCheckConstraints'

type PerTable<K extends PerTableRead> =
  Awaited<ReturnType<CatalogReader[K]>> extends ByTable<infer T> ? T : never

function changedMeanwhile(names: readonly string[]): ReflectionError {
  const tables = names.length === 0 ? 'tables' : `'${[...new Set(names)].toSorted().join("', '")}'`
  return new ReflectionError(
    `Another session keeps changing ${tables} while the catalog is read; run this again when it is done, or leave them out with includeName`,
  )
}

function noSuchTable(name: string, schema: string | null): NoSuchTableError {
  return new NoSuchTableError(
    `No table '${name}' in ${schema === null ? 'the default schema' : `schema '${schema}'`} of the database`,
  )
}
