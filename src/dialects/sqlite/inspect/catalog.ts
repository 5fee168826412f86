import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'

/** An object of the catalog, with the statement that made it. */
export interface MasterRow {
  readonly type: string
  readonly name: string
  readonly table: string
  readonly sql: string | null
}

/** A column as `PRAGMA table_xinfo` lists it. */
export interface ColumnRow {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly default: string | null
  readonly pk: number
  /** 1: hidden, of a virtual table; 2: generated when read; 3: generated and stored. */
  readonly hidden: number
}

/** Names that are SQLite's own. */
const NOT_INTERNAL = String.raw`name NOT LIKE 'sqlite~_%' ESCAPE '~'`

/** Reads SQLite's catalog: two queries, however many tables there are. */
export class Catalog {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The names of the databases of this connection: `main` and those attached. */
  async readSchemaNames(): Promise<string[]> {
    const { rows } = await this.#connection.execute('PRAGMA database_list')
    const names = rows.map((row) => String(row['name']))
    return names.filter((name) => name !== 'temp').toSorted()
  }

  /** The names of tables or views, sorted. */
  async readNames(type: 'table' | 'view', schema: string): Promise<string[]> {
    const { rows } = await this.#connection.execute(
      `SELECT name FROM ${this.#master(schema)} WHERE type = ? AND ${NOT_INTERNAL} ORDER BY name`,
      [type],
    )
    return rows.map((row) => String(row['name']))
  }

  /** Tables, views and indexes of the scope. A temporary table is found where it is asked for by name. */
  async readObjects(scope: CatalogScope): Promise<MasterRow[]> {
    return await this.#union(scope, (schema) => ({
      select: 'type, name, tbl_name AS "table", sql',
      from: this.#master(schema),
      table: 'tbl_name',
      filter: `${scopeTypes(scope, "'index'")} AND ${NOT_INTERNAL}`,
      order: 'name',
    }))
  }

  /** The columns of the scope's tables, in the tables' order. */
  async readColumns(scope: CatalogScope): Promise<ColumnRow[]> {
    return await this.#union(scope, (schema) => ({
      select:
        'm.name AS "table", c.name, c.type, c."notnull", c.dflt_value AS "default", c.pk, c.hidden',
      from: `${this.#master(schema)} AS m JOIN pragma_table_xinfo(m.name, ${quoteText(schema)}) AS c`,
      table: 'm.name',
      filter: `m.${scopeTypes(scope)} AND m.${NOT_INTERNAL}`,
      order: 'm.name, c.cid',
    }))
  }

  async #union<Row extends { readonly table: string }>(
    scope: CatalogScope,
    query: (schema: string) => {
      readonly select: string
      readonly from: string
      readonly table: string
      readonly filter: string
      readonly order: string
    },
  ): Promise<Row[]> {
    // A temporary table is found by its name; one of the main file comes first, as in the reference.
    const schemas =
      scope.schema === null && scope.tables !== null ? ['main', 'temp'] : [scope.schema ?? 'main']
    const found: Row[] = []
    for (const schema of schemas) {
      const { select, from, table, filter, order } = query(schema)
      const named = scope.tables === null ? '' : ` AND ${table} IN (SELECT value FROM json_each(?))`
      const { rows } = await this.#connection.execute(
        `SELECT ${select} FROM ${from} WHERE ${filter}${named} ORDER BY ${order}`,
        scope.tables === null ? [] : [JSON.stringify(scope.tables)],
      )
      const hidden = new Set(found.map((row) => row.table))
      found.push(
        ...(rows as readonly unknown[] as readonly Row[]).filter((row) => !hidden.has(row.table)),
      )
    }
    return found
  }

  #master(schema: string): string {
    return `${this.#connection.dialect.preparer.quoteAlways(schema)}.sqlite_master`
  }
}

function scopeTypes(scope: CatalogScope, ...others: readonly string[]): string {
  const types = [...(scope.views === true ? ["'table'", "'view'"] : ["'table'"]), ...others]
  return `type IN (${types.join(', ')})`
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
