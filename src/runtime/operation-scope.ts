import { runOperation } from '../operations/invoke.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import type { OperationQueue } from '../operations/queued.ts'
import { SchemaObjects } from '../operations/schema-objects.ts'
import type { MigrationContextView } from './context-view.ts'

/** Makes what `op` stands for while one migration runs: every operation takes its place in `queue`. */
export function createOperationContext(
  migrationContext: MigrationContextView,
  queue: OperationQueue,
): OperationContext {
  const context: OperationContext = {
    impl: migrationContext.impl,
    dialect: migrationContext.dialect,
    schemaObjects: new SchemaObjects(migrationContext.opts),
    migrationContext,
    queue,
    invoke: (operation) =>
      queue.enqueue(operation.constructor.name, () => runOperation(context, operation)),
  }
  return context
}
