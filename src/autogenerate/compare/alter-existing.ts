import { ModifyTableOps } from '../../operations/containers.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { nearlySettled, questionsOf } from '../settled/settle-tables.ts'
import { ColumnPairs } from './columns.ts'
import { defaultPair } from './defaults.ts'
import { tableDefinitions } from './definitions.ts'
import type { TableChange } from './dependencies.ts'
import type { ExistingTable } from './existing-table.ts'

/** What is to change in tables that both sides have. Those in which nothing does are told by what was read of them alone. */
export async function alterExisting(
  context: AutogenContext,
  existing: readonly ExistingTable[],
): Promise<readonly TableChange[]> {
  const included = existing.filter((table) => isIncluded(context, table))
  const nearly = new Map(nearlySettled(context, included).map((one) => [one.table, one]))
  const open = included.filter((table) => !nearly.has(table))
  const columns = new Map(open.map((table) => [table, new ColumnPairs(context, table)]))
  await prepareColumns(context, [...columns.values()])
  await context.comparison.prepareDefinitions([
    ...questionsOf(nearly.values()),
    ...open.map((table) => tableDefinitions(context, table)),
  ])
  const changes: TableChange[] = []
  for (const table of included) {
    const ops =
      nearly.get(table)?.open.every(({ isSettled }) => isSettled()) === true
        ? new ModifyTableOps(table.name, [], { schema: table.schema })
        : await alterTable(context, table, columns.get(table) ?? new ColumnPairs(context, table))
    changes.push({ table, ops })
  }
  return changes
}

function isIncluded(context: AutogenContext, table: ExistingTable): boolean {
  // What a hook would look at is not made for nobody.
  if ((context.opts.includeObject ?? null) === null) return true
  return context.runObjectFilters(table.metadataTable, table.name, 'table', false, table.connTable)
}

/** What the server must be asked about types and defaults is asked once for all tables. */
async function prepareColumns(
  context: AutogenContext,
  tables: readonly ColumnPairs[],
): Promise<void> {
  const { compareType = true, compareServerDefault = false } = context.opts
  const pairs = tables.flatMap((columns) =>
    [...columns.both()].map(([inspected, metadata]) => ({ inspected, metadata })),
  )
  if (compareType !== false) {
    const typed = pairs.filter(
      ({ inspected, metadata }) =>
        inspected.type.affinity !== 'Null' && metadata.type.affinity !== 'Null',
    )
    await context.comparison.prepareTypes(typed)
  }
  if (compareServerDefault === false) return
  const defaults = pairs.flatMap(
    ({ inspected, metadata }) => defaultPair(context.dialect, inspected, metadata) ?? [],
  )
  await context.comparison.prepareServerDefaults(defaults)
}

async function alterTable(
  context: AutogenContext,
  table: ExistingTable,
  columns: ColumnPairs,
): Promise<ModifyTableOps> {
  const { schema, name, connTable: there, metadataTable } = table
  const { comparators, dialect } = context
  const modifyTableOps = new ModifyTableOps(name, [], { schema })
  columns.addMissing(modifyTableOps)
  await columns.alterDiffering(modifyTableOps)
  const sides = [schema, name, there, metadataTable] as const
  await comparators.table.dispatch(dialect.name, context, modifyTableOps, ...sides)
  columns.dropSurplus(modifyTableOps)
  return modifyTableOps
}
