import type { Connection } from '../../../engine/connection.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { warn } from '../../../util/warnings.ts'
import { foldName } from '../inspect/tokens.ts'

/** Carries `work` out; where `copyFrom` left out columns or indexes of the table, it is said that they are gone. */
export async function warnOfLeftOut(
  { connection, table, reflected }: TableRecreation,
  work: () => Promise<void>,
): Promise<void> {
  if (reflected) return await work()
  const given = new Set(table.columns.map(({ name }) => foldName(name)))
  const columns = await readColumns(connection, table)
  const before = await readIndexes(connection, table)
  await work()
  const known = new Set(table.indexes.map((index) => resolveName(index)?.text))
  const after = new Set(await readIndexes(connection, table))
  const lost = [
    ...columns.filter((name) => !given.has(foldName(name))).map((name) => `column '${name}'`),
    ...before
      .filter((name) => !after.has(name) && !known.has(name))
      .map((name) => `index '${name}'`),
  ]
  if (lost.length === 0) return
  warn(
    `copyFrom leaves out parts of table '${table.name}', which are gone with the old table: ${lost.join(', ')}`,
  )
}

async function readColumns(connection: Connection, table: TableClass): Promise<string[]> {
  const { rows } = await connection.execute(
    'SELECT name FROM pragma_table_xinfo(?, ?) ORDER BY cid',
    [table.name, table.schema ?? 'main'],
  )
  return rows.map(({ name }) => String(name))
}

/** The indexes that have a statement of their own. */
async function readIndexes(connection: Connection, table: TableClass): Promise<string[]> {
  const schema = connection.dialect.preparer.quoteAlways(table.schema ?? 'main')
  const { rows } = await connection.execute(
    `SELECT name FROM ${schema}.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name`,
    [table.name],
  )
  return rows.map(({ name }) => String(name))
}
