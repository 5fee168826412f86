import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import { readForeignKeys, setForeignKeys } from '../drivers/foreign-keys.ts'
import { parseCreateTable } from '../inspect/create-table.ts'
import { assertConvertible } from './conversions.ts'
import { warnOfLeftOut } from './copy-from.ts'
import {
  assertNoneBroken,
  assertNotReferenced,
  readReferences,
  readViolations,
  type Reference,
} from './references.ts'
import { restoreSetting } from './restore-setting.ts'
import { RowCounts } from './row-counts.ts'
import { SchemaCheck } from './schema-check.ts'
import { TableSurroundings } from './table-surroundings.ts'
import { assertTriggersFire, readTriggers } from './triggers.ts'

/**
 * Makes a table anew such that nothing is lost with the old one: rows of other tables, triggers, the AUTOINCREMENT
 * counter, views. What can't be kept is found out before anything changes, or everything is taken back.
 *
 * The order of things is that of SQLite's manual: https://www.sqlite.org/lang_altertable.html#otheralter
 */
export async function guardRecreation(
  recreation: TableRecreation,
  work: () => Promise<void>,
): Promise<void> {
  const { connection } = recreation
  if (await connection.isInTransaction()) {
    await guardInTransaction(recreation, work)
    return
  }
  const enforced = await readForeignKeys(connection)
  const execute = (sql: string): Promise<unknown> => connection.execute(sql)
  try {
    if (enforced) await setForeignKeys(connection, false)
    await connection.transaction(() => guardInTransaction(recreation, work))
  } finally {
    if (enforced) await restoreSetting(execute, 'PRAGMA foreign_keys = ON')
  }
}

async function guardInTransaction(
  recreation: TableRecreation,
  work: () => Promise<void>,
): Promise<void> {
  const { connection, table } = recreation
  await assertKeepable(recreation)
  assertTriggersFire(recreation, await readTriggers(connection, table))
  await assertConvertible(recreation)
  const references = await readReferences(connection, table)
  if (await readForeignKeys(connection)) await assertNotReferenced(connection, table, references)
  // With the newer way RENAME fails on views of the table, which is gone at that moment.
  const legacy = await readLegacyRename(connection)
  const execute = (sql: string): Promise<unknown> => connection.execute(sql)
  try {
    await execute('PRAGMA legacy_alter_table = ON')
    await connection.savepoint(() =>
      warnOfLeftOut(recreation, () => recreateChecked(recreation, references, work)),
    )
  } finally {
    if (!legacy) await restoreSetting(execute, 'PRAGMA legacy_alter_table = OFF')
  }
}

async function recreateChecked(
  recreation: TableRecreation,
  references: readonly Reference[],
  work: () => Promise<void>,
): Promise<void> {
  const { connection, table } = recreation
  const surroundings = await TableSurroundings.read(connection, table)
  const schema = await SchemaCheck.begin(connection, table)
  const violations = await readViolations(connection, table, references)
  const counts = await RowCounts.take(recreation, references)
  await work()
  await counts.assertKept()
  await surroundings.restore()
  await schema.end()
  assertNoneBroken(table, violations, await readViolations(connection, table, references))
}

/** Refuses tables of which the stored statement says more than a `Table` can. */
async function assertKeepable({ connection, table, reflected }: TableRecreation): Promise<void> {
  const sql = await TableSurroundings.readStatement(connection, table)
  if (sql === null || !/^CREATE\s+TABLE\b/i.test(sql)) {
    throw new OperationError(
      `Batch mode can't make '${table.name}' anew: it is no ordinary table of that database file (a view, a virtual or a temporary table)`,
    )
  }
  const { notUnderstood } = parseCreateTable(sql)
  if (!reflected || notUnderstood.length === 0) return
  throw new OperationError(
    `Batch mode can't make table '${table.name}' anew without losing: ${notUnderstood.join('; ')}. Pass the whole table as copyFrom, or write the steps with op.execute()`,
  )
}

async function readLegacyRename(connection: Connection): Promise<boolean> {
  const { rows } = await connection.execute('PRAGMA legacy_alter_table')
  return Number(rows[0]?.['legacy_alter_table'] ?? 0) === 1
}
