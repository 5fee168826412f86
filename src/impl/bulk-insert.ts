import { insert, type StatementTable } from '../sql/elements/statements.ts'
import type { BulkInsertSettings, OperationTarget } from './operation-target.ts'
import { inRow } from './row-batch.ts'
import { RowReader, type RowSource } from './row-source.ts'
import type { StatementSink } from './statement-sink.ts'

/** What rows are inserted through: an implementation. */
export interface RowTarget extends Pick<OperationTarget, 'execute'> {
  readonly offline: boolean
  readonly sink: StatementSink
}

/** Inserts rows as they are read: on a server many with one statement, in a script one statement each, with literals. */
export async function insertRows(
  target: RowTarget,
  table: StatementTable,
  rows: RowSource,
  settings: BulkInsertSettings,
): Promise<void> {
  const reader = new RowReader(rows)
  try {
    if (target.offline || settings.multiinsert === false) await insertEach(target, table, reader)
    else if (reader.list?.length !== 0) await target.sink.executeMany(table, reader)
  } finally {
    await reader.close()
  }
}

/** One statement a row; in a script its values become literals. */
async function insertEach(
  target: RowTarget,
  table: StatementTable,
  reader: RowReader,
): Promise<void> {
  for await (const { row, position } of reader.inTurn()) {
    try {
      await target.execute(insert(table).values(row), { literalBinds: true })
    } catch (error) {
      throw inRow(error, table, position)
    }
  }
}
