import type { NameLike } from '../../sql/elements/identifier.ts'
import { runOperation } from '../invoke.ts'
import type { MigrateOperation } from '../migrate-operation.ts'
import type { OperationContext } from '../operation-context.ts'
import type { MigrationContextLike, RunContext } from '../run-context.ts'
import type { OperationQueue, Queued } from '../queued.ts'
import type { SchemaObjects } from '../schema-objects.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import type { BatchSettings } from './batch-options.ts'
import { BatchRecord } from './batch-record.ts'

/** What `batchOp` stands for: operations on one table, taken down to be carried out together. */
export class BatchContext implements OperationContext {
  readonly settings: BatchSettings
  readonly record: BatchRecord
  readonly #ctx: OperationContext

  constructor(ctx: OperationContext, settings: BatchSettings) {
    this.settings = settings
    this.#ctx = ctx
    this.record = new BatchRecord(ctx.impl, settings)
  }

  get tableName(): NameLike {
    return this.settings.tableName
  }

  get schema(): NameLike | null {
    return this.settings.schema ?? null
  }

  get impl(): MigrationImpl {
    return this.#ctx.impl
  }

  get dialect(): Dialect {
    return this.#ctx.dialect
  }

  get queue(): OperationQueue {
    return this.#ctx.queue
  }

  get schemaObjects(): SchemaObjects {
    return this.#ctx.schemaObjects
  }

  get migrationContext(): MigrationContextLike {
    return this.#ctx.migrationContext
  }

  /** Takes an operation down when its turn comes. */
  invoke<T>(operation: MigrateOperation<T>): Queued<T> {
    const { dialect, schemaObjects, migrationContext } = this
    const ctx: RunContext = { impl: this.record, dialect, schemaObjects, migrationContext }
    return this.queue.enqueue(operation.constructor.name, () => runOperation(ctx, operation))
  }
}
