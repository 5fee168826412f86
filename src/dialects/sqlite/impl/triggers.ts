import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { isSameName } from '../inspect/tokens.ts'
import { readEvent } from './trigger-check.ts'

/** A trigger, and the statement that creates it again. */
export interface Trigger {
  readonly name: string
  readonly sql: string
}

/** The triggers on the table. Those of the session are dropped with the table, too. */
export async function readTriggers(
  connection: Connection,
  table: TableReference,
): Promise<Trigger[]> {
  const { preparer } = connection.dialect
  const triggers: Trigger[] = []
  for (const schema of [preparer.quoteAlways(table.schema ?? 'main'), 'temp']) {
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

/**
 * Sees that triggers on updates of certain columns still find them: SQLite takes unknown names there, and the trigger would
 * never fire again.
 *
 * @throws OperationError
 */
export function assertTriggersFire(
  { table, newTable, kept }: TableRecreation,
  triggers: readonly Trigger[],
): void {
  const isKept = (name: string): boolean =>
    kept.includes(name) && newTable.findColumn(name)?.name === name
  for (const { name, sql } of triggers) {
    const { columns: watched } = readEvent(sql)
    const gone = table.columns.find(
      (column) => watched.some((it) => isSameName(it, column.name)) && !isKept(column.name),
    )
    if (gone === undefined) continue
    throw new OperationError(
      `Trigger '${name}' is on updates of column '${gone.name}' of table '${table.name}', which the batch drops or renames; drop the trigger before the batch, and create it again behind it`,
    )
  }
}
