import type { Connection } from '../../../engine/connection.ts'
import type {
  AskedPair,
  DefinitionServer,
  ScratchDefinition,
  ScratchTable,
} from '../../../impl/definition-answers.ts'
import { columnsOfItems, typesOfItems } from '../../../impl/scratch-items.ts'
import type { DefinitionPair } from '../../../impl/table-definitions.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import { indexOptions } from '../compile/own-options.ts'
import { readScratchDefinitions, type ExistingIndex } from '../inspect/scratch-definitions.ts'

/** Asks PostgreSQL how it writes definitions, of all tables in one statement. */
export class PostgresqlDefinitions implements DefinitionServer<ExistingIndex> {
  readonly #dialect: Dialect

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  async read(
    connection: Connection,
    tables: readonly ScratchTable<ExistingIndex>[],
  ): Promise<readonly (readonly (string | null)[])[]> {
    return await readScratchDefinitions(
      connection,
      tables.map((items) => ({
        query: this.#query(columnsOfItems(items), typesOfItems(items)),
        definitions: items.map(({ definition }) => definition),
      })),
    )
  }

  /** A query that has columns of many tables, each under its own name. */
  #query(columns: readonly Column[], retyped: ReadonlyMap<string, TypeEngine>): string {
    const { preparer, types } = this.#dialect
    const tables = [...new Set(columns.map(({ table }) => table))]
    const list = columns.map(({ name, renamedFrom, table }) => {
      const there = `t${tables.indexOf(table)}.${preparer.quoteAlways(renamedFrom ?? name)}`
      const type = retyped.get(name)
      const value = type === undefined ? there : `CAST(${there} AS ${types.compile(type)})`
      return `${value} AS ${preparer.quoteAlways(name)}`
    })
    const from = tables.map(
      (table, at) =>
        `${this.#qualified(table?.schema ?? null, table?.renamedFrom ?? table?.name ?? '')} AS t${at}`,
    )
    return `SELECT ${list.join(', ')}${from.length === 0 ? '' : ` FROM ${from.join(', ')}`}`
  }

  /** Few enough for asking again one by one, where the server refuses any; a table has 1600 columns at most. */
  limitOf(): number {
    return 250
  }

  isSameText(there: string, wanted: string): boolean {
    return there === wanted
  }

  indexPair({ inspected, metadata }: DefinitionPair<Index>): AskedPair<ExistingIndex> | null {
    const { name, table } = inspected
    if (name === null || table === null || (isPlain(inspected) && isPlain(metadata))) return null
    const { ddl, preparer } = this.#dialect
    const [there = '', sql = ''] = [inspected, metadata].map((index) =>
      ddl.compile({ kind: 'createIndex', index, ifNotExists: false }),
    )
    const index: ScratchDefinition = { kind: 'index', sql: behindTable(metadata, sql, preparer) }
    // What the server has names columns that are to be called otherwise.
    if (table.columns.some(({ renamedFrom }) => renamedFrom !== null)) {
      return [{ kind: 'index', sql: behindTable(inspected, there, preparer) }, index]
    }
    return [
      { kind: 'existingIndex', sql: this.#qualified(table.schema, name), mentions: there },
      index,
    ]
  }

  #qualified(schema: string | null, name: string): string {
    const { preparer, traits } = this.#dialect
    return [schema ?? traits.defaultSchemaName ?? 'public', name]
      .map((part) => preparer.quoteAlways(part))
      .join('.')
  }
}

/** What stands behind the table in CREATE INDEX. */
function behindTable(
  { table }: Index,
  sql: string,
  preparer: Pick<IdentifierPreparer, 'formatTable'>,
): string {
  const target = table === null ? '' : ` ON ${preparer.formatTable(table)} `
  return sql.slice(sql.indexOf(target) + target.length)
}

/** Columns in their usual order and no options: there is nothing that the server could write differently. */
function isPlain(index: Index): boolean {
  if (!index.elements.every((element) => element instanceof ColumnExpression)) return false
  if (index.dialectOptions['postgresql'] === undefined) return true
  const { concurrently: _concurrently, tablespace: _tablespace, ...options } = indexOptions(index)
  return !Object.values(options).some(
    (value) =>
      value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
}
