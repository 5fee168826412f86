import type { Connection } from '../../../engine/connection.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { TableStatistics } from './table-statistics.ts'
import { readTriggers, type Trigger } from './triggers.ts'

/** What SQLite forgets together with a table, though it isn't in the table's own statement. */
export class TableSurroundings {
  readonly #connection: Connection
  readonly #table: TableReference
  readonly #triggers: readonly Trigger[]
  /** The last number that AUTOINCREMENT gave; `null` where the table has none. */
  readonly #sequence: number | bigint | null
  readonly #statistics: TableStatistics

  private constructor(
    connection: Connection,
    table: TableReference,
    facts: {
      triggers: readonly Trigger[]
      sequence: number | bigint | null
      statistics: TableStatistics
    },
  ) {
    this.#connection = connection
    this.#table = table
    this.#triggers = facts.triggers
    this.#sequence = facts.sequence
    this.#statistics = facts.statistics
  }

  /** Takes down what is there before the table is dropped. */
  static async read(connection: Connection, table: TableReference): Promise<TableSurroundings> {
    return new TableSurroundings(connection, table, {
      triggers: await readTriggers(connection, table),
      sequence: await readSequence(connection, table),
      statistics: await TableStatistics.read(connection, table),
    })
  }

  /** The statement that made the table; `null` where there is no such table. */
  static async readStatement(
    connection: Connection,
    table: TableReference,
  ): Promise<string | null> {
    const { rows } = await connection.execute(
      `SELECT sql FROM ${schemaOf(connection, table)}.sqlite_master WHERE type = 'table' AND name = ?`,
      [table.name],
    )
    return (rows[0]?.['sql'] as string | null | undefined) ?? null
  }

  /** The schema that the table is in, quoted. */
  get schema(): string {
    return schemaOf(this.#connection, this.#table)
  }

  /** Puts back what was dropped along. */
  async restore(): Promise<void> {
    await this.#restoreSequence()
    await this.#statistics.restore()
    for (const { sql } of this.#triggers) await this.#connection.execute(sql)
  }

  /** Numbers of deleted rows must not be given again: the copied rows alone don't say which they were. */
  async #restoreSequence(): Promise<void> {
    const now = await readSequence(this.#connection, this.#table)
    if (this.#sequence === null || now === null || now >= this.#sequence) return
    const { schema } = this
    await this.#connection.execute(`DELETE FROM ${schema}.sqlite_sequence WHERE name = ?`, [
      this.#table.name,
    ])
    await this.#connection.execute(
      `INSERT INTO ${schema}.sqlite_sequence (name, seq) VALUES (?, ?)`,
      [this.#table.name, this.#sequence],
    )
  }
}

function schemaOf({ dialect }: Connection, { schema }: TableReference): string {
  return dialect.preparer.quoteAlways(schema ?? 'main')
}

/** What AUTOINCREMENT goes on from; 0 for a table of that kind without rows yet, `null` for other tables. */
async function readSequence(
  connection: Connection,
  table: TableReference,
): Promise<number | bigint | null> {
  const sql = await TableSurroundings.readStatement(connection, table)
  if (sql === null || !/\bAUTOINCREMENT\b/i.test(sql)) return null
  const { rows } = await connection.execute(
    `SELECT seq FROM ${schemaOf(connection, table)}.sqlite_sequence WHERE name = ?`,
    [table.name],
  )
  return (rows[0]?.['seq'] as number | bigint | undefined) ?? 0
}
