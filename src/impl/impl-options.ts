import type { Dialect } from '../sql/compile/dialect.ts'
import type { StatementSink } from './statement-sink.ts'

/** Options of the migration context that an implementation reads; dialects read keys of their own. */
export interface ImplOptions {
  /** Whether DDL is undone by ROLLBACK; the dialect knows unless given. */
  readonly transactionalDdl?: boolean | null | undefined
  /** In scripts, values of statements become literals; default `false`. Bulk inserts always do that. */
  readonly literalBinds?: boolean | undefined
  readonly [key: string]: unknown
}

/** What an implementation is made of. */
export interface ImplParts {
  readonly dialect: Dialect
  readonly sink: StatementSink
  readonly options?: ImplOptions | undefined
}
