import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import { tablesOf, type Reference } from './references.ts'

/** How many rows a table and those that refer to it have before it is made anew. */
export class RowCounts {
  readonly #recreation: TableRecreation
  readonly #counts: ReadonlyMap<string, number>

  private constructor(recreation: TableRecreation, counts: ReadonlyMap<string, number>) {
    this.#recreation = recreation
    this.#counts = counts
  }

  static async take(
    recreation: TableRecreation,
    references: readonly Reference[],
  ): Promise<RowCounts> {
    const { connection, table } = recreation
    const counts = new Map<string, number>()
    for (const name of tablesOf(table, references)) {
      counts.set(name, await countRows(connection, table.schema, name))
    }
    return new RowCounts(recreation, counts)
  }

  /**
   * Sees that all rows are there still.
   *
   * @throws OperationError
   */
  async assertKept(): Promise<void> {
    const { connection, table } = this.#recreation
    for (const [name, had] of this.#counts) {
      const isOwn = name === table.name
      // Counting takes as long as a tenth of the copy, and INSERT has counted already.
      const known = isOwn && !this.#mayReplace() ? this.#recreation.copied() : undefined
      const has = known ?? (await countRows(connection, table.schema, name))
      if (has === had) continue
      throw new OperationError(
        isOwn
          ? `Table '${name}' had ${had} rows and would have ${has} after it was made anew, because of an ON CONFLICT clause; everything was taken back`
          : `Table '${name}' had ${had} rows and would have ${has} after '${table.name}' was made anew; everything was taken back`,
      )
    }
  }

  /** Whether a row can take the place of another one, which INSERT counts as two. */
  #mayReplace(): boolean {
    const { connection, newTable } = this.#recreation
    const sql = connection.dialect.ddl.compile({
      kind: 'createTable',
      table: newTable,
      ifNotExists: false,
    })
    return /\bON CONFLICT\b/i.test(sql)
  }
}

async function countRows(
  connection: Connection,
  schema: string | null,
  table: string,
): Promise<number> {
  const { preparer } = connection.dialect
  const name = `${preparer.quoteAlways(schema ?? 'main')}.${preparer.quoteAlways(table)}`
  const { rows } = await connection.execute(`SELECT count(*) AS n FROM ${name}`)
  return Number(rows[0]?.['n'])
}
