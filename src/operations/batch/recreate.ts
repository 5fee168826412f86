import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { BatchCall } from '../../impl/operation-target.ts'
import type { SqlExpression } from '../../sql/elements/expression.ts'
import { Insert, Select } from '../../sql/elements/statements.ts'
import type { Column } from '../../sql/schema/column.ts'
import { Computed } from '../../sql/schema/server-default.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { OperationContext } from '../operation-context.ts'
import type { BatchSettings } from './batch-options.ts'
import { ColumnNames } from './column-names.ts'
import { buildIndexes } from './new-indexes.ts'
import { NewTableBuilder } from './new-table.ts'
import { reflectForBatch } from './reflect-table.ts'
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
  const work = async (): Promise<void> => {
    await impl.prepTableForBatch(structure, existing)
    await moveAndCopy(impl, structure, built)
    for (const index of indexes) await impl.createIndex(index)
  }
  if (connection === null) return await work()
  const conversions = [...structure.columns.values()]
    .filter(({ isRetyped, transfer }) => isRetyped && transfer !== null)
    .map(({ source, type }) => ({ column: source.name, type }))
  const recreation = { connection, table: existing, newTable: built, reflected, conversions }
  await impl.guardRecreation(recreation, work)
}

async function moveAndCopy(
  impl: MigrationImpl,
  structure: TableStructure,
  built: TableClass,
): Promise<void> {
  const { table } = structure
  await impl.createTable(built)
  try {
    await impl.execute(copyRows(structure, built))
    await impl.dropTable(table)
  } catch (error) {
    // Where the failure ended the transaction, this fails too, and there is nothing left to drop.
    await impl.dropTable(built).catch(() => undefined)
    throw error
  }
  await impl.renameTable(built, table.name)
}

/** `INSERT … SELECT` of the columns that go on. The server fills generated ones itself. */
function copyRows({ table, live, orderedColumns }: TableStructure, built: TableClass): Insert {
  const into: Column[] = []
  const from: SqlExpression[] = []
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
