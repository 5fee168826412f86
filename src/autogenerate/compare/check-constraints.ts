import { checkFromReflection } from '../../engine/table-from-reflection.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { settleChecks } from '../settled/checks.ts'
import { comesWithColumn } from './column-checks.ts'
import { dropOf, namedCheck, soleColumn } from './constraint-names.ts'
import { tableLabel } from './existing-table.ts'
import { comingWithColumns, creationOf } from './type-checks.ts'
import { isServerNamed, pairUnnamed, unnamedChecks } from './unnamed-checks.ts'

const log = getLogger('alembic.autogenerate.compare.check_constraints')

/**
 * CHECK constraints by name, and their conditions; those without a name by their conditions alone. What a type brought along, or
 * the server named, is not the models' to drop, unless they have another in its place.
 */
function compareCheckConstraints(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  schema: string | null,
  tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): void {
  if (connTable === null || metadataTable === null) return
  const { ops } = modifyTableOps
  const { wanted, ofTypes } = modelChecks(metadataTable, context)
  for (const name of comingWithColumns(wanted, ops)) {
    wanted.delete(name)
    ofTypes.add(name)
  }
  leaveToColumns(wanted, connTable, metadataTable)
  const where = { tableName: connTable.name, schemaName: schema }
  const reflected = reflectedChecks(context, schema, connTable).filter(({ name }) =>
    context.runNameFilters(name, 'check_constraint', where),
  )
  const there = byName(reflected)
  const unnamed = unnamedChecks(context, metadataTable, reflected, connTable)
  const pairs = pairUnnamed(context, unnamed)
  const paired = new Set(pairs.values())
  const added = unnamed.wanted.filter((check) => !pairs.has(check) && check.typeBound === null)
  const isIncluded = (
    constraint: CheckConstraint,
    name: string | null,
    reflected: boolean,
    compareTo: CheckConstraint | null,
  ): boolean => context.runObjectFilters(constraint, name, 'check_constraint', reflected, compareTo)

  const { detect } = context.comparison
  for (const constraint of reflected.toSorted(byFinalName)) {
    const { name } = constraint
    if (name !== null && (wanted.has(name) || ofTypes.has(name))) continue
    if (paired.has(constraint)) continue
    const isServers = isServerNamed(context.comparison, constraint)
    if (isServers && !detect.serverNamedChecks && !isReplaced(context, constraint, added)) continue
    if (!isIncluded(constraint, name, true, null)) continue
    ops.push(dropOf(context, constraint))
    log.info(`Detected removed check constraint '${name}' on table '${tableName}'`)
  }
  const isOpen = (name: string, wish: CheckConstraint, old: CheckConstraint): boolean =>
    isIncluded(wish, name, false, old)
  ops.push(...changeOps(context, tableName, pairsByName(wanted, there), isOpen))
  for (const [name, constraint] of sorted(wanted)) {
    if (there.has(name) || !isIncluded(constraint, name, false, null)) continue
    ops.push(creationOf(context, constraint))
    log.info(`Detected added check constraint '${name}' on table '${tableName}'`)
  }
  const taken = new Set([...there.keys(), ...wanted.keys(), ...ofTypes])
  for (const constraint of added) {
    if (!isIncluded(constraint, null, false, null)) continue
    const op = namedCheck(context, constraint, taken)
    if (op.constraintName !== null) taken.add(op.constraintName.toString())
    ops.push(op)
    log.info(`Detected added check constraint on table '${tableName}'`)
  }
}

/** What stands with a new column comes along with it. */
function leaveToColumns(
  wanted: Map<string, CheckConstraint>,
  connTable: TableClass,
  metadataTable: TableClass,
): void {
  for (const [name, check] of wanted) {
    if (comesWithColumn(check, connTable, metadataTable)) wanted.delete(name)
  }
}

/** A CHECK on both sides, under its name. */
type NamedPair = readonly [name: string, constraint: CheckConstraint, old: CheckConstraint]

function pairsByName(
  wanted: ReadonlyMap<string, CheckConstraint>,
  there: ReadonlyMap<string, CheckConstraint>,
): readonly NamedPair[] {
  return sorted(wanted).flatMap(([name, constraint]) => {
    const old = there.get(name)
    return old === undefined ? [] : [[name, constraint, old] as const]
  })
}

/** What makes those anew whose conditions differ. */
function changeOps(
  context: AutogenContext,
  tableName: string,
  pairs: readonly NamedPair[],
  isIncluded: (...pair: NamedPair) => boolean,
): readonly MigrateOperation<unknown>[] {
  return pairs.flatMap(([name, constraint, old]) => {
    const result = context.comparison.compareCheckConstraints(constraint, old)
    if (result.kind === 'skip') {
      log.info(
        `Cannot compare check constraint '${name}', assuming equal and skipping. ${result.reasons.join(', ')}`,
      )
    }
    if (result.kind !== 'different' || !isIncluded(name, constraint, old)) return []
    log.info(
      `Detected changed check constraint '${name}' on table '${tableName}': ${result.reasons.join(', ')}`,
    )
    return [DropConstraintOp.fromConstraint(old), creationOf(context, constraint)]
  })
}

/** Whether one of the models' new CHECKs is about the same column: it is the old one with another condition. */
function isReplaced(
  context: AutogenContext,
  constraint: CheckConstraint,
  added: readonly CheckConstraint[],
): boolean {
  const [column] = soleColumn(context, constraint)
  return column !== undefined && added.some((check) => soleColumn(context, check)[0] === column)
}

/** The named CHECKs of the model; of those that belong to types only the names where they are not compared. */
export function modelChecks(
  table: TableClass,
  { dialect, comparison }: AutogenContext,
): {
  readonly wanted: Map<string, CheckConstraint>
  readonly ofTypes: Set<string>
} {
  const wanted = new Map<string, CheckConstraint>()
  const ofTypes = new Set<string>()
  const all = [...table.constraints, ...table.columns.flatMap((column) => column.checks)]
  for (const constraint of all) {
    if (!(constraint instanceof CheckConstraint)) continue
    const resolved = resolveName(constraint)
    if (resolved === null) continue
    const name = dialect.preparer.fitConstraint(resolved)
    const isCompared =
      constraint.typeBound === null ||
      (comparison.detect.checkExpressions && dialect.ddl.constraints.isCreated(constraint))
    if (isCompared) wanted.set(name, constraint)
    else ofTypes.add(name)
  }
  return { wanted, ofTypes }
}

/** Of tables of the database: they are asked for before the comparison, and in it. */
const checksOf = new WeakMap<TableClass, readonly CheckConstraint[]>()

/** The CHECKs of the database. */
export function reflectedChecks(
  context: AutogenContext,
  schema: string | null,
  table: TableClass,
): readonly CheckConstraint[] {
  const known = checksOf.get(table)
  if (known !== undefined) return known
  const found = context.reflected.get(tableLabel(schema, table.name))?.checkConstraints ?? []
  const checks = found.map((reflected) => {
    const dialectOptions = context.comparison.adjustReflectedDialectOptions(reflected)
    const constraint = checkFromReflection({ ...reflected, dialectOptions })
    constraint.table = table
    return constraint
  })
  checksOf.set(table, checks)
  return checks
}

/** Those that have a name, by it. */
export function byName(checks: readonly CheckConstraint[]): ReadonlyMap<string, CheckConstraint> {
  return new Map(checks.flatMap((check) => (check.name === null ? [] : [[check.name, check]])))
}

function byFinalName(a: CheckConstraint, b: CheckConstraint): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1
}

function sorted(checks: ReadonlyMap<string, CheckConstraint>): [string, CheckConstraint][] {
  return [...checks].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareCheckConstraints, 'table', {
    subgroup: 'checkconstraints',
    settle: settleChecks,
  })
}
