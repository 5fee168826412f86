import { createHash } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { type JournalSupport, natureByVerb } from '../../../impl/journal-support.ts'

/** How Oracle, where every DDL statement commits, shows whether one was carried out. */
export const oracleJournal: JournalSupport = {
  natureOf: natureByVerb,
  fingerprint: fingerprintOf,
  clearRemains: () => Promise.resolve(),
}

/**
 * Facts about the objects whose names occur in the statement. `LAST_DDL_TIME` (Oracle 19c, Database Reference, ALL_OBJECTS)
 * has seconds only, so what a table consists of is asked for, too.
 */
const FACTS = [
  `SELECT object_type, object_name, status, TO_CHAR(last_ddl_time, 'YYYYMMDDHH24MISS') FROM user_objects WHERE INSTR(UPPER(:1), UPPER(object_name)) > 0 ORDER BY 1, 2`,
  `SELECT table_name, column_name, data_type, data_length, data_precision, data_scale, nullable FROM user_tab_columns WHERE INSTR(UPPER(:1), UPPER(table_name)) > 0 ORDER BY 1, 2`,
  `SELECT table_name, constraint_name, status, validated FROM user_constraints WHERE INSTR(UPPER(:1), UPPER(table_name)) > 0 ORDER BY 1, 2`,
  `SELECT table_name, index_name, status, uniqueness FROM user_indexes WHERE INSTR(UPPER(:1), UPPER(table_name)) > 0 ORDER BY 1, 2`,
  `SELECT table_name, comments FROM user_tab_comments WHERE INSTR(UPPER(:1), UPPER(table_name)) > 0 ORDER BY 1`,
  `SELECT table_name, column_name, comments FROM user_col_comments WHERE INSTR(UPPER(:1), UPPER(table_name)) > 0 ORDER BY 1, 2`,
]

async function fingerprintOf(connection: Connection, sql: string): Promise<string> {
  const hash = createHash('sha256')
  for (const facts of FACTS) {
    const { rows } = await connection.execute(facts, [sql])
    hash.update(JSON.stringify(rows))
  }
  return hash.digest('hex')
}
