import { ModifyTableOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateTableOp } from '../../operations/create-table.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { withName } from './constraint-names.ts'
import {
  droppedForeignKey,
  dropsPrimaryKey,
  dropsTarget,
  indexedColumns,
  isDisturbed,
  losesUnique,
  makesService,
  makesTarget,
} from './dependency-ops.ts'
import { tableLabel, type ExistingTable } from './existing-table.ts'
import { isServedOnlyBy } from './needed-indexes.ts'
import type { NewTable } from './one-sided-tables.ts'
import { OneWayTableOps } from './one-way-table-ops.ts'

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
  /** New tables that are made behind everything else. */
  readonly lateTables: ReadonlySet<NewTable>
}

/**
 * Takes foreign keys out of the changes that can only go before what they depend on does, or come after it is there: keys,
 * unique constraints, columns and whole tables of both ends. Those that stay the same but are in the way of such a change
 * are dropped before it, and added again.
 */
export function frameForeignKeys(context: AutogenContext, changes: Changes): ForeignKeyFrame {
  if (!context.comparison.detect.dependencyOrder) {
    return { before: [], after: [], lateTables: new Set() }
  }
  return new ForeignKeyFramer(context, changes).frame()
}

class ForeignKeyFramer {
  readonly #context: AutogenContext
  readonly #changes: Changes
  readonly #before: ModifyTableOps[] = []
  readonly #after: ModifyTableOps[] = []
  readonly #lateTables = new Set<NewTable>()
  readonly #paused: { readonly table: ExistingTable; readonly constraint: ForeignKeyConstraint }[] =
    []
  readonly #alteredByLabel: ReadonlyMap<string, TableChange>
  /** Names of the foreign keys that are dropped before anything else. */
  readonly #droppedEarly = new Set<string>()
  /** Tables that lose what a foreign key may depend on, and those that lose their primary key. */
  readonly #losing: ReadonlySet<string>
  readonly #rekeyed: ReadonlySet<string>

  constructor(context: AutogenContext, changes: Changes) {
    this.#context = context
    this.#changes = changes
    this.#alteredByLabel = new Map(changes.altered.map((change) => [change.table.label, change]))
    const labels = (test: (op: MigrateOperation<unknown>) => boolean): string[] =>
      changes.altered.filter(({ ops }) => ops.ops.some(test)).map(({ table }) => table.label)
    this.#losing = new Set([...changes.dropped, ...labels(dropsTarget)])
    this.#rekeyed = new Set(labels(dropsPrimaryKey))
  }

  /** Else a table is made anew for whatever changes: all of it at once, so that nothing but another table can be in the way. */
  get #isInPlace(): boolean {
    return this.#context.dialect.traits.supportsAlter
  }

  frame(): ForeignKeyFrame {
    for (const change of this.#changes.altered) {
      this.#moveDrops(change)
      this.#moveAdditions(change)
      if (this.#isInPlace) this.#bridge(change)
    }
    for (const table of this.#changes.created) this.#postpone(table)
    return {
      before: [...this.#wayBack((key) => CreateForeignKeyOp.fromConstraint(key)), ...this.#before],
      after: [...this.#after, ...this.#wayBack((key) => DropConstraintOp.fromConstraint(key))],
      lateTables: this.#lateTables,
    }
  }

  /** What is done with the foreign keys that only the way back must do without for a while. */
  #wayBack(
    makeOp: (constraint: ForeignKeyConstraint) => MigrateOperation<unknown>,
  ): ModifyTableOps[] {
    return this.#paused.map(
      ({ table: { name, schema }, constraint }) =>
        new OneWayTableOps(name, [makeOp(constraint)], schema, false),
    )
  }

  #moveDrops({ table, ops }: TableChange): void {
    const early = ops.ops.filter((op) => {
      const constraint = droppedForeignKey(op)
      if (constraint === null) return false
      if (!this.#isInPlace) return this.#losesKey(table, constraint)
      if (this.#losing.has(this.#targetOf(constraint))) return true
      if (!this.#context.comparison.foreignKeysNeedIndexes) return false
      const columns = constraint.columns.map(({ name }) => name)
      return ops.ops.some((one) => dropsTarget(one) || makesService(one, columns))
    })
    ops.ops = ops.ops.filter((op) => !early.includes(op))
    for (const op of early) this.#push(this.#before, table, op)
  }

  /** Whether another table loses what a foreign key points at by being made anew. */
  #losesKey({ label }: ExistingTable, constraint: ForeignKeyConstraint): boolean {
    const target = this.#targetOf(constraint)
    const change = this.#alteredByLabel.get(target)
    if (change === undefined || target === label) return false
    const { columns } = constraint.referred
    return change.ops.ops.some((op) => dropsTarget(op) && makesTarget(op.reverse(), columns))
  }

  #moveAdditions({ table, ops }: TableChange): void {
    const late = ops.ops.filter((op) => {
      if (!(op instanceof CreateForeignKeyOp)) return false
      const schema = op.referentSchema?.toString() ?? null
      const target = this.#label(schema, op.referentTable.toString())
      if (!this.#isInPlace && target === table.label) return false
      return this.#isGained(target, op.remoteCols.map(String))
    })
    ops.ops = ops.ops.filter((op) => !late.includes(op))
    for (const op of late) this.#push(this.#after, table, op)
  }

  /** Foreign keys that stay, while what they depend on is made anew. */
  #bridge({ table, ops }: TableChange): void {
    if (ops.isEmpty() && !this.#refersToChanges(table)) return
    const gone = new Set(ops.ops.map((op) => droppedForeignKey(op)?.name))
    for (const constraint of table.connTable.foreignKeyConstraints) {
      const { name } = constraint
      if (name === null || gone.has(name) || this.#droppedEarly.has(name)) continue
      const target = this.#alteredByLabel.get(this.#targetOf(constraint))
      if (ops.isEmpty() && (target === undefined || target.ops.isEmpty())) continue
      if (!this.#isInTheWay(table, constraint)) {
        if (this.#isInTheWayBack(table, constraint)) this.#paused.push({ table, constraint })
        continue
      }
      this.#push(this.#before, table, DropConstraintOp.fromConstraint(constraint))
      this.#push(this.#after, table, CreateForeignKeyOp.fromConstraint(constraint))
    }
  }

  /** Whether a foreign key points at a table that changes. */
  #refersToChanges({ reflected }: ExistingTable): boolean {
    return reflected.foreignKeys.some(({ referredSchema, referredTable }) => {
      const target = this.#alteredByLabel.get(this.#label(referredSchema, referredTable))
      return target !== undefined && !target.ops.isEmpty()
    })
  }

  #isInTheWay(table: ExistingTable, constraint: ForeignKeyConstraint): boolean {
    const label = this.#targetOf(constraint)
    const target = this.#alteredByLabel.get(label)
    const { columns } = constraint.referred
    if (this.#rekeyed.has(label)) {
      const key = target?.table.connTable.primaryKey.columns.map(({ name }) => name) ?? []
      if (key.toSorted().join('\0') === columns.toSorted().join('\0')) return true
    }
    if (!this.#context.comparison.foreignKeysNeedIndexes) {
      return target !== undefined && losesUnique(target.table.connTable, target.ops, columns)
    }
    const own = this.#alteredByLabel.get(table.label)
    const names = constraint.columns.map(({ name }) => name)
    return (
      (own !== undefined && isDisturbed(table.connTable, own.ops, names)) ||
      (target !== undefined && isDisturbed(target.table.connTable, target.ops, columns))
    )
  }

  /** For a new index the server drops the one that it made for a foreign key: the new one can't be dropped again. */
  #isInTheWayBack({ label }: ExistingTable, constraint: ForeignKeyConstraint): boolean {
    if (!this.#context.comparison.foreignKeysNeedIndexes) return false
    const ends = [
      [label, constraint.columns.map(({ name }) => name)],
      [this.#targetOf(constraint), constraint.referred.columns],
    ] as const
    return ends.some(([end, columns]) => {
      const change = this.#alteredByLabel.get(end)
      if (change === undefined) return false
      const made = change.ops.ops.map((op) => indexedColumns(op) ?? [])
      return isServedOnlyBy(change.table.metadataTable, made, columns)
    })
  }

  /** Foreign keys of new tables to what an old table has yet to get; without ALTER the whole table waits. */
  #postpone(created: NewTable): void {
    const { table, postponed } = created
    const late = table.foreignKeyConstraints.filter(
      (constraint) =>
        !postponed.has(constraint) &&
        this.#isGained(this.#targetOf(constraint), constraint.referred.columns),
    )
    if (late.length === 0) return
    if (!this.#isInPlace) {
      this.#lateTables.add(created)
      return
    }
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
    const target = this.#alteredByLabel.get(label)
    return target?.ops.ops.some((op) => makesTarget(op, columns)) ?? false
  }

  #push(
    to: ModifyTableOps[],
    { name, schema }: { readonly name: string; readonly schema: string | null },
    op: MigrateOperation<unknown>,
  ): void {
    const gone = to === this.#before ? droppedForeignKey(op)?.name : undefined
    if (gone !== undefined && gone !== null) this.#droppedEarly.add(gone)
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
