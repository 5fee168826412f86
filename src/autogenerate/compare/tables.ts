import { leaseTableName } from '../../impl/lease-table.ts'
import type { ReflectedTable } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import type { UpgradeOps } from '../../operations/containers.ts'
import { journalTableName } from '../../runtime/journal/journal-table.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { addRenames } from '../renames/add-renames.ts'
import { findRenames } from '../renames/find-renames.ts'
import { alterExisting } from './alter-existing.ts'
import { frameForeignKeys } from './dependencies.ts'
import { ExistingTable, tableLabel } from './existing-table.ts'
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
    surplus.map(([, table]) => tableFromReflection(corrected(context, table), metadata)),
  )
  const altered = await alterExisting(context, existingTables(context, models, reflected))
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

/** Tables that both sides have, by schema and name. */
function existingTables(
  context: AutogenContext,
  models: ReadonlyMap<string, ModelTable>,
  reflected: ReadonlyMap<string, ReflectedTable>,
): readonly ExistingTable[] {
  const there = new MetaData()
  const existing = [...models].flatMap(([label, model]) => {
    const found = reflected.get(label)
    if (found === undefined) return []
    return [new ExistingTable(label, model, corrected(context, found), there)]
  })
  return existing.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

function sortKey({ schema, name }: ExistingTable): string {
  return `${schema ?? ''}\0${name}`
}

/** What was read of a table, with its columns as a model would say them. */
function corrected({ comparison }: AutogenContext, table: ReflectedTable): ReflectedTable {
  const columns = table.columns.map((column) => comparison.autogenColumnReflect(table, column))
  return { ...table, columns }
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareTables, 'schema', { subgroup: 'tables' })
}
