import { AlterColumnOp } from '../../operations/alter-column.ts'
import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { ModifyTableOps, type UpgradeOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { DropIndexOp } from '../../operations/create-index.ts'
import { CreateTableOp, DropTableOp } from '../../operations/create-table.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { RenameTableOp } from '../../operations/rename-table.ts'
import { joinName, type NameLike } from '../../sql/elements/identifier.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { flatOperations } from '../flat-operations.ts'
import type { ColumnRenames, FoundRenames } from './find-renames.ts'
import { renameLabel, type Rename } from './rename.ts'
import { isLinked, renameSteps } from './rename-steps.ts'

type Operation = MigrateOperation<unknown>

/**
 * Puts renames before everything else: all other operations use the new names, and so do their opposites, which come
 * before the old names are back. What may be a rename is said above what is dropped.
 */
export function addRenames(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  { tables, columns, open, tableNames }: FoundRenames,
): void {
  noteOpen(upgradeOps, open)
  const tableSteps = tables.flatMap((renames) => renameSteps(renames, tableNames))
  const containers = columns.flatMap((found) => columnOperations(context, upgradeOps, found))
  upgradeOps.ops.unshift(
    ...tableSteps.map(({ from, to, schema }) => new RenameTableOp(from, to, { schema })),
    ...containers,
  )
}

function columnOperations(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  { renames, before }: ColumnRenames,
): Operation[] {
  const { name, schema } = before
  const taken = new Set(before.columns.map((column) => column.name))
  const steps = renameSteps(renames, taken).map((step) =>
    renameOperation(context, step, before, renames),
  )
  const container = (ops: readonly Operation[]): ModifyTableOps =>
    new ModifyTableOps(name, ops, { schema })
  if (isLinked(renames)) return steps.map((operation) => container([operation]))
  // Where a table is made anew for any other change, a name alone can be changed in place.
  if (context.dialect.traits.supportsAlter) {
    for (const operation of steps) takeAlteration(upgradeOps, operation)
  } else if (renames.some((rename) => isReferredTo(context, before, rename))) {
    // Foreign keys that point at it follow its new name, which they can't do where the table is made anew.
    return steps
  }
  return [container(steps)]
}

/** Whether a foreign key of any table points at the column. */
function isReferredTo(
  { reflected }: AutogenContext,
  { name, schema }: ColumnRenames['before'],
  { from, to }: Rename,
): boolean {
  return [...reflected.values()].some(({ foreignKeys }) =>
    foreignKeys.some(
      ({ referredTable, referredSchema, referredColumns }) =>
        referredTable === name &&
        (referredSchema === null || referredSchema === schema) &&
        (referredColumns.includes(from) || referredColumns.includes(to)),
    ),
  )
}

function renameOperation(
  { comparison }: AutogenContext,
  { from, to }: Rename,
  before: ColumnRenames['before'],
  renames: readonly Rename[],
): AlterColumnOp {
  // A step from a name in between stands for a column that had another one before.
  const original = renames.find((rename) => rename.to === to)?.from ?? from
  const column = before.findColumn(before.findColumn(from) === undefined ? original : from)
  if (column === undefined) return new AlterColumnOp(before.name, from, { modifyName: to })
  const operation = new AlterColumnOp(before.name, joinName(from, column.quote, false), {
    schema: before.schema,
    modifyName: to,
    existingType: column.type,
    existingNullable: column.nullable,
    existingServerDefault: column.serverDefault,
    ...(column.comment !== null && { existingComment: column.comment }),
  })
  if (comparison.restatesAutoincrement(column)) operation.existingAutoincrement = true
  return operation
}

/** The other differences of a renamed column go into the same operation, unless something must be dropped before. */
function takeAlteration(upgradeOps: UpgradeOps, rename: AlterColumnOp): void {
  const isHere = (one: { readonly tableName: unknown; readonly schema: unknown }): boolean =>
    one.tableName === rename.tableName && one.schema === rename.schema
  const isSame = (one: Operation): one is AlterColumnOp =>
    one instanceof AlterColumnOp && String(one.columnName) === String(rename.modifyName)
  const container = upgradeOps.ops.find(
    (one): one is ModifyTableOps =>
      one instanceof ModifyTableOps && isHere(one) && one.ops.some(isSame),
  )
  const alteration = container?.ops.find(isSame)
  if (container === undefined || alteration === undefined) return
  if (flatOperations(upgradeOps).some((one) => holdsColumns(one, rename))) return
  const { columnName, modifyName } = rename
  const said = Object.entries(alteration).filter(([, value]) => value !== undefined)
  Object.assign(rename, Object.fromEntries(said), { columnName, modifyName })
  container.ops = container.ops.filter((one) => one !== alteration)
  if (container.isEmpty()) upgradeOps.ops = upgradeOps.ops.filter((one) => one !== container)
}

/** Whether an operation takes something away from the columns of a table that may keep them from being changed. */
function holdsColumns(operation: Operation, { tableName }: AlterColumnOp): boolean {
  if (operation instanceof DropIndexOp) return String(operation.tableName) === tableName.toString()
  if (!(operation instanceof DropConstraintOp)) return false
  const { original } = operation
  const referent = original instanceof CreateForeignKeyOp ? original.referentTable : null
  return [operation.tableName, referent].some((name) => String(name) === tableName.toString())
}

/** Says of what is dropped that it may have another name now. */
function noteOpen(upgradeOps: UpgradeOps, open: FoundRenames['open']): void {
  if (open.length === 0) return
  const all = flatOperations(upgradeOps)
  for (const question of open) {
    const dropped = all.find((one) => dropsIt(one, question))
    if (dropped === undefined || !all.some((one) => addsIt(one, question))) continue
    dropped.comments.push(
      `renamed to '${question.to}'? To keep its data, generate this file again with --rename ${renameLabel(question)}=${question.to}`,
    )
  }
}

function dropsIt(operation: Operation, { kind, schema, table, from }: Rename): boolean {
  if (kind === 'table') {
    return operation instanceof DropTableOp && isOf(operation, schema, from)
  }
  return (
    operation instanceof DropColumnOp &&
    isOf(operation, schema, table) &&
    operation.columnName.toString() === from
  )
}

function addsIt(operation: Operation, { kind, schema, table, to }: Rename): boolean {
  if (kind === 'table') {
    return operation instanceof CreateTableOp && operation.tableName.toString() === to
  }
  return (
    operation instanceof AddColumnOp &&
    isOf(operation, schema, table) &&
    operation.column.name === to
  )
}

function isOf(
  { tableName, schema }: { readonly tableName: NameLike; readonly schema: NameLike | null },
  wantedSchema: string | null,
  name: string,
): boolean {
  return tableName.toString() === name && (schema?.toString() ?? null) === wantedSchema
}
