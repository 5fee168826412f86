import type { Connection } from '../../../engine/connection.ts'
import { StatementCursor } from '../inspect/statement-cursor.ts'
import { sqlErrorText } from './sql-error.ts'

/** By trigger: why SQLite can't run it. */
export type BrokenTriggers = ReadonlyMap<string, string>

interface StoredTrigger {
  /** Quoted. */
  readonly schema: string
  readonly table: string
  readonly sql: string
}

/**
 * Finds triggers that can't run. RENAME TABLE, which reads them all, minds neither the columns that their INSERT and UPDATE
 * statements name nor how many values they give. A statement that would fire it compiles all of it, and changes no row here.
 */
export async function findBrokenTriggers(
  connection: Connection,
  schemas: readonly string[],
): Promise<BrokenTriggers> {
  const broken = new Map<string, string>()
  for (const schema of schemas) {
    const { rows } = await connection.execute(
      `SELECT name, tbl_name AS "table", sql FROM ${schema}.sqlite_master WHERE type = 'trigger' ORDER BY name`,
    )
    for (const { name, table, sql } of rows) {
      const trigger = { schema, table: String(table), sql: String(sql) }
      const failure = await tryTrigger(connection, trigger)
      if (failure !== null) broken.set(String(name), failure)
    }
  }
  return broken
}

async function tryTrigger(connection: Connection, trigger: StoredTrigger): Promise<string | null> {
  try {
    const statement = await firingStatement(connection, trigger)
    if (statement !== null) await connection.execute(statement)
    return null
  } catch (error) {
    return sqlErrorText(error)
  }
}

/** `null` where there is none: a column that could be written is not there. */
async function firingStatement(
  connection: Connection,
  { schema, table, sql }: StoredTrigger,
): Promise<string | null> {
  const { preparer } = connection.dialect
  const { event, columns } = readEvent(sql)
  // A trigger of the session may be on a table of any file.
  const prefix = schema === 'temp' ? '' : `${schema}.`
  const name = preparer.quoteAlways(table)
  // EXPLAIN would do as well, but libsql 0.5 leaves it open, and the table locked.
  if (event === 'DELETE') return `DELETE FROM ${prefix}${name} WHERE 0`
  const { rows } = await connection.execute(`PRAGMA ${prefix}table_info(${name})`)
  const column = columns[0] ?? (rows[0]?.['name'] as string | undefined)
  if (column === undefined) return null
  const quoted = preparer.quoteAlways(column)
  return event === 'INSERT'
    ? `INSERT INTO ${prefix}${name} (${quoted}) SELECT NULL WHERE 0`
    : `UPDATE ${prefix}${name} SET ${quoted} = ${quoted} WHERE 0`
}

/** What a trigger is on. */
export interface TriggerEvent {
  readonly event: 'DELETE' | 'INSERT' | 'UPDATE'
  /** Those of UPDATE OF. */
  readonly columns: readonly string[]
}

/** Reads what a CREATE TRIGGER is on. */
export function readEvent(sql: string): TriggerEvent {
  const cursor = new StatementCursor(sql)
  for (; !cursor.done; cursor.at++) {
    if (cursor.isAt('DELETE', 'ON')) return { event: 'DELETE', columns: [] }
    if (cursor.isAt('INSERT', 'ON')) return { event: 'INSERT', columns: [] }
    if (!cursor.skip('UPDATE', 'OF')) continue
    const columns: string[] = []
    do columns.push(cursor.takeName() ?? '')
    while (cursor.skipMark(','))
    return { event: 'UPDATE', columns }
  }
  return { event: 'UPDATE', columns: [] }
}
