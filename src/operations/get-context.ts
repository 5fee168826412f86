import type { OperationContext } from './operation-context.ts'
import type { MigrationContextLike } from './run-context.ts'

/**
 * The migration context: `asSql`, the options of `configure()`, `autocommitBlock()`.
 *
 * @example
 * if (op.getContext().asSql) return
 */
export function getContext(ctx: OperationContext): MigrationContextLike {
  return ctx.migrationContext
}
