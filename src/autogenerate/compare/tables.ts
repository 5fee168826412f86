import { leaseTableName } from '../../impl/lease-table.ts'
import type { ReflectedTable } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { ModifyTableOps, type UpgradeOps } from '../../operations/containers.ts'
import { journalTableName } from '../../runtime/journal/journal-table.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { addRenames } from '../renames/add-renames.ts'
import { findRenames } from '../renames/find-renames.ts'
import { ColumnPairs } from './columns.ts'
import { defaultPair } from './defaults.ts'
import { tableDefinitions } from './definitions.ts'
import { frameForeignKeys, type TableChange } from './dependencies.ts'
import { tableLabel, type ExistingTable } from './existing-table.ts'
import { assertNamesFit } from './name-lengths.ts'
import { createMissing, creationOps, dropSurplus, type ModelTable } from './one-sided-tables.ts'

/** Compares all tables of the schemas. */
async function compareTables(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  schemas: ReadonlySet<string | null>,
): Promise<void> {
  const reflected = new Map<string, ReflectedTable>()
  for (const schema of schemas) {
    for (const table of await reflectSchema(context, schema)) {
      reflected.set(tableLabel(schema, table.name), table)
    }
  }
  const models = modelTables(context)
  assertNamesFit(
    context,
    [...models.values()].map(({ table }) => table),
  )
  const renames = await findRenames(context, reflected, models)
  for (const [label, table] of reflected) context.reflected.set(label, table)
  const missing = [...models].filter(
    ([label, { table }]) =>
      !reflected.has(label) && context.runObjectFilters(table, table.name, 'table', false),
  )
  const created = await createMissing(context, missing)
  const metadata = new MetaData()
  const surplus = [...reflected].filter(([label]) => !models.has(label))
  const removal = await dropSurplus(
    context,
    surplus.map(([, table]) => connTable(context, table, metadata)),
  )
  const altered = await alterExisting(context, models, reflected)
  const dropped = new Set(surplus.map(([label]) => label))
  const { before, after, lateTables } = frameForeignKeys(context, { created, dropped, altered })
  const changed = altered.map(({ ops }) => ops).filter((ops) => !ops.isEmpty())
  const early = created.filter((table) => !lateTables.has(table))
  upgradeOps.ops.push(...creationOps(context, early), ...before, ...removal, ...changed, ...after)
  upgradeOps.ops.push(...creationOps(context, [...lateTables]))
  addRenames(context, upgradeOps, renames)
}

/** Everything of the tables of one schema that `includeName` lets through, the version table aside. */
async function reflectSchema(
  context: AutogenContext,
  schema: string | null,
): Promise<readonly ReflectedTable[]> {
  const { inspector, comparison } = context
  const all = await inspector.getTableNames(schema)
  const included = all.filter(
    (name) =>
      !isVersionTable(context, schema, name) &&
      context.runNameFilters(name, 'table', { schemaName: schema }),
  )
  if (included.length === 0) return []
  // A filter over most of the tables costs the server more than reading them all.
  const scope = included.length * 2 > all.length ? { schema } : { schema, tables: included }
  const found = await inspector.reflectTables(scope)
  const tables = included.flatMap((name) => found.get(name) ?? [])
  await comparison.prepareReflected(tables)
  return tables
}

function isVersionTable(context: AutogenContext, schema: string | null, name: string): boolean {
  const { versionTable = 'alembic_version', versionTableSchema = null } =
    context.migrationContext.opts
  const table = String(versionTable)
  const own = [table, journalTableName(table), leaseTableName(table)]
  return own.includes(name) && schema === versionTableSchema
}

/** The models' tables, in dependency order; the default schema is `null`, as reflection has it. */
function modelTables(context: AutogenContext): ReadonlyMap<string, ModelTable> {
  const { defaultSchemaName } = context.dialect.traits
  const models = new Map<string, ModelTable>()
  // Looked at for its own sake: it refuses tables that two MetaData have.
  const { tableKeyToTable } = context
  for (const { key } of context.sortedTables) {
    const table = tableKeyToTable.get(key)
    if (table === undefined || isVersionTable(context, table.schema, table.name)) continue
    const schema = table.schema === defaultSchemaName ? null : table.schema
    models.set(tableLabel(schema, table.name), { schema, table })
  }
  return models
}

function connTable(
  context: AutogenContext,
  reflected: ReflectedTable,
  metadata: MetaData,
): TableClass {
  return tableFromReflection(reflected, metadata, {
    onColumn: (column) => context.comparison.autogenColumnReflect(reflected, column),
  })
}

/** Tables that both sides have. */
async function alterExisting(
  context: AutogenContext,
  models: ReadonlyMap<string, ModelTable>,
  reflected: ReadonlyMap<string, ReflectedTable>,
): Promise<readonly TableChange[]> {
  const metadata = new MetaData()
  const existing: ExistingTable[] = []
  for (const [label, { schema, table }] of models) {
    const found = reflected.get(label)
    if (found === undefined) continue
    const sides = { connTable: connTable(context, found, metadata), metadataTable: table }
    existing.push({ schema, name: table.name, label, ...sides })
  }
  const included = existing
    .toSorted((a, b) => order(a, b))
    .filter((table) =>
      context.runObjectFilters(table.metadataTable, table.name, 'table', false, table.connTable),
    )
  const pairs = included.map((table) => [table, new ColumnPairs(context, table)] as const)
  await prepareColumns(
    context,
    pairs.map(([, columns]) => columns),
  )
  await context.comparison.prepareDefinitions(
    included.map((table) => tableDefinitions(context, table)),
  )
  const changes: TableChange[] = []
  for (const [table, columns] of pairs) {
    changes.push({ table, ops: await alterTable(context, table, columns) })
  }
  return changes
}

function order(a: ExistingTable, b: ExistingTable): number {
  const [first, second] = [a, b].map(({ schema, name }) => `${schema ?? ''}\0${name}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
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

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareTables, 'schema', { subgroup: 'tables' })
}
