import type { CompiledQuery, DatabaseConnection, Driver, Kysely, QueryResult } from 'kysely'
import { importDriver } from '../engine/import-driver.ts'
import { kyselyPartsNamed } from '../engine/kysely-parts.ts'
import { loadDialect } from '../engine/registry.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * Typed queries through Kysely, in the migration's own transaction and in the order of its operations. In `--sql` mode
 * they are written with their values; what they read is then empty. Needs the package `kysely`.
 *
 * @example
 * const db = await op.kysely<{ cars: { id: number; colour: string } }>()
 * await db.updateTable('cars').set({ colour: 'red' }).where('id', '=', 1).execute()
 */
export async function kysely<Database = Record<string, Record<string, unknown>>>(
  ctx: OperationContext,
): Promise<Kysely<Database>> {
  const engine = await loadDialect(ctx.dialect.name)
  if (engine.kyselyPrefix === undefined) {
    throw new OperationError(
      `Kysely has no dialect for ${ctx.dialect.name}; use op.execute() or sa.insert(), sa.update(), sa.delete_()`,
    )
  }
  const module = await importDriver<typeof import('kysely')>('kysely')
  const parts = kyselyPartsNamed(module, engine.kyselyPrefix)
  return new module.Kysely<Database>({
    dialect: {
      createAdapter: () => new parts.Adapter() as never,
      createDriver: () => new QueueDriver(ctx),
      createIntrospector: (db) => new parts.Introspector(db as never) as never,
      createQueryCompiler: () => makeCompiler(ctx, parts.QueryCompiler) as never,
    },
  })
}

/** In scripts values become literals: the one place for them is the dialect's literal compiler. */
function makeCompiler(
  ctx: OperationContext,
  QueryCompiler: new (...args: never[]) => object,
): object {
  const compiler = new QueryCompiler() as {
    append(sql: string): void
    appendValue(value: unknown): void
  }
  if (ctx.migrationContext.asSql) {
    compiler.appendValue = (value) => {
      compiler.append(ctx.dialect.literals.renderLiteral(value, null))
    }
  }
  return compiler
}

/** A Kysely driver whose statements take places in the migration's queue. */
class QueueDriver implements Driver {
  readonly #connection: QueueConnection
  #savepoints = 0

  constructor(ctx: OperationContext) {
    this.#connection = new QueueConnection(ctx)
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection)
  }

  /** The migration is in a transaction already: Kysely's are savepoints of it. */
  async beginTransaction(): Promise<void> {
    this.#savepoints += 1
    await this.#connection.run(`SAVEPOINT kysely_${this.#savepoints}`)
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.run(`RELEASE SAVEPOINT kysely_${this.#savepoints}`)
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.run(`ROLLBACK TO SAVEPOINT kysely_${this.#savepoints}`)
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class QueueConnection implements DatabaseConnection {
  readonly #ctx: OperationContext

  constructor(ctx: OperationContext) {
    this.#ctx = ctx
  }

  async run(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<never>> {
    const { queue, impl } = this.#ctx
    const { rows, rowCount } = await queue.enqueue('a query of op.kysely()', () =>
      impl.execute({ sql, parameters }),
    )
    return {
      rows: rows as never[],
      ...(rowCount === undefined ? {} : { numAffectedRows: BigInt(rowCount) }),
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return await this.run(query.sql, query.parameters)
  }

  streamQuery(): AsyncIterableIterator<QueryResult<never>> {
    throw new OperationError(
      'op.kysely() does not stream: a migration has one connection; read in pages instead',
    )
  }
}
