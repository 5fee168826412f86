import { ModifyTableOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateIndexOp } from '../../operations/create-index.ts'
import { CreateTableOp, DropTableOp } from '../../operations/create-table.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import { sortTables } from '../../sql/schema/sort-tables.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { withName } from './constraint-names.ts'
import { losesService } from './needed-indexes.ts'
import { OneWayTableOps } from './one-way-table-ops.ts'

const log = getLogger('alembic.autogenerate.compare.tables')

/** A table of the models under the schema that the database has it in: `null` for the default one. */
export interface ModelTable {
  readonly schema: string | null
  readonly table: TableClass
}

/** A new table, what makes it, and what makes its indexes. */
export interface NewTable {
  readonly table: TableClass
  create: CreateTableOp
  /** Foreign keys that are added when all new tables are there. */
  readonly postponed: ReadonlySet<ForeignKeyConstraint>
  readonly indexes: ModifyTableOps
}

/** Runs the comparators for tables that are on one side only. */
async function compareOneSided(
  context: AutogenContext,
  { name, schema }: { readonly name: string; readonly schema: string | null },
  sides: readonly [connTable: TableClass | null, metadataTable: TableClass | null],
): Promise<ModifyTableOps> {
  const modifyTableOps = new ModifyTableOps(name, [], { schema })
  const { comparators, dialect } = context
  await comparators.table.dispatch(dialect.name, context, modifyTableOps, schema, name, ...sides)
  const { foreignKeysNeedIndexes, detect } = context.comparison
  if (!foreignKeysNeedIndexes || !detect.dependencyOrder) return modifyTableOps
  const isMade = sides[0] === null
  const { ops } = isMade ? modifyTableOps : modifyTableOps.reverse()
  const creations = ops.filter((op) => op instanceof CreateIndexOp)
  const [table = null] = sides.filter((side) => side !== null)
  if (table === null || !needsIndexes(table, creations, context)) return modifyTableOps
  // An index that a foreign key needs can't be dropped before its table; it goes with that.
  return new OneWayTableOps(name, ops, schema, isMade)
}

/** Whether a foreign key of the table, at either end, can't do without indexes that are operations of their own. */
function needsIndexes(
  table: TableClass,
  creations: readonly CreateIndexOp[],
  { dialect }: AutogenContext,
): boolean {
  const made = new Set(creations.map(({ indexName }) => indexName?.toString() ?? null))
  const names = table.indexes.flatMap((index) => {
    const resolved = resolveName(index)
    const final = resolved === null ? null : dialect.preparer.fitIndex(resolved)
    return made.has(final) || made.has(index.name) ? [index.name ?? ''] : []
  })
  return table.foreignKeyConstraints.some((constraint) => {
    const { referred } = constraint
    const isOwn = referred.table === table.name && referred.schema === table.schema
    const ends = [
      constraint.columns.map((column) => column.name),
      ...(isOwn ? [referred.columns] : []),
    ]
    return ends.some((columns) => losesService(table, new Set(names), columns))
  })
}

/** Tables that only the models have. Foreign keys that go in a circle come after all of them. */
export async function createMissing(
  context: AutogenContext,
  missing: readonly (readonly [label: string, model: ModelTable])[],
): Promise<readonly NewTable[]> {
  const postponed = postponedForeignKeys(
    context,
    missing.map(([, { table }]) => table),
  )
  const created: NewTable[] = []
  for (const [label, { schema, table }] of missing) {
    const create = CreateTableOp.fromTable(table, null, postponed)
    log.info(`Detected added table '${label}'`)
    const indexes = await compareOneSided(context, { name: table.name, schema }, [null, table])
    created.push({ table, create, postponed, indexes })
  }
  return created
}

/** The operations that make new tables, and then their postponed foreign keys. */
export function creationOps(
  context: AutogenContext,
  created: readonly NewTable[],
): MigrateOperation<unknown>[] {
  const [postponed = new Set<ForeignKeyConstraint>()] = created.map((one) => one.postponed)
  return [
    ...created.flatMap(({ create, indexes }) => [create, ...unlessEmpty(indexes)]),
    ...[...postponed].map((constraint) => {
      const { name = '', schema = null } = constraint.table ?? {}
      return new ModifyTableOps(
        name,
        [withName(context, CreateForeignKeyOp.fromConstraint(constraint))],
        { schema },
      )
    }),
  ]
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

/**
 * Tables that only the database has: each before those that it refers to, by name where that leaves a choice. Foreign keys
 * that go in a circle go before all of them.
 */
export async function dropSurplus(
  context: AutogenContext,
  surplus: readonly TableClass[],
): Promise<readonly MigrateOperation<unknown>[]> {
  const { comparison, dialect } = context
  const { tables, cyclic } = sortTables(surplus)
  const isOrdered = comparison.detect.dependencyOrder && dialect.traits.supportsAlter
  const early = new Set(isOrdered ? cyclic : [])
  const dropped: { readonly table: TableClass; readonly indexes: ModifyTableOps }[] = []
  for (const table of tables.toReversed()) {
    if (!context.runObjectFilters(table, table.name, 'table', true)) continue
    const indexes = await compareOneSided(context, table, [table, null])
    dropped.push({ table, indexes })
    log.info(`Detected removed table '${table.key}'`)
  }
  const included = new Set(dropped.map(({ table }) => table))
  const keys = [...early].filter(({ table }) => included.has(table as TableClass))
  return [
    ...keys.map((constraint) => {
      const { name = '', schema = null } = constraint.table ?? {}
      return new ModifyTableOps(name, [DropConstraintOp.fromConstraint(constraint)], { schema })
    }),
    ...dropped.flatMap(({ table, indexes }) => [
      ...unlessEmpty(indexes),
      DropTableOp.fromTable(table, null, early),
    ]),
  ]
}

function unlessEmpty(ops: ModifyTableOps): ModifyTableOps[] {
  return ops.isEmpty() && ops.reverse().isEmpty() ? [] : [ops]
}
