import type { ReflectedTable } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { ModifyTableOps, type UpgradeOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateTableOp, DropTableOp } from '../../operations/create-table.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { sortTables } from '../../sql/schema/sort-tables.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { ColumnPairs } from './columns.ts'
import { defaultPair } from './defaults.ts'
import { tableLabel, type ExistingTable } from './existing-table.ts'

const log = getLogger('alembic.autogenerate.compare.tables')

/** A table of the models under the schema that the database has it in: `null` for the default one. */
interface ModelTable {
  readonly schema: string | null
  readonly table: TableClass
}

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
  for (const [label, table] of reflected) context.reflected.set(label, table)
  const models = modelTables(context)
  await createMissing(context, upgradeOps, models, reflected)
  await dropSurplus(context, upgradeOps, models, reflected)
  await alterExisting(context, upgradeOps, models, reflected)
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
  return name === versionTable && schema === versionTableSchema
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

/** Runs the comparators for tables that are on one side only. */
async function compareOneSided(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  { name, schema }: { readonly name: string; readonly schema: string | null },
  sides: readonly [connTable: TableClass | null, metadataTable: TableClass | null],
): Promise<void> {
  const modifyTableOps = new ModifyTableOps(name, [], { schema })
  const { comparators, dialect } = context
  await comparators.table.dispatch(dialect.name, context, modifyTableOps, schema, name, ...sides)
  if (!modifyTableOps.isEmpty()) upgradeOps.ops.push(modifyTableOps)
}

/** Tables that only the models have. Foreign keys that go in a circle come after all of them. */
async function createMissing(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  models: ReadonlyMap<string, ModelTable>,
  reflected: ReadonlyMap<string, ReflectedTable>,
): Promise<void> {
  const missing = [...models].filter(
    ([label, { table }]) =>
      !reflected.has(label) && context.runObjectFilters(table, table.name, 'table', false),
  )
  const postponed = postponedForeignKeys(
    context,
    missing.map(([, { table }]) => table),
  )
  for (const [label, { schema, table }] of missing) {
    upgradeOps.ops.push(CreateTableOp.fromTable(table, null, postponed))
    log.info(`Detected added table '${label}'`)
    await compareOneSided(context, upgradeOps, { name: table.name, schema }, [null, table])
  }
  for (const constraint of postponed) {
    const { name = '', schema = null } = constraint.table ?? {}
    const create = CreateForeignKeyOp.fromConstraint(constraint)
    upgradeOps.ops.push(new ModifyTableOps(name, [create], { schema }))
  }
}

/** The foreign keys of new tables that can't be part of them, where the database can add them later. */
function postponedForeignKeys(
  context: AutogenContext,
  tables: readonly TableClass[],
): ReadonlySet<ForeignKeyConstraint> {
  if (!context.dialect.traits.supportsAlter) return new Set()
  const asked = tables.flatMap((table) =>
    table.foreignKeyConstraints.filter((constraint) => constraint.useAlter),
  )
  return new Set([...sortTables(tables).cyclic, ...asked])
}

/** Tables that only the database has: each before those that it refers to, by name where that leaves a choice. */
async function dropSurplus(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  models: ReadonlyMap<string, ModelTable>,
  reflected: ReadonlyMap<string, ReflectedTable>,
): Promise<void> {
  const metadata = new MetaData()
  const surplus = [...reflected].filter(([label]) => !models.has(label))
  const tables = surplus.map(([, table]) => connTable(context, table, metadata))
  for (const table of sortTables(tables).tables.toReversed()) {
    if (!context.runObjectFilters(table, table.name, 'table', true)) continue
    await compareOneSided(context, upgradeOps, table, [table, null])
    upgradeOps.ops.push(DropTableOp.fromTable(table))
    log.info(`Detected removed table '${table.key}'`)
  }
}

/** Tables that both sides have. */
async function alterExisting(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  models: ReadonlyMap<string, ModelTable>,
  reflected: ReadonlyMap<string, ReflectedTable>,
): Promise<void> {
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
  for (const [table, columns] of pairs) await alterTable(context, upgradeOps, table, columns)
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
  upgradeOps: UpgradeOps,
  table: ExistingTable,
  columns: ColumnPairs,
): Promise<void> {
  const { schema, name, connTable: there, metadataTable } = table
  const { comparators, dialect } = context
  const modifyTableOps = new ModifyTableOps(name, [], { schema })
  columns.addMissing(modifyTableOps)
  await columns.alterDiffering(modifyTableOps)
  const sides = [schema, name, there, metadataTable] as const
  await comparators.table.dispatch(dialect.name, context, modifyTableOps, ...sides)
  columns.dropSurplus(modifyTableOps)
  if (!modifyTableOps.isEmpty()) upgradeOps.ops.push(modifyTableOps)
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareTables, 'schema', { subgroup: 'tables' })
}
