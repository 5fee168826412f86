import { parseCreateTable } from '../../../src/dialects/sqlite/inspect/create-table.ts'
import { trimComments } from '../../../src/dialects/sqlite/inspect/tokens.ts'
import type { BatchDatabase } from './batch-database.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** What SQLite knows about a table, its rows, and what hangs on it, without the order and form of its statement. */
export async function dumpTable(database: BatchDatabase, table: string): Promise<unknown> {
  const { rows } = database
  const name = `'${table.replaceAll("'", "''")}'`
  const objects = await rows(
    "SELECT type, name, tbl_name, CASE type WHEN 'table' THEN NULL ELSE sql END AS sql FROM sqlite_master ORDER BY type, name",
  )
  const indexes = await rows(
    `SELECT name, "unique", origin, partial FROM pragma_index_list(${name})`,
  )
  return {
    objects: objects.map(withoutNumber),
    columns: await rows(
      `SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(${name})`,
    ),
    defaults: await defaultsOf(rows, name),
    options: await rows(`SELECT wr, strict FROM pragma_table_list(${name}) WHERE schema = 'main'`),
    foreignKeys: sorted(
      await rows(
        `SELECT seq, "table", "from", coalesce("to", (SELECT name FROM pragma_table_info("table") WHERE pk = seq + 1)) AS "to", on_update, on_delete, "match" FROM pragma_foreign_key_list(${name})`,
      ),
    ),
    indexes: sorted(
      await Promise.all(
        indexes.map(async (index) => {
          const of = String(index['name']).replaceAll("'", "''")
          const parts = await rows(`SELECT * FROM pragma_index_xinfo('${of}')`)
          return { ...withoutNumber(index), parts }
        }),
      ),
    ),
    constraints: constraintsOf(await statementOf(database, table)),
    rows: await rowsOf(rows, table),
    sequences: (await hasTable(rows, 'sqlite_sequence'))
      ? sorted(await rows('SELECT name, seq FROM sqlite_sequence'))
      : null,
  }
}

/** The stored CREATE TABLE. */
export async function statementOf({ rows }: BatchDatabase, table: string): Promise<string> {
  const [row] = await rows(
    `SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '${table.replaceAll("'", "''")}'`,
  )
  return String(row?.['sql'])
}

/** SQLite numbers the indexes of constraints by their place in the statement. */
function withoutNumber(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const name = String(row['name'])
  return name.startsWith('sqlite_autoindex') ? { ...row, name: 'sqlite_autoindex' } : row
}

async function hasTable(rows: BatchDatabase['rows'], name: string): Promise<boolean> {
  return (await rows(`SELECT 1 FROM sqlite_master WHERE name = '${name}'`)).length > 0
}

/** With parentheses or without, a default is the same. */
async function defaultsOf(rows: BatchDatabase['rows'], name: string): Promise<unknown[]> {
  const found = await rows(`SELECT dflt_value AS text FROM pragma_table_xinfo(${name})`)
  return found.map(({ text }) => (typeof text === 'string' ? trimComments(text) : text))
}

async function rowsOf(rows: BatchDatabase['rows'], table: string): Promise<Rows> {
  const quoted = `"${table.replaceAll('"', '""')}"`
  return await rows(`SELECT rowid AS "the rowid", * FROM ${quoted} ORDER BY 1`).catch(() =>
    rows(`SELECT * FROM ${quoted} ORDER BY 1`),
  )
}

function constraintsOf(sql: string): unknown {
  const { primaryKey, uniques, checks, foreignKeys, columns, autoincrement } = parseCreateTable(sql)
  const plain = (constraint: object | null): unknown => ({ ...constraint, inline: null })
  return {
    autoincrement,
    columns,
    primaryKey: plain(primaryKey),
    uniques: sorted(uniques.map(plain)),
    checks: sorted(checks.map(plain)),
    foreignKeys: sorted(foreignKeys.map((key) => plain({ ...key, referredColumns: null }))),
  }
}

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).toSorted()
}
