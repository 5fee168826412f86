import type { Connection } from '../engine/connection.ts'
import type { QueryResult } from '../engine/driver.ts'
import type { OfflineRecorder, ScriptTerminators } from '../engine/offline-recorder.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { CompiledSql } from '../sql/compile/compiled-sql.ts'
import type { StatementTable } from '../sql/elements/statements.ts'
import { BatchReader } from './batch-reader.ts'
import type { RowBatch } from './row-batch.ts'
import type { RowReader } from './row-source.ts'
import type { StatementGuard } from './statement-guard.ts'

/** Per-statement options of `op.execute()`, by name. */
export type ExecutionOptions = Readonly<Record<string, unknown>>

/** Where compiled statements go: to a server, or into a script. */
export interface StatementSink {
  /** Whether statements are written instead of run. */
  readonly offline: boolean
  execute(statement: CompiledSql, options?: ExecutionOptions): Promise<QueryResult>
  /** Inserts rows as they are read, as fast as the driver can: all of them or, where one fails, none. */
  executeMany(table: StatementTable, rows: RowReader): Promise<void>
  /** Writes text as it is. Throws OperationError where statements are run. */
  writeStatic(text: string): void
  /** Told once, before anything is written, how the dialect ends statements in a script. */
  endStatementsWith?(terminators: ScriptTerminators): void
  /** Lets `guard` stand before every statement from now on, and before the guards that are there; the function that comes back ends it. */
  guardWith?(guard: StatementGuard): () => void
}

const NOTHING: Promise<QueryResult> = Promise.resolve({ rows: [], rowCount: undefined })

/** Runs statements on a connection. */
export class LiveSink implements StatementSink {
  readonly offline: boolean = false
  readonly #connection: Connection
  #guard: StatementGuard | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  guardWith(guard: StatementGuard): () => void {
    const before = this.#guard
    this.#guard = before === undefined ? guard : nested(guard, before)
    return () => {
      this.#guard = before
    }
  }

  async execute(statement: CompiledSql, options: ExecutionOptions = {}): Promise<QueryResult> {
    if (options['isolationLevel'] !== undefined) {
      throw new OperationError(
        "Execution option 'isolationLevel' can't be set for one statement; run it in context.autocommitBlock()",
      )
    }
    for (const { key, value } of statement.parameters) {
      if (value !== undefined) continue
      throw new OperationError(
        `A value is required for bind parameter '${key}'; give it with sa.text(…).bindparams({ ${key}: … }), or write a colon as '\\\\:'`,
      )
    }
    const values = statement.parameters.map(({ value }) => value)
    return await this.#guarded(statement.sql, values, () =>
      this.#connection.execute(statement.sql, values),
    )
  }

  async executeMany(table: StatementTable, rows: RowReader): Promise<void> {
    const batches = new BatchReader(this.#connection.dialect, table, rows)
    let batch = await batches.next()
    const send = async (): Promise<void> => {
      while (batch !== undefined) {
        await this.#sendBatch(batch)
        batch = await batches.next()
      }
    }
    // None is kept also where the migration goes on after the failure.
    await (batches.hasMore ? this.#connection.atomically(send) : send())
  }

  async #sendBatch({ table, sql, rows, first }: RowBatch): Promise<void> {
    const place = (from: number, to: number): string =>
      from === to
        ? `row ${first + from} of the rows for table '${table.name}'`
        : `rows ${first + from} to ${first + to} of the rows for table '${table.name}'`
    await this.#guarded(sql, rows, async () => ({
      rows: [],
      rowCount: await this.#connection.executeMany(sql, rows, place),
    }))
  }

  async #guarded(
    sql: string,
    parameters: readonly unknown[],
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    return this.#guard === undefined ? await run() : await this.#guard.around(sql, parameters, run)
  }

  writeStatic(text: string): void {
    throw new OperationError(`Text can only be written in --sql mode: ${text}`)
  }
}

function nested(outer: StatementGuard, inner: StatementGuard): StatementGuard {
  return {
    around: (sql, parameters, run) =>
      outer.around(sql, parameters, () => inner.around(sql, parameters, run)),
  }
}

/** Writes statements as a script. */
export class OfflineSink implements StatementSink {
  readonly offline: boolean = true
  readonly #openRecorder: (terminators: ScriptTerminators) => OfflineRecorder
  #terminators: ScriptTerminators = { terminator: ';' }
  #opened: OfflineRecorder | undefined

  constructor(openRecorder: (terminators: ScriptTerminators) => OfflineRecorder) {
    this.#openRecorder = openRecorder
  }

  get #recorder(): OfflineRecorder {
    return (this.#opened ??= this.#openRecorder(this.#terminators))
  }

  endStatementsWith(terminators: ScriptTerminators): void {
    this.#terminators = terminators
  }

  execute(statement: CompiledSql): Promise<QueryResult> {
    this.#recorder.recordStatement(statement.sql)
    // Not an async function: that would be two promises more for every statement.
    return this.#recorder.drained()?.then(() => NOTHING) ?? NOTHING
  }

  executeMany({ name }: StatementTable): Promise<void> {
    throw new OperationError(`A script takes one INSERT for each row of '${name}'`)
  }

  writeStatic(text: string): void {
    this.#recorder.recordStatic(text)
  }
}
