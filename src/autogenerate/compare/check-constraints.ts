import { checkFromReflection } from '../../engine/table-from-reflection.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateCheckConstraintOp } from '../../operations/create-check-constraint.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { tableLabel } from './existing-table.ts'

const log = getLogger('alembic.autogenerate.compare.check_constraints')

/** CHECK constraints by name, and their conditions. What a type brought along, or the server named, is not the models' to drop. */
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
  const { wanted, ofTypes } = modelChecks(metadataTable, context.dialect)
  const where = { tableName: connTable.name, schemaName: schema }
  const there = new Map(
    [...reflectedChecks(context, schema, connTable)].filter(([name]) =>
      context.runNameFilters(name, 'check_constraint', where),
    ),
  )
  const isIncluded = (
    constraint: CheckConstraint,
    name: string,
    reflected: boolean,
    compareTo: CheckConstraint | null,
  ): boolean => context.runObjectFilters(constraint, name, 'check_constraint', reflected, compareTo)

  for (const [name, constraint] of sorted(there)) {
    if (wanted.has(name) || ofTypes.has(name)) continue
    if (context.comparison.isServerMadeCheckName(name, connTable)) continue
    if (!isIncluded(constraint, name, true, null)) continue
    ops.push(DropConstraintOp.fromConstraint(constraint))
    log.info(`Detected removed check constraint '${name}' on table '${tableName}'`)
  }
  for (const [name, constraint] of sorted(wanted)) {
    const old = there.get(name)
    if (old === undefined) continue
    const result = context.comparison.compareCheckConstraints(constraint, old)
    if (result.kind === 'skip') {
      log.info(
        `Cannot compare check constraint '${name}', assuming equal and skipping. ${result.reasons.join(', ')}`,
      )
    }
    if (result.kind !== 'different' || !isIncluded(constraint, name, false, old)) continue
    log.info(
      `Detected changed check constraint '${name}' on table '${tableName}': ${result.reasons.join(', ')}`,
    )
    ops.push(
      DropConstraintOp.fromConstraint(old),
      CreateCheckConstraintOp.fromConstraint(constraint),
    )
  }
  for (const [name, constraint] of sorted(wanted)) {
    if (there.has(name) || !isIncluded(constraint, name, false, null)) continue
    ops.push(CreateCheckConstraintOp.fromConstraint(constraint))
    log.info(`Detected added check constraint '${name}' on table '${tableName}'`)
  }
}

/** The named CHECKs of the model, and the names of those that belong to types. */
export function modelChecks(
  table: TableClass,
  { preparer }: Dialect,
): {
  readonly wanted: ReadonlyMap<string, CheckConstraint>
  readonly ofTypes: ReadonlySet<string>
} {
  const wanted = new Map<string, CheckConstraint>()
  const ofTypes = new Set<string>()
  const all = [...table.constraints, ...table.columns.flatMap((column) => column.checks)]
  for (const constraint of all) {
    if (!(constraint instanceof CheckConstraint)) continue
    const resolved = resolveName(constraint)
    if (resolved === null) continue
    const name = preparer.fitConstraint(resolved)
    if (constraint.typeBound === null) wanted.set(name, constraint)
    else ofTypes.add(name)
  }
  return { wanted, ofTypes }
}

/** The named CHECKs of the database. */
export function reflectedChecks(
  context: AutogenContext,
  schema: string | null,
  table: TableClass,
): ReadonlyMap<string, CheckConstraint> {
  const found = context.reflected.get(tableLabel(schema, table.name))?.checkConstraints ?? []
  const checks = new Map<string, CheckConstraint>()
  for (const reflected of found) {
    if (reflected.name === null) continue
    const dialectOptions = context.comparison.adjustReflectedDialectOptions(reflected)
    const constraint = checkFromReflection({ ...reflected, dialectOptions })
    constraint.table = table
    checks.set(reflected.name, constraint)
  }
  return checks
}

function sorted(checks: ReadonlyMap<string, CheckConstraint>): [string, CheckConstraint][] {
  return [...checks].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareCheckConstraints, 'table', {
    subgroup: 'checkconstraints',
  })
}
