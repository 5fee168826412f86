import { createHash } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { type JournalSupport, natureByVerb } from '../../../impl/journal-support.ts'

/** How SQLite shows whether a statement was carried out that ran outside any transaction. */
export const sqliteJournal: JournalSupport = {
  natureOf: natureByVerb,
  fingerprint: fingerprintOf,
  clearRemains: () => Promise.resolve(),
}

/** The stored text of every object whose name, or whose table's name, occurs in the statement. */
async function fingerprintOf(connection: Connection, sql: string): Promise<string> {
  const { rows } = await connection.execute(
    'SELECT type, name, sql FROM sqlite_master WHERE instr(lower(?), lower(name)) OR instr(lower(?), lower(tbl_name)) ORDER BY type, name',
    [sql, sql],
  )
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}
