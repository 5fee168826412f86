import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { settleAlways } from '../settled/columns.ts'
import { mustBeFilled } from './columns.ts'
import { pinnedBySources } from './computed-sources.ts'
import { ComputedUsers } from './computed-users.ts'

type Operation = MigrateOperation<unknown>

/**
 * Generated columns that changed, became generated, or plain: most databases have no ALTER for that. Such a column is dropped and
 * added again, with its indexes and constraints around it; its values are computed anew. So is one whose source gets another
 * type where the server refuses that.
 */
function remakeComputed(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  schema: string | null,
  _tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): void {
  if (connTable === null || metadataTable === null) return
  const sides = { connTable, metadataTable }
  const { sources, pinned } = pinnedBySources(context, modifyTableOps, sides)
  const changed = [...modifyTableOps.ops.filter((op) => changesFormula(op)), ...pinned]
  const others = modifyTableOps.ops.filter((op) => !changesFormula(op) && !sources.includes(op))
  const names = changed.map(({ columnName }) => columnName.toString())
  const users = new ComputedUsers(context, schema, connTable, names)
  const made = others.filter((op) => users.makes(op))
  const kept = changed.length === 0 ? [] : users.kept(others)
  modifyTableOps.ops = [
    ...others.filter((op) => !made.includes(op)),
    ...kept.map(({ drop }) => drop),
    // What is computed goes before what it may be computed of, and comes behind it.
    ...sorted(
      changed,
      ({ existingServerDefault }) => existingServerDefault?.kind === 'computed',
    ).map((op) => dropOp(op, connTable)),
    ...sources,
    ...sorted(changed, ({ modifyServerDefault }) => modifyServerDefault?.kind !== 'computed').map(
      (op) => addOp(op, metadataTable),
    ),
    ...kept.map(({ make }) => make),
    ...made,
  ]
}

/** Those first of which it is so. */
function sorted(
  ops: readonly AlterColumnOp[],
  isFirst: (op: AlterColumnOp) => boolean,
): readonly AlterColumnOp[] {
  return [...ops.filter((op) => isFirst(op)), ...ops.filter((op) => !isFirst(op))]
}

function changesFormula(op: Operation): op is AlterColumnOp {
  if (!(op instanceof AlterColumnOp) || op.modifyServerDefault === undefined) return false
  const { modifyServerDefault: wanted, existingServerDefault: there } = op
  return wanted?.kind === 'computed' || there?.kind === 'computed'
}

function dropOp({ tableName, columnName, schema }: AlterColumnOp, table: TableClass): DropColumnOp {
  const definition = columnOf(table, columnName).copyDefinition()
  return new DropColumnOp(tableName, columnName, { schema }, definition)
}

function addOp({ tableName, columnName, schema }: AlterColumnOp, table: TableClass): AddColumnOp {
  const column = columnOf(table, columnName)
  const add = new AddColumnOp(tableName, column.copyDefinition(), { schema })
  add.needsBackfill = column.computed === null && mustBeFilled(column)
  return add
}

function columnOf(table: TableClass, name: NameLike): Column {
  const column = table.findColumn(name.toString())
  if (column !== undefined) return column
  throw new SchemaError(`Table '${table.name}' has no column '${name.toString()}'`)
}

export function setup(plugin: Plugin): void {
  const subgroup = 'computed_columns'
  plugin.addAutogenerateComparator(remakeComputed, 'table', {
    subgroup,
    priority: 'last',
    settle: settleAlways,
  })
}
