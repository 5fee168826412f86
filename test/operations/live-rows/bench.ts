import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { BulkInsertOp } from '../../../src/operations/bulk-insert.ts'
import { runWith } from '../../../src/operations/current.ts'
import { ExecuteSQLOp } from '../../../src/operations/execute.ts'
import type { MigrateOperation } from '../../../src/operations/migrate-operation.ts'
import { op } from '../../../src/operations/operations.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../../src/runtime/queue.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import type { DatabaseName, LiveDatabase, ScratchDatabase } from '../../live/servers.ts'
import { catalogLines, MADE_UP } from './catalog.ts'
import type { LiveRow, On } from './row.ts'

/** What was done: the operations in their order, and the warnings. */
export interface Done {
  readonly operations: readonly MigrateOperation<unknown>[]
  readonly warnings: readonly string[]
}

/** A scratch database with a second schema, on which operations are tried one after the other. */
export class LiveBench {
  readonly name: DatabaseName
  readonly #schema: string
  /** Set by whoever asks for its name. */
  readsSecondSchema = false
  readonly #connection: Connection
  readonly #scratches: readonly ScratchDatabase[]

  private constructor(
    { name, schema }: On,
    connection: Connection,
    scratches: readonly ScratchDatabase[],
  ) {
    this.name = name
    this.#schema = schema
    this.#connection = connection
    this.#scratches = scratches
  }

  static async open(db: LiveDatabase<DatabaseName>): Promise<LiveBench> {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    const { name } = db
    if (name === 'mariadb') {
      const second = await db.createScratch()
      const schema = makeUrl(second.url).database ?? ''
      return new LiveBench({ name, schema }, connection, [scratch, second])
    }
    const makeSchema = {
      postgresql: 'CREATE SCHEMA other',
      sqlite: "ATTACH ':memory:' AS other",
      firebird: null,
    }[name]
    if (makeSchema !== null) await connection.execute(makeSchema)
    return new LiveBench({ name, schema: 'other' }, connection, [scratch])
  }

  async dispose(): Promise<void> {
    await this.#connection.close()
    for (const scratch of this.#scratches) await scratch.dispose()
  }

  /** Where a row runs. */
  get on(): On {
    const { name } = this
    return Object.defineProperty({ name, schema: '' }, 'schema', {
      get: () => {
        this.readsSecondSchema = true
        return this.#schema
      },
    })
  }

  /** A text of the server's, without the names that are other ones each time. */
  plain(text: string): string {
    return text
      .replaceAll(this.#schema, 'other')
      .replaceAll(/alembic_ts_test_[0-9a-f]+/g, 'scratch')
      .replaceAll(MADE_UP, '')
  }

  /** Runs `body` as the migration of one revision. */
  async perform(body: () => unknown): Promise<Done> {
    const operations: MigrateOperation<unknown>[] = []
    const warnings: string[] = []
    setWarningHandler((message) => void warnings.push(`! ${message}`))
    const connection = this.#connection
    const context = await MigrationContext.configure({ connection, lock: 'off' })
    const queue = new MigrationQueue()
    const operationContext = context.createOperationContext(queue)
    const recording: typeof operationContext = {
      ...operationContext,
      invoke: (operation) => {
        operations.push(operation)
        return operationContext.invoke(operation)
      },
    }
    const { transactions } = context
    const run = () => runWith(recording, () => runMigrationBody(queue, body))
    await transactions.at('perRun', () => transactions.at('perStep', run))
    return { operations, warnings }
  }

  /** Takes back what was done, from its end; rows go with their tables. */
  async reverse({ operations }: Done): Promise<Done> {
    const reverses = operations
      .filter((one) => !(one instanceof ExecuteSQLOp || one instanceof BulkInsertOp))
      .map((one) => one.reverse())
      .toReversed()
    return await this.perform(() => {
      for (const one of reverses) void op.invoke(one)
    })
  }

  /** The catalog, and the rows of a query. */
  async read(rowsOf?: LiveRow['rows']): Promise<readonly string[]> {
    const schema = this.readsSecondSchema ? this.#schema : null
    const lines = await catalogLines(this.#connection, this.name, schema)
    const query = typeof rowsOf === 'object' ? rowsOf[this.name] : rowsOf
    if (query === undefined) return lines
    const { rows } = await this.#connection.execute(query)
    return [...lines, ...rows.map((row) => `row ${Object.values(row).map(String).join(' | ')}`)]
  }
}
