import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { joinName } from '../../sql/elements/identifier.ts'
import type { Column } from '../../sql/schema/column.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { STOP, type ComparatorResult } from '../dispatcher.ts'
import type { Plugin } from '../plugin.ts'
import { settleAlways, settleNullable } from '../settled/columns.ts'
import type { ExistingTable } from './existing-table.ts'

const log = getLogger('alembic.autogenerate.compare.tables')
const constraintLog = getLogger('alembic.autogenerate.compare.constraints')

/** The columns of a table on both sides, by name. */
export class ColumnPairs {
  readonly #context: AutogenContext
  readonly #table: ExistingTable
  readonly #wanted: ReadonlyMap<string, Column>
  readonly #there: ReadonlyMap<string, Column>

  constructor(context: AutogenContext, table: ExistingTable) {
    const { schema, name, connTable, metadataTable } = table
    this.#context = context
    this.#table = table
    this.#wanted = byName(metadataTable.columns.filter((column) => !column.system))
    this.#there = byName(
      connTable.columns.filter((column) =>
        context.runNameFilters(column.name, 'column', { tableName: name, schemaName: schema }),
      ),
    )
  }

  /** The columns that are on both sides, in the model's order. */
  *both(): Generator<readonly [connColumn: Column, metadataColumn: Column]> {
    for (const [name, metadataColumn] of this.#wanted) {
      const connColumn = this.#there.get(name)
      if (connColumn !== undefined) yield [connColumn, metadataColumn]
    }
  }

  /** Columns that only the model has. */
  addMissing(modifyTableOps: ModifyTableOps): void {
    const { schema, name: tableName, label } = this.#table
    for (const [name, column] of this.#wanted) {
      if (this.#there.has(name)) continue
      if (!this.#context.runObjectFilters(column, name, 'column', false)) continue
      const op = new AddColumnOp(tableName, column.copyDefinition(), { schema })
      op.needsBackfill = this.#context.comparison.detect.backfill && mustBeFilled(column)
      modifyTableOps.ops.push(op)
      log.info(`Detected added column '${label}.${name}'`)
    }
  }

  /** Columns that are on both sides and differ. */
  async alterDiffering(modifyTableOps: ModifyTableOps): Promise<void> {
    const { schema, name: tableName } = this.#table
    const { comparators, dialect, comparison } = this.#context
    for (const [connColumn, metadataColumn] of this.both()) {
      const { name, quote } = metadataColumn
      if (!this.#context.runObjectFilters(metadataColumn, name, 'column', false, connColumn)) {
        continue
      }
      const op = new AlterColumnOp(tableName, joinName(name, quote, false), { schema })
      const sides = [schema, tableName, name, connColumn, metadataColumn] as const
      const pending = comparators.column.dispatch(dialect.name, this.#context, op, ...sides)
      if (pending !== undefined) await pending
      if (!op.hasChanges()) continue
      if (comparison.restatesAutoincrement(connColumn)) op.existingAutoincrement = true
      modifyTableOps.ops.push(op)
    }
  }

  /** Columns that only the database has, by name. */
  dropSurplus(modifyTableOps: ModifyTableOps): void {
    const { schema, name: tableName, label } = this.#table
    const surplus = [...this.#there.values()].filter(({ name }) => !this.#wanted.has(name))
    for (const column of surplus.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name } = column
      if (!this.#context.runObjectFilters(column, name, 'column', true)) continue
      const definition = column.copyDefinition()
      modifyTableOps.ops.push(new DropColumnOp(tableName, name, { schema }, definition))
      log.info(`Detected removed column '${label}.${name}'`)
    }
  }
}

/** Whether rows that are there have no value for a new column. */
export function mustBeFilled({ nullable, serverDefault }: Column): boolean {
  return !nullable && serverDefault === null
}

function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name, column]))
}

/** Whether NULL may be stored. */
function compareNullable(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  op.existingNullable = connColumn.nullable
  if (connColumn.nullable === metadataColumn.nullable) return undefined
  const isComputed = connColumn.computed !== null || metadataColumn.computed !== null
  if (
    staysIdentity(context, connColumn, metadataColumn) ||
    (isComputed && !metadataColumn.nullableGiven)
  ) {
    constraintLog.info(`Ignoring nullable change on identity column '${tableName}.${columnName}'`)
    return undefined
  }
  op.modifyNullable = metadataColumn.nullable
  const change = metadataColumn.nullable ? 'NULL' : 'NOT NULL'
  constraintLog.info(`Detected ${change} on column '${tableName}.${columnName}'`)
  return STOP
}

/** An identity column is NOT NULL by itself; the reference also ignores what becomes one, or is one no more. */
function staysIdentity({ comparison }: AutogenContext, there: Column, wanted: Column): boolean {
  const [was, is] = [there.identity !== null, wanted.identity !== null]
  return comparison.detect.sequences ? is && (was || wanted.nullable) : was || is
}

/** Whether the column numbers itself. Said only together with other changes. */
function noteAutoincrement(
  _context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  _tableName: string,
  _columnName: string,
  _connColumn: Column,
  metadataColumn: Column,
): undefined {
  const table = metadataColumn.table as { readonly autoincrementColumn: Column | null } | null
  const { autoincrement } = metadataColumn
  if (table?.autoincrementColumn === metadataColumn || autoincrement === true) {
    op.modifyAutoincrement = true
  } else if (autoincrement === false) {
    op.modifyAutoincrement = false
  }
}

/** The part of the plugin for constraints that is about single columns. */
export function setupNullable(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareNullable, 'column', {
    subgroup: 'nullable',
    settle: settleNullable,
  })
}

/** The part of the plugin for defaults that is about numbering. */
export function setupAutoincrement(plugin: Plugin): void {
  plugin.addAutogenerateComparator(noteAutoincrement, 'column', {
    subgroup: 'server_default',
    settle: settleAlways,
  })
}
