import { renderOperation } from './render-operation.ts'
import { object } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { AddColumnOp, DropColumnOp } from './add-column.ts'
import { AlterColumnOp } from './alter-column.ts'
import { CreateIndexOp, DropIndexOp } from './create-index.ts'
import { runOperation } from './invoke.ts'
import { renderBackfill, splitForBackfill } from './backfill.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { RunContext } from './run-context.ts'

/** A list of operations. */
export abstract class OpContainer extends MigrateOperation {
  /** May be changed: hooks add, replace and remove operations here. */
  ops: MigrateOperation<unknown>[]

  constructor(ops: readonly MigrateOperation<unknown>[] = []) {
    super()
    this.ops = [...ops]
  }

  /** Whether there is nothing to do. */
  isEmpty(): boolean {
    return this.ops.length === 0
  }

  /** The differences that all the operations stand for, nested lists flattened. */
  asDiffs(): readonly (readonly unknown[])[] {
    return this.ops.flatMap((operation) =>
      operation instanceof OpContainer ? operation.asDiffs() : [operation.toDiffTuple()],
    )
  }

  override async run(ctx: RunContext): Promise<void> {
    for (const operation of this.ops) await runOperation(ctx, operation)
  }

  override render(writer: SourceWriter): void {
    for (const operation of this.ops) renderOperation(operation, writer)
  }

  /** Each operation reversed, the last one first. */
  protected reversed(): MigrateOperation<unknown>[] {
    return this.ops.map((operation) => operation.reverse()).toReversed()
  }
}

/** Operations on one table. */
export class ModifyTableOps extends OpContainer {
  tableName: NameLike
  schema: NameLike | null

  constructor(
    tableName: NameLike,
    ops: readonly MigrateOperation<unknown>[],
    options: { readonly schema?: NameLike | null | undefined } = {},
  ) {
    super(ops)
    this.tableName = tableName
    this.schema = options.schema ?? null
  }

  override render(writer: SourceWriter): void {
    const parts = splitForBackfill(this.ops)
    if (parts === null) {
      this.#renderTogether(writer)
      return
    }
    const { tableName, schema } = this
    new ModifyTableOps(tableName, parts.before, { schema }).#renderTogether(writer)
    for (const added of parts.added) renderBackfill(added, writer)
    new ModifyTableOps(tableName, parts.after, { schema }).#renderTogether(writer)
  }

  #renderTogether(writer: SourceWriter): void {
    const { opts, dialect } = writer.context
    const asBatch = opts.renderAsBatch ?? (!dialect.traits.supportsAlter && this.#needsAlter())
    if (!asBatch) {
      super.render(writer)
      return
    }
    const schema = writer.schemaOption(this.schema)
    writer.batch(this.tableName, object({ schema }), () => {
      super.render(writer)
    })
  }

  /** Whether there is more to do than what every database can. */
  #needsAlter(): boolean {
    return !this.ops.every(
      (operation) =>
        (operation instanceof AddColumnOp &&
          operation.inlinePrimaryKey !== true &&
          operation.column.computed?.persisted !== true) ||
        (operation instanceof AlterColumnOp && operation.isRename()) ||
        (operation instanceof DropColumnOp && operation.original?.primaryKey === false) ||
        operation instanceof CreateIndexOp ||
        operation instanceof DropIndexOp,
    )
  }

  override reverse(): ModifyTableOps {
    return new ModifyTableOps(this.tableName, this.reversed(), { schema: this.schema })
  }
}

/** What `upgrade()` does. */
export class UpgradeOps extends OpContainer {
  /** Name of the template variable that the rendered operations go into. */
  upgradeToken: string

  constructor(ops: readonly MigrateOperation<unknown>[] = [], upgradeToken: string = 'upgrades') {
    super(ops)
    this.upgradeToken = upgradeToken
  }

  /** Replaces the operations of `downgradeOps` by the reverse of these. */
  reverseInto(downgradeOps: DowngradeOps): DowngradeOps {
    downgradeOps.ops.splice(0, downgradeOps.ops.length, ...this.reversed())
    return downgradeOps
  }

  override reverse(): DowngradeOps {
    return this.reverseInto(new DowngradeOps())
  }
}

/** What `downgrade()` does. */
export class DowngradeOps extends OpContainer {
  /** Name of the template variable that the rendered operations go into. */
  downgradeToken: string

  constructor(
    ops: readonly MigrateOperation<unknown>[] = [],
    downgradeToken: string = 'downgrades',
  ) {
    super(ops)
    this.downgradeToken = downgradeToken
  }

  override reverse(): UpgradeOps {
    return new UpgradeOps(this.reversed())
  }
}

/** What a revision file is made of, beside its operations. */
export interface MigrationScriptOptions {
  readonly message?: string | null
  /** Import lines that the rendered operations need. */
  readonly imports?: Iterable<string>
  readonly head?: string | readonly string[] | null
  readonly splice?: boolean | null
  readonly branchLabel?: string | readonly string[] | null
  readonly versionPath?: string | null
  readonly dependsOn?: string | readonly string[] | null
}

/** A revision file that is about to be written; `processRevisionDirectives` may change all of it. */
export class MigrationScript extends MigrateOperation {
  revId: string | null
  message: string | null
  imports: Set<string>
  head: string | readonly string[] | null
  splice: boolean | null
  branchLabel: string | readonly string[] | null
  versionPath: string | null
  dependsOn: string | readonly string[] | null
  /** Several where a migration covers several databases. */
  upgradeOpsList: UpgradeOps[]
  downgradeOpsList: DowngradeOps[]

  constructor(
    revId: string | null,
    upgradeOps: UpgradeOps | readonly UpgradeOps[],
    downgradeOps: DowngradeOps | readonly DowngradeOps[],
    options: MigrationScriptOptions = {},
  ) {
    super()
    this.revId = revId
    this.message = options.message ?? null
    this.imports = new Set(options.imports)
    this.head = options.head ?? null
    this.splice = options.splice ?? null
    this.branchLabel = options.branchLabel ?? null
    this.versionPath = options.versionPath?.replaceAll('\\', '/') ?? null
    this.dependsOn = options.dependsOn ?? null
    this.upgradeOpsList = upgradeOps instanceof UpgradeOps ? [upgradeOps] : [...upgradeOps]
    this.downgradeOpsList =
      downgradeOps instanceof DowngradeOps ? [downgradeOps] : [...downgradeOps]
  }

  /** What `upgrade()` does; `null` where that is nothing. Throws OperationError where there are several lists. */
  get upgradeOps(): UpgradeOps | null {
    return single(this.upgradeOpsList, 'upgradeOps')
  }

  set upgradeOps(ops: UpgradeOps) {
    this.upgradeOpsList = [ops]
  }

  /** What `downgrade()` does; `null` where that is nothing. Throws OperationError where there are several lists. */
  get downgradeOps(): DowngradeOps | null {
    return single(this.downgradeOpsList, 'downgradeOps')
  }

  set downgradeOps(ops: DowngradeOps) {
    this.downgradeOpsList = [ops]
  }
}

function single<Ops>(list: readonly Ops[], name: string): Ops | null {
  if (list.length <= 1) return list[0] ?? null
  throw new OperationError(
    `This MigrationScript instance has a multiple-entry list for ${name}; please use ${name}List`,
  )
}
