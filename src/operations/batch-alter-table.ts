import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import * as directives from './batch-directives.ts'
import { BatchContext } from './batch/batch-context.ts'
import { batchSettings, type BatchOptions } from './batch/batch-options.ts'
import { flushBatch } from './batch/flush.ts'
import type { CustomBatchOperations } from './custom-operations.ts'
import { makeFacade, type Bound, type Directive } from './facade.ts'
import type { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'

/** The functions of `batchOp`: those of `op` on one table, without the table's name. */
export type BatchOperations = {
  readonly [K in keyof typeof directives]: Bound<(typeof directives)[K]>
} & {
  /** Takes any operation down. */
  invoke<T>(operation: MigrateOperation<T>): Queued<T>
} & CustomBatchOperations

/** What happens within a batch. */
export type BatchBody = (batchOp: BatchOperations) => unknown

const IMMEDIATE: ReadonlySet<string> = new Set(['f', 'inlineLiteral', 'getBind', 'getContext'])

const builtin = new Map<string, Directive>([
  ...Object.entries(directives as Record<string, Directive>),
  [
    'invoke',
    (batch: BatchContext, operation: MigrateOperation<unknown>) => batch.invoke(operation),
  ],
])
const custom = new Map<string, Directive>()

/**
 * Changes a table by several operations that are carried out together at the end of `body`: one after the other, or,
 * where the database can't do it otherwise, by making the table anew and copying its rows.
 *
 * @example
 * await op.batchAlterTable('account', async (batchOp) => {
 *   await batchOp.addColumn(sa.Column('active', sa.Boolean()))
 *   await batchOp.dropColumn('legacy')
 * })
 */
export function batchAlterTable(
  ctx: OperationContext,
  tableName: NameLike,
  options: BatchOptions | BatchBody,
  body?: BatchBody | BatchOptions,
): Queued<void> {
  const given = typeof options === 'function' ? body : options
  const work = typeof options === 'function' ? options : body
  if (typeof work !== 'function' || typeof given === 'function') {
    throw new OperationError(
      "batchAlterTable takes the table's name, options, and a function: op.batchAlterTable('t', async (batchOp) => { … })",
    )
  }
  const settings = batchSettings(tableName, given ?? {})
  return ctx.queue.enqueue('op.batchAlterTable()', async () => {
    const batch = new BatchContext(ctx, settings)
    await work(batchOperationsOf(batch))
    // Whatever the body didn't wait for is taken down before this: it stands before it in the queue.
    await ctx.queue.enqueue('the end of op.batchAlterTable()', () =>
      flushBatch(ctx, settings, batch.record),
    )
  })
}

function batchOperationsOf(batch: BatchContext): BatchOperations {
  return makeFacade<BatchOperations, BatchContext>({
    label: 'batchOp',
    find: (name) => custom.get(name) ?? builtin.get(name),
    immediate: IMMEDIATE,
    context: () => batch,
  })
}

/** Adds a directive to `batchOp`. */
function registerOperation<A extends readonly unknown[]>(
  name: string,
  directive: (batch: BatchContext, ...args: A) => unknown,
): void {
  if (builtin.has(name)) throw new OperationError(`batchOp.${name}() is built in`)
  custom.set(name, directive)
}

/** Extends `batchOp` by directives of your own. */
export const BatchOperations: { readonly registerOperation: typeof registerOperation } = {
  registerOperation,
}
