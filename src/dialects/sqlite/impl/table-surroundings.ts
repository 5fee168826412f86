import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { TableClass } from '../../../sql/schema/table.ts'

interface Trigger {
  readonly name: string
  readonly sql: string
}

/** What SQLite forgets together with a table, though it isn't in the table's own statement. */
export class TableSurroundings {
  readonly #connection: Connection
  readonly #table: TableReference
  /** `null` where no row can get lost on the way. */
  readonly #rows: number | null
  readonly #triggers: readonly Trigger[]
  /** The last number that AUTOINCREMENT gave; `null` where the table has none. */
  readonly #sequence: number | bigint | null

  private constructor(
    connection: Connection,
    table: TableReference,
    facts: { rows: number | null; triggers: readonly Trigger[]; sequence: number | bigint | null },
  ) {
    this.#connection = connection
    this.#table = table
    this.#rows = facts.rows
    this.#triggers = facts.triggers
    this.#sequence = facts.sequence
  }

  /** Takes down what is there before the table is dropped; its rows are counted where the new one may refuse some. */
  static async read(
    connection: Connection,
    table: TableReference,
    newTable: TableClass,
  ): Promise<TableSurroundings> {
    const statement = { kind: 'createTable', table: newTable, ifNotExists: false } as const
    // INSERT … SELECT copies all rows or fails, except where a constraint says IGNORE or REPLACE.
    const mayRefuse = /\bON CONFLICT\b/i.test(connection.dialect.ddl.compile(statement))
    return new TableSurroundings(connection, table, {
      rows: mayRefuse ? await countRows(connection, table) : null,
      triggers: await readTriggers(connection, table),
      sequence: await readSequence(connection, table),
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

  /** Whether the schema holds anything that can name columns of the table. */
  async hasDependents(): Promise<boolean> {
    const { rows } = await this.#connection.execute(
      `SELECT 1 FROM ${this.schema}.sqlite_master WHERE type IN ('view', 'trigger') LIMIT 1`,
    )
    return rows.length > 0 || this.#triggers.length > 0
  }

  /** Puts back what was dropped along, and sees that the rows are all there. */
  async restore(): Promise<void> {
    await this.#assertRowsKept()
    await this.#restoreSequence()
    for (const { sql } of this.#triggers) await this.#connection.execute(sql)
  }

  async #assertRowsKept(): Promise<void> {
    if (this.#rows === null) return
    const rows = await countRows(this.#connection, this.#table)
    if (rows === this.#rows) return
    throw new OperationError(
      `Table '${this.#table.name}' had ${this.#rows} rows and would have ${rows} after it was made anew, because of an ON CONFLICT clause; everything was taken back`,
    )
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

async function countRows(connection: Connection, table: TableReference): Promise<number> {
  const name = connection.dialect.preparer.quoteAlways(table.name)
  const { rows } = await connection.execute(
    `SELECT count(*) AS n FROM ${schemaOf(connection, table)}.${name}`,
  )
  return Number(rows[0]?.['n'])
}

/** The triggers on the table. Those of the session are dropped with the table, too. */
async function readTriggers(connection: Connection, table: TableReference): Promise<Trigger[]> {
  const triggers: Trigger[] = []
  for (const schema of [schemaOf(connection, table), 'temp']) {
    const { rows } = await connection.execute(
      `SELECT name, sql FROM ${schema}.sqlite_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY rowid`,
      [table.name],
    )
    triggers.push(
      ...rows.map(({ name, sql }) => ({ name: String(name), sql: triggerSql(sql, schema) })),
    )
  }
  return triggers
}

/** The stored statement names neither the file nor TEMP. */
function triggerSql(sql: unknown, schema: string): string {
  const body = String(sql).replace(
    /^CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER\s+(?:IF\s+NOT\s+EXISTS\s+)?/i,
    '',
  )
  return schema === 'temp' ? `CREATE TEMP TRIGGER ${body}` : `CREATE TRIGGER ${schema}.${body}`
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
