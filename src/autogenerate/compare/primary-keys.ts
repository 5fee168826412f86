import { AddColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreatePrimaryKeyOp } from '../../operations/create-primary-key.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import { FinalName, joinName } from '../../sql/elements/identifier.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { PrimaryKeyConstraint } from '../../sql/schema/key-constraints.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { settlePrimaryKey } from '../settled/keys.ts'

const log = getLogger('alembic.autogenerate.compare.constraints')

/** A table on both sides. */
interface Sides {
  readonly connTable: TableClass
  readonly metadataTable: TableClass
}

/** Whether the primary keys differ: in their columns, in the order of those, or in their names where both sides say one. */
function isKeyChanged(context: AutogenContext, sides: Sides): boolean {
  if (!context.comparison.detect.primaryKeys) return false
  const [there, wanted] = [sides.connTable.primaryKey, sides.metadataTable.primaryKey]
  const name = finalName(wanted, context)
  const isRenamed =
    there.columns.length > 0 && there.name !== null && name !== null && there.name !== name
  const isOrdered = context.comparison.detect.keyOrder && isOrderSaid(wanted)
  const isSame = isOrdered
    ? columnList(there) === columnList(wanted)
    : columnSet(there) === columnSet(wanted)
  if (!isRenamed && isSame) return false
  const columns = [...there.columns, ...wanted.columns]
  return !columns.some((column) => isHidden(context, sides, column.name))
}

/** Whether the user does not want to hear of a column that is in a key. */
function isHidden(
  context: AutogenContext,
  { connTable, metadataTable }: Sides,
  name: string,
): boolean {
  const column = metadataTable.columns.find((candidate) => candidate.name === name)
  const reflected = connTable.columns.find((candidate) => candidate.name === name)
  const where = { tableName: metadataTable.name, schemaName: connTable.schema }
  if (reflected !== undefined && !context.runNameFilters(name, 'column', where)) return true
  const isReflected = column === undefined
  const compareTo = isReflected ? null : (reflected ?? null)
  return !context.runObjectFilters(column ?? reflected, name, 'column', isReflected, compareTo)
}

/** Columns that are in the key by a word of their own stand in it as they stand in the table, which is nobody's decision. */
function isOrderSaid({ implicit }: PrimaryKeyConstraint): boolean {
  return !implicit
}

function columnList({ columns }: PrimaryKeyConstraint): string {
  return JSON.stringify(columns.map(({ name }) => name))
}

function columnSet({ columns }: PrimaryKeyConstraint): string {
  return JSON.stringify(columns.map(({ name }) => name).toSorted())
}

function finalName(key: PrimaryKeyConstraint, { dialect }: AutogenContext): string | null {
  const resolved = resolveName(key)
  return resolved === null ? null : dialect.preparer.fitConstraint(resolved)
}

/** The old key goes before anything else in its table changes, the new one comes when its columns are as they are to be. */
function comparePrimaryKeys(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  _schema: string | null,
  tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): void {
  if (connTable === null || metadataTable === null) return
  const sides = { connTable, metadataTable }
  if (!isKeyChanged(context, sides)) return
  const [there, wanted] = [connTable.primaryKey, metadataTable.primaryKey]
  const { ops } = modifyTableOps
  if (there.columns.length > 0) {
    ops.unshift(
      ...withoutNumbering(context, sides, modifyTableOps),
      DropConstraintOp.fromConstraint(there),
    )
  }
  const arrival =
    wanted.columns.length === 0 ? 'none' : numberedArrival(context, modifyTableOps, wanted)
  if (wanted.columns.length > 0 && arrival !== 'withKey') {
    ops.push(creationOf(context, sides))
    if (arrival === 'none') ops.push(...withNumbering(context, sides))
  }
  log.info(
    `Detected changed primary key on '${tableName}': ${described(there)} to ${described(wanted)}`,
  )
}

/** A key without a name keeps that of the old one, or gets the server's: the downgrade has to drop it by that. */
function creationOf(
  { comparison }: AutogenContext,
  { connTable, metadataTable }: Sides,
): CreatePrimaryKeyOp {
  const create = CreatePrimaryKeyOp.fromConstraint(metadataTable.primaryKey)
  if (create.constraintName !== null || !comparison.detect.constraintNames) return create
  const name = connTable.primaryKey.name ?? comparison.serverMadeKeyName(metadataTable)
  if (name !== null) create.constraintName = new FinalName(name)
  return create
}

/** Where columns number themselves only as the first of a key, they stop before the key goes. */
function withoutNumbering(
  { comparison }: AutogenContext,
  { connTable }: Sides,
  modifyTableOps: ModifyTableOps,
): AlterColumnOp[] {
  const numbered = connTable.columns.filter((column) => comparison.restatesAutoincrement(column))
  for (const op of modifyTableOps.ops) {
    if (!(op instanceof AlterColumnOp)) continue
    if (!numbered.some(({ name }) => name === op.columnName.toString())) continue
    Object.assign(op, { modifyAutoincrement: undefined, existingAutoincrement: undefined })
  }
  return numbered.map((column) => numberingOp(column, connTable, true, false))
}

/** … and number themselves again behind the new key. */
function withNumbering(
  { rendering }: AutogenContext,
  { connTable, metadataTable }: Sides,
): AlterColumnOp[] {
  const column = metadataTable.autoincrementColumn
  if (column === null || rendering.restatesAutoincrement !== true) return []
  return [numberingOp(column, connTable, false, true)]
}

function numberingOp(
  column: Column,
  { name, schema, quote }: TableClass,
  existing: boolean,
  wanted: boolean,
): AlterColumnOp {
  return new AlterColumnOp(
    joinName(name, quote, false),
    joinName(column.name, column.quote, false),
    {
      schema,
      existingType: column.type,
      existingNullable: false,
      existingComment: column.comment,
      existingAutoincrement: existing,
      modifyAutoincrement: wanted,
    },
  )
}

/**
 * A new column that numbers itself fills itself in the rows that are there; it does so as a part of the key. `withKey`
 * where the column brings the key along.
 */
function numberedArrival(
  { rendering }: AutogenContext,
  { ops }: ModifyTableOps,
  wanted: PrimaryKeyConstraint,
): 'none' | 'column' | 'withKey' {
  const table = wanted.table as TableClass
  const numbered = table.autoincrementColumn?.name
  const added = ops.find((op) => op instanceof AddColumnOp && op.column.name === numbered)
  if (!(added instanceof AddColumnOp) || wanted.columns.length > 1) return 'none'
  added.needsBackfill = false
  const keepsNames = rendering.restatesAutoincrement !== true
  added.inlinePrimaryKey = !(keepsNames && resolveName(wanted) !== null)
  return added.inlinePrimaryKey ? 'withKey' : 'column'
}

function described({ columns }: PrimaryKeyConstraint): string {
  return `(${columns.map(({ name }) => name).join(', ')})`
}

/** The part of the plugin for constraints that is about primary keys. */
export function setup(plugin: Plugin): void {
  const options = { subgroup: 'primarykeys', settle: settlePrimaryKey }
  plugin.addAutogenerateComparator(comparePrimaryKeys, 'table', options)
}
