import type { ConnectionSource } from '../engine/adopt-connection.ts'
import type { Connection } from '../engine/connection.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { ExecutableStatement } from '../impl/operation-target.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { TextClause } from '../sql/elements/expression.ts'
import type { TypeBind, TypeBindOptions, TypeEngine } from '../sql/types/type-engine.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'

/** A row that came back, by column name. */
export type ResultRow = Readonly<Record<string, unknown>>

/** The migration's connection, seen through the queue of its operations. */
export class MigrationBind implements ConnectionSource, TypeBind {
  readonly #ctx: OperationContext

  constructor(ctx: OperationContext) {
    this.#ctx = ctx
  }

  get dialect(): Dialect {
    return this.#ctx.dialect
  }

  /** The connection itself, past the queue; `null` in `--sql` mode. */
  get connection(): Connection | null {
    return this.#ctx.migrationContext.connection
  }

  /**
   * Runs a statement in its place among the operations, and resolves to its rows. In `--sql` mode the statement is
   * written, its values as literals, and there are no rows.
   *
   * @example
   * const rows = await op.getBind().execute('SELECT id FROM account WHERE name = :name', { name: 'x' })
   */
  execute(
    statement: ExecutableStatement,
    parameters?: Readonly<Record<string, unknown>>,
  ): Queued<readonly ResultRow[]> {
    return this.#ctx.queue.enqueue('op.getBind().execute()', async () => {
      const bound = withParameters(statement, parameters)
      const settings = parameters === undefined ? {} : { literalBinds: true }
      const { rows } = await this.#ctx.impl.execute(bound, settings)
      return rows
    })
  }

  /** What `sa.inspect(op.getBind())` and `sa.createAll(metadata, op.getBind())` work on, once the operations before are done. */
  toConnection(): Queued<Connection> {
    return this.#ctx.queue.enqueue('op.getBind()', () => {
      if (this.connection !== null) return this.connection
      throw new OperationError(
        'There is no connection in --sql mode; ask op.getContext().asSql before looking into the database',
      )
    })
  }

  createType(type: TypeEngine, options: TypeBindOptions): Queued<void> {
    return this.#ctx.queue.enqueue('create()', () => this.#ctx.impl.createType(type, options))
  }

  dropType(type: TypeEngine, options: TypeBindOptions): Queued<void> {
    return this.#ctx.queue.enqueue('drop()', () => this.#ctx.impl.dropType(type, options))
  }
}

function withParameters(
  statement: ExecutableStatement,
  parameters: Readonly<Record<string, unknown>> | undefined,
): ExecutableStatement {
  if (parameters === undefined) return statement
  if (typeof statement === 'string') return new TextClause(statement).bindparams(parameters)
  if (statement instanceof TextClause) return statement.bindparams(parameters)
  throw new OperationError(
    'Values by name go with SQL text; an expression has its values in it already',
  )
}

/**
 * The migration's connection. What it executes takes its place in the queue of the operations.
 *
 * @example
 * const [{ count }] = await op.getBind().execute('SELECT count(*) AS count FROM account')
 */
export function getBind(ctx: OperationContext): MigrationBind {
  return new MigrationBind(ctx)
}
