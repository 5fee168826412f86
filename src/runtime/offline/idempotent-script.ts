import type { QueryResult } from '../../engine/driver.ts'
import type { OfflineRecorder, ScriptTerminators } from '../../engine/offline-recorder.ts'
import { CompileError } from '../../errors/compile-error.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { ScriptGuard } from '../../impl/script-guard.ts'
import { OfflineSink, type StatementSink } from '../../impl/statement-sink.ts'
import type { CompiledSql } from '../../sql/compile/compiled-sql.ts'
import type { StatementTable } from '../../sql/elements/statements.ts'
import type { VersionTable } from '../version-table.ts'

/** Writes a script whose revisions can be held back, to be written as one guarded part. */
export class GuardedSink implements StatementSink {
  readonly offline = true
  readonly #sink: OfflineSink
  #held: string[] | null = null

  constructor(openRecorder: (terminators: ScriptTerminators) => OfflineRecorder) {
    this.#sink = new OfflineSink(openRecorder)
  }

  /** Runs `body` and gives its statements instead of writing them. */
  async hold(body: () => Promise<void>): Promise<readonly string[]> {
    const held: string[] = []
    this.#held = held
    try {
      await body()
    } finally {
      this.#held = null
    }
    return held
  }

  endStatementsWith(terminators: ScriptTerminators): void {
    this.#sink.endStatementsWith(terminators)
  }

  async execute(statement: CompiledSql): Promise<QueryResult> {
    if (this.#held === null) return await this.#sink.execute(statement)
    this.#held.push(statement.sql)
    return { rows: [], rowCount: undefined }
  }

  executeMany(table: StatementTable): Promise<void> {
    return this.#sink.executeMany(table)
  }

  /** Comments are written; a COMMIT in the middle, or a command of a client's own, has no place under a condition. */
  writeStatic(text: string): void {
    if (this.#held !== null && text.split('\n').some((line) => !/^\s*(?:--|$)/.test(line))) {
      throw new CompileError(
        `'${firstLine(text)}' can't stand under a condition, so that its revision can't be part of an --idempotent script; write that part without: alembic upgrade <from>:<to> --sql`,
      )
    }
    this.#sink.writeStatic(text)
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}

/** A script that can be run at any state of the history, and again. */
export class IdempotentScript {
  readonly #impl: MigrationImpl
  readonly #sink: GuardedSink
  readonly #guard: ScriptGuard

  /** @throws CompileError where the database has no conditions */
  constructor(impl: MigrationImpl, sink: GuardedSink) {
    const guard = impl.scriptGuard
    if (guard === null) {
      throw new CompileError(
        `There is no condition in scripts for ${impl.dialect.name}, which --idempotent needs; run 'alembic upgrade' itself, or write the script from where the database stands: alembic upgrade <from>:<to> --sql`,
      )
    }
    this.#impl = impl
    this.#sink = sink
    this.#guard = guard
  }

  /** Writes the making of the version table, unless it is there. */
  async createVersionTable(table: VersionTable): Promise<void> {
    const { name, schema } = table.options
    const found = this.#guard.findTable?.(name, schema)
    if (found === undefined) await table.create({ ifNotExists: true })
    else await this.unless(found, () => table.create())
  }

  /** Writes the statements of `body`, to be run where `isApplied` gives no row. */
  async unless(isApplied: string, body: () => Promise<void>): Promise<void> {
    const statements = await this.#sink.hold(body)
    await this.#impl.sink.execute({
      sql: this.#guard.guarded(isApplied, statements),
      parameters: [],
    })
  }
}
