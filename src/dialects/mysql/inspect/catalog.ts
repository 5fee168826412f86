import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import { ReflectionError } from '../../../errors/reflection-error.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import type { MysqlTraits } from '../compile/traits.ts'
import { rowAsReference } from './as-reference.ts'

/** A row of information_schema, by the lower-case names that the queries give its columns. */
export type CatalogRow = Readonly<Record<string, unknown>>

/** A row of information_schema.TABLES. */
export interface TableRow {
  readonly name: string
  readonly type: string
  readonly engine: string | null
  readonly collation: string | null
  readonly createOptions: string
  readonly comment: string
}

/** TABLE_TYPE of MariaDB's tables with a history. */
export const SYSTEM_VERSIONED = 'SYSTEM VERSIONED'

const TABLE_TYPES: ReadonlySet<string> = new Set(['BASE TABLE', SYSTEM_VERSIONED])
const VIEW_TYPES: ReadonlySet<string> = new Set(['VIEW', 'SYSTEM VIEW'])

/** Whether a row of information_schema.TABLES is a table, as against a view or a sequence. */
export function isTable(row: TableRow): boolean {
  return TABLE_TYPES.has(row.type)
}

/** Whether a row of information_schema.TABLES is a view. */
export function isView(row: TableRow): boolean {
  return VIEW_TYPES.has(row.type)
}

/**
 * Asks information_schema, one query a view of it. Questions with the same scope object share their answers: whoever
 * reads a whole table asks with one scope.
 */
export class Catalog {
  readonly connection: Connection
  readonly traits: MysqlTraits
  readonly #answers = new WeakMap<CatalogScope, Map<string, Promise<unknown>>>()

  constructor(connection: Connection) {
    this.connection = connection
    this.traits = connection.dialect.traits as MysqlTraits
  }

  /** The key of this dialect's options: reflected ones go by the name that the database is spoken to under. */
  get optionsKey(): string {
    return this.traits.name
  }

  /** Whether the server is MariaDB of that version or later, or MySQL of the other one or later. */
  isAtLeast(mariadb: readonly number[], mysql: readonly number[]): boolean {
    return isServerAtLeast(this.traits, ...(this.traits.isMariadb ? mariadb : mysql))
  }

  async query(sql: string): Promise<readonly CatalogRow[]> {
    return (await this.connection.execute(sql)).rows
  }

  /** The answer to a question about a scope, asked once for the scope. */
  once<T>(scope: CatalogScope, question: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(scope) ?? new Map<string, Promise<unknown>>()
    this.#answers.set(scope, known)
    const running = (known.get(question) as Promise<T> | undefined) ?? ask()
    known.set(question, running)
    return running
  }

  /**
   * Rows of one view of information_schema for the scope, restricted by two columns of it, and sorted here by a third: a
   * sort of the server's goes through a table on disk. Names are literals, because rows of prepared statements take mysql2 ten times
   * as long to read.
   */
  async select(
    scope: CatalogScope,
    columns: readonly string[],
    from: string,
    by: { readonly schema: string; readonly table: string; readonly position?: string },
    condition?: string,
  ): Promise<readonly CatalogRow[]> {
    if (scope.tables?.length === 0) return []
    // MySQL 8 gives the view's own upper-case names back, MariaDB those of the query.
    const { position } = by
    const asked = position === undefined ? columns : [...columns, position]
    const list = asked.map((column) => `${column} AS ${resultName(column)}`).join(', ')
    const conditions = [`${by.schema} = ${this.#literal(await this.schemaOf(scope.schema))}`]
    if (condition !== undefined) conditions.push(condition)
    if (scope.tables !== null) {
      const names = scope.tables.map((name) => this.#literal(name))
      conditions.push(`${by.table} IN (${names.join(', ')})`)
    }
    const rows = await this.query(
      `SELECT ${list} FROM information_schema.${from} WHERE ${conditions.join(' AND ')}`,
    )
    const key = position === undefined ? null : resultName(position)
    const sorted = key === null ? rows : rows.toSorted((a, b) => Number(a[key]) - Number(b[key]))
    return this.traits.reflectsAsReference ? sorted.map(rowAsReference) : sorted
  }

  #literal(name: string): string {
    return this.connection.dialect.literals.renderString(name, null)
  }

  /** The database that a schema is; the session's for `null`. Throws ReflectionError where it has none. */
  async schemaOf(schema: string | null): Promise<string> {
    const name = schema ?? this.traits.defaultSchemaName ?? (await this.currentDatabase())
    if (name !== null) return this.traits.schemaNames?.get(name) ?? name
    throw new ReflectionError(
      'The session has no database to look in; name one in the database URL, or pass a schema',
    )
  }

  async currentDatabase(): Promise<string | null> {
    const [row] = await this.query('SELECT DATABASE() AS current_database')
    const name = row?.['current_database']
    return typeof name === 'string' ? (this.schemaNamed(name) ?? name) : null
  }

  /** The schema that a database is; in a scratch place `null` for those that are no part of it. */
  schemaNamed(database: string): string | null {
    const { schemaNames } = this.traits
    if (schemaNames === undefined) return database
    for (const [name, stored] of schemaNames) if (stored === database) return name
    return null
  }

  /** Tables, views and sequences of the scope. */
  allRows(scope: CatalogScope): Promise<readonly TableRow[]> {
    return this.once(scope, 'tables', async () => {
      const rows = await this.select(
        scope,
        [
          'TABLE_NAME',
          'TABLE_TYPE',
          'ENGINE',
          'TABLE_COLLATION',
          'CREATE_OPTIONS',
          'TABLE_COMMENT',
        ],
        'TABLES',
        { schema: 'TABLE_SCHEMA', table: 'TABLE_NAME' },
      )
      const tables = rows.map((row) => ({
        name: text(row, 'table_name'),
        type: text(row, 'table_type'),
        engine: optionalText(row, 'engine'),
        collation: optionalText(row, 'table_collation'),
        createOptions: optionalText(row, 'create_options') ?? '',
        comment: optionalText(row, 'table_comment') ?? '',
      }))
      return tables.toSorted(byName)
    })
  }

  /** The tables of the scope, and its views where it asks for them, by name. */
  async tableRows(scope: CatalogScope): Promise<ReadonlyMap<string, TableRow>> {
    const rows = await this.allRows(scope)
    const wanted = rows.filter((row) => isTable(row) || (scope.views === true && isView(row)))
    return new Map(wanted.map((row) => [row.name, row]))
  }

  /** The text of SHOW CREATE TABLE: one query a table, for the facts that stand nowhere else. */
  async showCreate(table: string, schema: string | null): Promise<string> {
    const { preparer } = this.connection.dialect
    const name = [await this.schemaOf(schema), table]
      .map((part) => preparer.quoteAlways(part))
      .join('.')
    const [row = {}] = await this.query(`SHOW CREATE TABLE ${name}`)
    return optionalText(row, 'Create Table') ?? optionalText(row, 'Create View') ?? ''
  }
}

/** `k.COLUMN_NAME` and `COLUMN_NAME` come back as `column_name`. */
function resultName(column: string): string {
  return column.slice(column.indexOf('.') + 1).toLowerCase()
}

/** A value of a row as text; drivers may give numbers, and bytes for what MySQL declares binary. */
export function optionalText(row: CatalogRow, key: string): string | null {
  const value = row[key]
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  // oxlint-disable-next-line no-base-to-string -- drivers give text, numbers and bytes
  return String(value)
}

/** The same for columns that always have a value. */
export function text(row: CatalogRow, key: string): string {
  return optionalText(row, key) ?? ''
}

/** Rows by the value of one of their columns, in order. */
export function groupRows(
  rows: readonly CatalogRow[],
  key: string,
): ReadonlyMap<string, readonly CatalogRow[]> {
  const groups = new Map<string, CatalogRow[]>()
  for (const row of rows) {
    const name = text(row, key)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}

/** By code point, as the reference sorts names. */
export function byName(
  a: { readonly name: string | null },
  b: { readonly name: string | null },
): number {
  const [left, right] = [a.name ?? '~', b.name ?? '~']
  return left < right ? -1 : left > right ? 1 : 0
}
