import type { Connection } from '../engine/connection.ts'
import type { OperationTarget } from '../impl/operation-target.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { Queued } from './queued.ts'
import type { SchemaObjects } from './schema-objects.ts'

/** What operations know of the migration context that they run in. */
export interface MigrationContextLike {
  /** SQL is written instead of run. */
  readonly asSql: boolean
  /** What `configure()` was given. */
  readonly opts: Readonly<Record<string, unknown>>
  /** `null` in `--sql` mode. */
  readonly connection: Connection | null
  readonly dialect: Dialect
  /** The connection, under the reference's name for it. */
  readonly bind: Connection | null
  /** Runs `body` outside any transaction; in a migration, once the operations that were called before are done. */
  autocommitBlock<T>(body: () => T | PromiseLike<T>): Queued<T>
}

/** What an operation is carried out with. */
export interface RunContext {
  /** The dialect's implementation; within a batch, the batch's record. */
  readonly impl: OperationTarget
  readonly dialect: Dialect
  readonly schemaObjects: SchemaObjects
  readonly migrationContext: MigrationContextLike
}
