import type { Connection } from '../../../engine/connection.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { StatementCursor } from '../inspect/statement-cursor.ts'
import { expressionText } from './expression-text.ts'
import { carryRemarks } from './statement-remarks.ts'

/** The statements that made a table and its indexes, from which those of the new one take what only the text says. */
export class StoredStatements {
  readonly #connection: Connection
  readonly #table: TableClass
  readonly #newTable: TableClass
  readonly #statements: ReadonlyMap<string, string>

  private constructor(
    { connection, table, newTable }: TableRecreation,
    statements: ReadonlyMap<string, string>,
  ) {
    this.#connection = connection
    this.#table = table
    this.#newTable = newTable
    this.#statements = statements
  }

  static async read(recreation: TableRecreation): Promise<StoredStatements> {
    const { connection, table } = recreation
    const { rows } = await connection.execute(
      `SELECT type || ' ' || name AS "key", sql FROM ${schemaOf(connection, table)}.sqlite_master WHERE type IN ('table', 'index') AND tbl_name = ? AND sql IS NOT NULL`,
      [table.name],
    )
    const statements = rows.map(({ key, sql }) => [String(key), String(sql)] as const)
    return new StoredStatements(recreation, new Map(statements))
  }

  /** The CREATE TABLE of the new table, with comments and the like of the old one; that of other tables as it is. */
  createTable(table: TableClass, created: string): string {
    const stored = this.#statements.get(`table ${this.#table.name}`)
    if (table !== this.#newTable || stored === undefined) return created
    const columns = table.columns.filter(({ key, name }) => key !== name)
    return carryRemarks(stored, created, new Map(columns.map(({ key, name }) => [key, name])))
  }

  /** The CREATE INDEX as it was, but for the columns' names; undefined where there was none. */
  createIndex(name: string, renames: ReadonlyMap<string, string>): string | undefined {
    const stored = this.#statements.get(`index ${name}`)
    if (stored === undefined) return undefined
    const cursor = new StatementCursor(stored)
    cursor.skip('CREATE')
    const unique = cursor.skip('UNIQUE') ? 'UNIQUE ' : ''
    cursor.skip('INDEX')
    cursor.skip('IF', 'NOT', 'EXISTS')
    const start = cursor.next?.start ?? 0
    cursor.takeName()
    cursor.skip('ON')
    cursor.takeName()
    const list = cursor.next?.start ?? stored.length
    const schema = this.#table.schema === null ? '' : `${schemaOf(this.#connection, this.#table)}.`
    const elements = expressionText.rename(stored.slice(list), this.#table.name, renames)
    return `CREATE ${unique}INDEX ${schema}${stored.slice(start, list)}${elements}`
  }
}

function schemaOf({ dialect }: Connection, { schema }: TableClass): string {
  return dialect.preparer.quoteAlways(schema ?? 'main')
}
