import { AddColumnOp, DropColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import { ModifyTableOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateIndexOp, DropIndexOp } from '../../operations/create-index.ts'
import { CreatePrimaryKeyOp } from '../../operations/create-primary-key.ts'
import { CreateTableOp } from '../../operations/create-table.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { SqlExpression } from '../../sql/elements/expression.ts'
import { nameParts } from '../../sql/elements/identifier.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { withName } from './constraint-names.ts'
import { tableLabel, type ExistingTable } from './existing-table.ts'
import { losesService } from './needed-indexes.ts'
import type { NewTable } from './one-sided-tables.ts'

/** A table on both sides, and what is to change in it. */
export interface TableChange {
  readonly table: ExistingTable
  readonly ops: ModifyTableOps
}

/** What all tables together come to. */
export interface Changes {
  readonly created: readonly NewTable[]
  /** Labels of the tables that are dropped. */
  readonly dropped: ReadonlySet<string>
  readonly altered: readonly TableChange[]
}

/** Foreign keys that are dropped before anything else, and added behind everything else. */
export interface ForeignKeyFrame {
  readonly before: readonly ModifyTableOps[]
  readonly after: readonly ModifyTableOps[]
}

/**
 * Takes foreign keys out of the changes that can only go before what they depend on does, or come after it is there: keys,
 * unique constraints, columns and whole tables of both ends. Those that stay the same but are in the way of such a change
 * are dropped before it, and added again.
 */
export function frameForeignKeys(context: AutogenContext, changes: Changes): ForeignKeyFrame {
  if (!context.dialect.traits.supportsAlter || !context.comparison.detect.dependencyOrder) {
    return { before: [], after: [] }
  }
  return new ForeignKeyFramer(context, changes).frame()
}

class ForeignKeyFramer {
  readonly #context: AutogenContext
  readonly #changes: Changes
  readonly #before: ModifyTableOps[] = []
  readonly #after: ModifyTableOps[] = []
  /** Tables that lose what a foreign key may depend on, and those that lose their primary key. */
  readonly #losing: ReadonlySet<string>
  readonly #rekeyed: ReadonlySet<string>

  constructor(context: AutogenContext, changes: Changes) {
    this.#context = context
    this.#changes = changes
    const labels = (test: (op: MigrateOperation<unknown>) => boolean): string[] =>
      changes.altered.filter(({ ops }) => ops.ops.some(test)).map(({ table }) => table.label)
    this.#losing = new Set([...changes.dropped, ...labels(dropsTarget)])
    this.#rekeyed = new Set(labels(dropsPrimaryKey))
  }

  frame(): ForeignKeyFrame {
    for (const change of this.#changes.altered) {
      this.#moveDrops(change)
      this.#moveAdditions(change)
      this.#bridge(change)
    }
    for (const table of this.#changes.created) this.#postpone(table)
    return { before: this.#before, after: this.#after }
  }

  #moveDrops({ table, ops }: TableChange): void {
    const early = ops.ops.filter((op) => {
      const constraint = droppedForeignKey(op)
      if (constraint === null) return false
      if (this.#losing.has(this.#targetOf(constraint))) return true
      return this.#context.comparison.foreignKeysNeedIndexes && ops.ops.some(dropsTarget)
    })
    ops.ops = ops.ops.filter((op) => !early.includes(op))
    for (const op of early) this.#push(this.#before, table, op)
  }

  #moveAdditions({ table, ops }: TableChange): void {
    const late = ops.ops.filter(
      (op) =>
        op instanceof CreateForeignKeyOp &&
        this.#isGained(
          this.#label(op.referentSchema?.toString() ?? null, op.referentTable.toString()),
          op.remoteCols.map(String),
        ),
    )
    ops.ops = ops.ops.filter((op) => !late.includes(op))
    for (const op of late) this.#push(this.#after, table, op)
  }

  /** Foreign keys that stay, while what they depend on is made anew. */
  #bridge({ table, ops }: TableChange): void {
    const gone = [...ops.ops, ...this.#before.flatMap((one) => one.ops)].flatMap(
      (op) => droppedForeignKey(op)?.name ?? [],
    )
    for (const constraint of table.connTable.foreignKeyConstraints) {
      if (constraint.name === null || gone.includes(constraint.name)) continue
      if (!this.#isInTheWay(table, constraint)) continue
      this.#push(this.#before, table, DropConstraintOp.fromConstraint(constraint))
      this.#push(this.#after, table, CreateForeignKeyOp.fromConstraint(constraint))
    }
  }

  #isInTheWay({ label, connTable }: ExistingTable, constraint: ForeignKeyConstraint): boolean {
    const { altered } = this.#changes
    const target = altered.find(({ table }) => table.label === this.#targetOf(constraint))
    const { columns } = constraint.referred
    if (this.#rekeyed.has(this.#targetOf(constraint))) {
      const key = target?.table.connTable.primaryKey.columns.map(({ name }) => name) ?? []
      if (key.toSorted().join('\0') === columns.toSorted().join('\0')) return true
    }
    if (!this.#context.comparison.foreignKeysNeedIndexes) return false
    const own = altered.find(({ table }) => table.label === label)
    const names = constraint.columns.map(({ name }) => name)
    return (
      (own !== undefined && isDisturbed(connTable, own.ops, names)) ||
      (target !== undefined && isDisturbed(target.table.connTable, target.ops, columns))
    )
  }

  /** Foreign keys of new tables to what an old table has yet to get. */
  #postpone(created: NewTable): void {
    const { table, postponed } = created
    const late = table.foreignKeyConstraints.filter(
      (constraint) =>
        !postponed.has(constraint) &&
        this.#isGained(this.#targetOf(constraint), constraint.referred.columns),
    )
    if (late.length === 0) return
    created.create = CreateTableOp.fromTable(table, null, new Set([...postponed, ...late]))
    for (const constraint of late) {
      this.#push(
        this.#after,
        table,
        withName(this.#context, CreateForeignKeyOp.fromConstraint(constraint)),
      )
    }
  }

  /** Whether what a foreign key points at comes about, or gets its type, by the changes of that table. */
  #isGained(label: string, columns: readonly string[]): boolean {
    const target = this.#changes.altered.find(({ table }) => table.label === label)
    return target?.ops.ops.some((op) => makesTarget(op, columns)) ?? false
  }

  #push(
    to: ModifyTableOps[],
    { name, schema }: { readonly name: string; readonly schema: string | null },
    op: MigrateOperation<unknown>,
  ): void {
    const last = to.at(-1)
    if (last?.tableName === name && last.schema === schema) last.ops.push(op)
    else to.push(new ModifyTableOps(name, [op], { schema }))
  }

  #targetOf({ referred }: ForeignKeyConstraint): string {
    return this.#label(referred.schema, referred.table)
  }

  #label(schema: string | null, name: string): string {
    const { defaultSchemaName } = this.#context.dialect.traits
    return tableLabel(schema === defaultSchemaName ? null : schema, name)
  }
}

function droppedForeignKey(op: MigrateOperation<unknown>): ForeignKeyConstraint | null {
  if (!(op instanceof DropConstraintOp) || op.constraintType !== 'foreignkey') return null
  return op.toConstraint() as ForeignKeyConstraint
}

function dropsPrimaryKey(op: MigrateOperation<unknown>): boolean {
  return op instanceof DropConstraintOp && op.constraintType === 'primary'
}

function dropsTarget(op: MigrateOperation<unknown>): boolean {
  if (op instanceof DropColumnOp || op instanceof DropIndexOp || dropsPrimaryKey(op)) return true
  return op instanceof DropConstraintOp && op.constraintType === 'unique'
}

function makesTarget(op: MigrateOperation<unknown>, columns: readonly string[]): boolean {
  if (op instanceof AddColumnOp) return columns.includes(op.column.name)
  if (op instanceof AlterColumnOp) {
    return op.modifyType !== undefined && columns.includes(op.columnName.toString())
  }
  const isKey =
    op instanceof CreateIndexOp ||
    op instanceof CreatePrimaryKeyOp ||
    op instanceof CreateUniqueConstraintOp
  if (!isKey) return false
  const own = op.columns.flatMap((column) =>
    column instanceof SqlExpression ? [] : nameParts(column).text,
  )
  return columns.every((column) => own.includes(column))
}

/** Whether the columns of one end of a foreign key lose their index, or get another type. */
function isDisturbed(table: TableClass, ops: ModifyTableOps, columns: readonly string[]): boolean {
  const isRetyped = ops.ops.some(
    (op) =>
      op instanceof AlterColumnOp &&
      op.modifyType !== undefined &&
      columns.includes(op.columnName.toString()),
  )
  return isRetyped || losesService(table, droppedIndexes(ops), columns)
}

/** Names of the indexes that go; `null` for the primary key. */
function droppedIndexes({ ops }: ModifyTableOps): ReadonlySet<string | null> {
  return new Set(
    ops.flatMap((op) => {
      if (dropsPrimaryKey(op)) return [null]
      if (op instanceof DropIndexOp) return [op.indexName?.toString() ?? '']
      const isUnique = op instanceof DropConstraintOp && op.constraintType === 'unique'
      return isUnique ? [op.constraintName?.toString() ?? ''] : []
    }),
  )
}
