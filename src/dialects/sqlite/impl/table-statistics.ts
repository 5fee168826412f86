import type { Connection } from '../../../engine/connection.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'

/** Where ANALYZE keeps what it found out. SQLite has the second one only where it is compiled in. */
const TABLES = ['sqlite_stat1', 'sqlite_stat4']

type Row = Readonly<Record<string, unknown>>

/** What ANALYZE found out about a table and its indexes; SQLite forgets it together with the table. */
export class TableStatistics {
  readonly #connection: Connection
  readonly #table: TableReference
  readonly #rows: ReadonlyMap<string, readonly Row[]>

  private constructor(
    connection: Connection,
    table: TableReference,
    rows: ReadonlyMap<string, readonly Row[]>,
  ) {
    this.#connection = connection
    this.#table = table
    this.#rows = rows
  }

  static async read(connection: Connection, table: TableReference): Promise<TableStatistics> {
    const schema = connection.dialect.preparer.quoteAlways(table.schema ?? 'main')
    const { rows: present } = await connection.execute(
      `SELECT name FROM ${schema}.sqlite_master WHERE name IN (${TABLES.map((name) => `'${name}'`).join(', ')})`,
    )
    const found = new Map<string, readonly Row[]>()
    for (const { name } of present) {
      const { rows } = await connection.execute(
        `SELECT * FROM ${schema}.${String(name)} WHERE tbl = ?`,
        [table.name],
      )
      found.set(`${schema}.${String(name)}`, rows)
    }
    return new TableStatistics(connection, table, found)
  }

  /** Puts back what is about the table itself and about indexes that it has still. */
  async restore(): Promise<void> {
    for (const [into, all] of this.#rows) {
      for (const row of all) {
        if (!(await this.#isStillTrue(row))) continue
        const columns = Object.keys(row)
        await this.#connection.execute(
          `INSERT INTO ${into} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
          Object.values(row),
        )
      }
    }
  }

  async #isStillTrue({ idx }: Row): Promise<boolean> {
    if (idx === null) return true
    const schema = this.#connection.dialect.preparer.quoteAlways(this.#table.schema ?? 'main')
    const { rows } = await this.#connection.execute(
      `SELECT 1 FROM ${schema}.sqlite_master WHERE type = 'index' AND name = ? AND tbl_name = ?`,
      [idx, this.#table.name],
    )
    return rows.length > 0
  }
}
