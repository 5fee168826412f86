import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { MigrateOperation } from './migrate-operation.ts'
import type { OperationQueue, Queued } from './queued.ts'
import type { RunContext } from './run-context.ts'

/** What `op` stands for while a migration runs. */
export interface OperationContext extends RunContext {
  readonly impl: MigrationImpl
  readonly queue: OperationQueue
  /** Gives an operation the next place in the queue. */
  invoke<T>(operation: MigrateOperation<T>): Queued<T>
}
