import '../../../src/dialects/builtin.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { operationsOf, type Operations } from '../../../src/operations/operations.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import { MigrationQueue } from '../../../src/runtime/queue.ts'

/** A SQLite database in memory, and operations on it. Foreign keys are enforced, as the driver has it. */
export interface BatchDatabase {
  readonly connection: Connection
  readonly op: Operations
  run(...statements: readonly string[]): Promise<void>
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The stored statements of a table and of what is on it, the table's own first. */
  schemaOf(table: string): Promise<readonly string[]>
  /** Runs `body` as a step of a migration: in a transaction of the runner's. */
  migrate(body: (op: Operations) => Promise<void>): Promise<void>
}

/** A database in memory; `drivers.test.ts` says by which package. */
export async function connectMemory(): Promise<Connection> {
  return await createEngine(process.env['ALEMBIC_TEST_SQLITE_MEMORY'] ?? 'sqlite://').connect()
}

/** Opens a database with a schema and rows. */
export async function openBatchDatabase(...statements: readonly string[]): Promise<BatchDatabase> {
  return await batchDatabaseOver(await connectMemory(), ...statements)
}

/** The same on a connection that is open already. */
export async function batchDatabaseOver(
  connection: Connection,
  ...statements: readonly string[]
): Promise<BatchDatabase> {
  const context = await MigrationContext.configure({ connection })
  const op = operationsOf(context.createOperationContext(new MigrationQueue()))
  const run = async (...all: readonly string[]): Promise<void> => {
    for (const sql of all) await connection.execute(sql)
  }
  const rows: BatchDatabase['rows'] = async (sql) => (await connection.execute(sql)).rows
  await run(...statements)
  return {
    connection,
    op,
    run,
    rows,
    schemaOf: async (table) => {
      const found = await rows(
        `SELECT sql FROM sqlite_master WHERE tbl_name = '${table}' AND sql IS NOT NULL ORDER BY type <> 'table', name`,
      )
      return found.map(({ sql }) => String(sql).replaceAll(/\s+/g, ' '))
    },
    migrate: async (body) => {
      await context.transactions.at('perStep', async () => {
        const queue = new MigrationQueue()
        await body(operationsOf(context.createOperationContext(queue)))
        await queue.drain()
      })
    },
  }
}
