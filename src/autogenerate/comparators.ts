import type { AlterColumnOp } from '../operations/alter-column.ts'
import type { ModifyTableOps, UpgradeOps } from '../operations/containers.ts'
import type { Column } from '../sql/schema/column.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Settle } from './settled/settlement.ts'
import { PriorityDispatcher, type ComparatorResult, type DispatchPriority } from './dispatcher.ts'

/** What comparators of each target are given. `Context` is the `AutogenContext`. */
export interface ComparatorArguments<Context> {
  /** Once: adds operations to `upgradeOps`. */
  readonly autogenerate: readonly [context: Context, upgradeOps: UpgradeOps]
  /** Once, with the schemas to look at; `null` is the default one. */
  readonly schema: readonly [
    context: Context,
    upgradeOps: UpgradeOps,
    schemas: ReadonlySet<string | null>,
  ]
  /** For each table: new (no `connTable`), gone (no `metadataTable`), or on both sides. */
  readonly table: readonly [
    context: Context,
    modifyTableOps: ModifyTableOps,
    schema: string | null,
    tableName: string,
    connTable: TableClass | null,
    metadataTable: TableClass | null,
  ]
  /** For each column that is on both sides: sets fields of `alterColumnOp`. */
  readonly column: readonly [
    context: Context,
    alterColumnOp: AlterColumnOp,
    schema: string | null,
    tableName: string,
    columnName: string,
    connColumn: Column,
    metadataColumn: Column,
  ]
}

/** What is compared. */
export type CompareTarget = keyof ComparatorArguments<unknown>

/** A function that compares. */
export type Comparator<Context, Target extends CompareTarget> = (
  ...args: ComparatorArguments<Context>[Target]
) => ComparatorResult | Promise<ComparatorResult>

/** Where a comparator belongs. */
export interface ComparatorOptions<Context> {
  /** Comparators of one subgroup can stop each other. */
  readonly subgroup?: string
  /** Only for this dialect. */
  readonly qualifier?: string
  /** Default `medium`. */
  readonly priority?: DispatchPriority
  /**
   * Of comparators of tables and columns: tells tables in which it would find nothing. Tables of which all comparators say so are
   * not given to any of them; one without this function is given all.
   */
  readonly settle?: Settle<Context>
}

/** The comparators that one autogenerate run uses. */
export class Comparators<Context> {
  readonly autogenerate: PriorityDispatcher<ComparatorArguments<Context>['autogenerate']> =
    new PriorityDispatcher()
  readonly schema: PriorityDispatcher<ComparatorArguments<Context>['schema']> =
    new PriorityDispatcher()
  readonly table: PriorityDispatcher<ComparatorArguments<Context>['table'], Settle<Context>> =
    new PriorityDispatcher()
  readonly column: PriorityDispatcher<ComparatorArguments<Context>['column'], Settle<Context>> =
    new PriorityDispatcher()

  add<Target extends CompareTarget>(
    target: Target,
    compare: Comparator<Context, Target>,
    options: ComparatorOptions<Context> = {},
  ): void {
    const { subgroup = target, qualifier = 'default', priority = 'medium', settle } = options
    const dispatcher = this[target] as unknown as PriorityDispatcher<
      ComparatorArguments<Context>[Target],
      Settle<Context>
    >
    dispatcher.add(compare, { subgroup, qualifier, priority }, settle)
  }

  /** What tells the tables in which nothing changed; `null` where some comparator can't. */
  settlers(dialectName: string): readonly Settle<Context>[] | null {
    const all = [...this.column.extras(dialectName), ...this.table.extras(dialectName)]
    const settlers = [...new Set(all)].filter((settle) => settle !== undefined)
    return all.includes(undefined) ? null : settlers
  }
}
