import type { Connection } from '../engine/connection.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'

/**
 * Calls a function with the migration's connection when its turn comes, and resolves to what it returns.
 *
 * @example
 * await op.runAsync(async (connection) => await moveFiles(connection))
 */
export function runAsync(
  ctx: OperationContext,
  fn: (connection: Connection, ...args: readonly never[]) => unknown,
  ...args: readonly unknown[]
): Queued<unknown> {
  return ctx.queue.enqueue('op.runAsync()', async () => {
    const { connection } = ctx.migrationContext
    if (connection === null) throw new OperationError('Cannot call run_async in SQL mode')
    return await fn(connection, ...(args as readonly never[]))
  })
}
