import { uniqueFromReflection } from '../../engine/table-from-reflection.ts'
import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateCheckConstraintOp } from '../../operations/create-check-constraint.ts'
import { CreateIndexOp, DropIndexOp } from '../../operations/create-index.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { reflectedChecks } from './check-constraints.ts'
import { mustBeFilled } from './columns.ts'
import { dropOf, namedCheck, soleColumn } from './constraint-names.ts'
import { tableLabel } from './existing-table.ts'
import { reflectedIndex } from './indexes.ts'

type Operation = MigrateOperation<unknown>

/**
 * Generated columns that changed, became generated, or plain: most databases have no ALTER for that. Such a column is dropped and
 * added again, with its indexes and constraints around it; its values are computed anew.
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
  const changed = modifyTableOps.ops.filter((op) => changesFormula(op))
  const others = modifyTableOps.ops.filter((op) => !changesFormula(op))
  const names = changed.map(({ columnName }) => columnName.toString())
  const users = new ColumnUsers(context, schema, connTable, names)
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

/** How something that stays is taken away, and made again. */
interface Kept {
  readonly drop: Operation
  readonly make: Operation
}

/** What of a table is on some of its columns. */
class ColumnUsers {
  readonly #context: AutogenContext
  readonly #schema: string | null
  readonly #table: TableClass
  readonly #columns: readonly string[]

  constructor(
    context: AutogenContext,
    schema: string | null,
    table: TableClass,
    columns: readonly string[],
  ) {
    this.#context = context
    this.#schema = schema
    this.#table = table
    this.#columns = columns
  }

  /** Whether an operation makes something that is on the column. */
  makes(op: Operation): boolean {
    if (op instanceof CreateIndexOp) return this.#isOn(op.toIndex().columns)
    if (op instanceof CreateUniqueConstraintOp)
      return op.columns.some((name) => this.#columns.includes(String(name)))
    if (!(op instanceof CreateCheckConstraintOp)) return false
    return this.#isAbout(Object.assign(op.toConstraint(), { table: this.#table }))
  }

  /** What the database has on it, and none of the operations drops. */
  kept(ops: readonly Operation[]): readonly Kept[] {
    const { comparison, reflected } = this.#context
    const found = reflected.get(tableLabel(this.#schema, this.#table.name))
    const gone = new Set(
      ops.flatMap((op) => {
        if (op instanceof DropIndexOp) return [op.indexName?.toString()]
        return op instanceof DropConstraintOp ? [op.constraintName?.toString()] : []
      }),
    )
    const indexes = (found?.indexes ?? [])
      .filter(({ duplicatesConstraint }) => duplicatesConstraint === undefined)
      .map((index) => reflectedIndex(this.#context, index, this.#table))
    const uniques = (found?.uniqueConstraints ?? [])
      .filter(({ duplicatesIndex }) => duplicatesIndex === undefined)
      .map((unique) => {
        const dialectOptions = comparison.adjustReflectedDialectOptions(unique)
        const constraint = uniqueFromReflection({ ...unique, dialectOptions })
        return Object.assign(constraint, { table: this.#table })
      })
    const checks = reflectedChecks(this.#context, this.#schema, this.#table)
    const isOpen = ({ name }: { readonly name: string | null }): boolean =>
      name === null || !gone.has(name)
    return [
      ...indexes
        .filter((index) => isOpen(index) && this.#isOn(index.columns))
        .map((index) => ({
          drop: DropIndexOp.fromIndex(index),
          make: CreateIndexOp.fromIndex(index),
        })),
      ...uniques
        .filter((unique) => isOpen(unique) && this.#isOn(unique.columns))
        .map((unique) => ({
          drop: dropOf(this.#context, unique),
          make: CreateUniqueConstraintOp.fromConstraint(unique),
        })),
      ...checks
        .filter((check) => isOpen(check) && this.#isAbout(check))
        .map((check) => ({
          drop: dropOf(this.#context, check),
          make: namedCheck(this.#context, check, new Set()),
        })),
    ]
  }

  #isOn(columns: readonly { readonly name: string }[]): boolean {
    return columns.some(({ name }) => this.#columns.includes(name))
  }

  #isAbout(check: CheckConstraint): boolean {
    const [column] = soleColumn(this.#context, check)
    return column !== undefined && this.#columns.includes(column)
  }
}

export function setup(plugin: Plugin): void {
  const subgroup = 'computed_columns'
  plugin.addAutogenerateComparator(remakeComputed, 'table', { subgroup, priority: 'last' })
}
