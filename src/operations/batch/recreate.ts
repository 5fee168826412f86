import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { BatchCall } from '../../impl/operation-target.ts'
import type { ColumnExpression } from '../../sql/elements/column-expression.ts'
import type { SqlExpression } from '../../sql/elements/expression.ts'
import { Insert, Select } from '../../sql/elements/statements.ts'
import { ColumnClause } from '../../sql/elements/table-clause.ts'
import { Computed } from '../../sql/schema/server-default.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { OperationContext } from '../operation-context.ts'
import type { BatchSettings } from './batch-options.ts'
import { ColumnNames } from './column-names.ts'
import { buildIndexes } from './new-indexes.ts'
import { NewTableBuilder } from './new-table.ts'
import { reflectForBatch } from './reflect-table.ts'
import { assertReferents } from './referents.ts'
import { TableStructure } from './table-structure.ts'

/** Longest name of the table that the rows are copied into, in characters. */
const LONGEST_TEMPORARY_NAME = 50

/**
 * Makes a table anew with the changes of a batch: creates it under another name, copies the rows, drops the old one and
 * takes its name.
 *
 * Everything that can be found out is checked before the first statement.
 */
export async function recreateTable(
  ctx: OperationContext,
  settings: BatchSettings,
  calls: readonly BatchCall[],
): Promise<void> {
  const { impl } = ctx
  const { copyFrom, partialReordering, tableArgs = [], tableOptions = {} } = settings
  const reflected = copyFrom === undefined || copyFrom === null
  const existing = reflected ? await reflectForBatch(ctx, settings) : copyFrom
  const { connection } = ctx.migrationContext
  const structure = new TableStructure(impl, existing, {
    reflected,
    live: connection !== null,
    partialReordering: partialReordering ?? [],
  })
  for (const call of calls) structure.apply(call)
  const names = new ColumnNames(impl, structure)
  const builder = new NewTableBuilder(structure, names, { tableArgs, tableOptions })
  const built = builder.build(temporaryName(existing.name))
  const indexes = buildIndexes(structure, names, built)
  let copied: number | undefined
  const work = async (): Promise<void> => {
    await impl.prepTableForBatch(structure, existing)
    assertReferents(built)
    copied = await moveAndCopy(impl, structure, built)
    for (const index of indexes.kept) {
      if (reflected) await impl.restoreIndex(index, names.renames)
      else await impl.createIndex(index)
    }
    for (const index of indexes.added) await impl.createIndex(index)
  }
  if (connection === null) return await work()
  assertReferents(built)
  const conversions = [...structure.columns.values()]
    .filter(
      ({ isRetyped, transfer, source }) => isRetyped && transfer !== null && transfer !== source,
    )
    .map(({ source, type }) => ({ column: source.name, type }))
  const kept = [...structure.columns].flatMap(([key, { isNew }]) => (isNew ? [] : [key]))
  const tables = { table: existing, newTable: built }
  const facts = { connection, ...tables, reflected, kept, conversions, copied: () => copied }
  await impl.guardRecreation(facts, work)
}

async function moveAndCopy(
  impl: MigrationImpl,
  structure: TableStructure,
  built: TableClass,
): Promise<number | undefined> {
  const { table } = structure
  await impl.createTable(built)
  let copied: number | undefined
  try {
    const rowKey = structure.live ? impl.hiddenRowKey(table, built) : null
    copied = (await impl.execute(copyRows(structure, built, rowKey))).rowCount
    await impl.dropTable(table)
  } catch (error) {
    // Where the failure ended the transaction, this fails too, and there is nothing left to drop.
    await impl.dropTable(built).catch(() => undefined)
    throw error
  }
  await impl.renameTable(built, table.name)
  return copied
}

/** `INSERT … SELECT` of the columns that go on. The server fills generated ones itself. */
function copyRows(
  { table, live, orderedColumns }: TableStructure,
  built: TableClass,
  rowKey: string | null,
): Insert {
  const into: ColumnExpression[] = rowKey === null ? [] : [new ColumnClause(rowKey)]
  const from: SqlExpression[] = [...into]
  for (const [key, { transfer, serverDefault }] of orderedColumns) {
    const target = built.findColumn(key)
    // A script has them too, as in the reference: no server takes that.
    const isGenerated = live && serverDefault instanceof Computed
    if (transfer === null || target === undefined || isGenerated) continue
    into.push(target)
    from.push(transfer)
  }
  return new Insert(built).fromSelect(into, new Select(from, table))
}

function temporaryName(name: string): string {
  return `_alembic_tmp_${name}`.slice(0, LONGEST_TEMPORARY_NAME)
}
