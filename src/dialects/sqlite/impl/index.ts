import type { Connection } from '../../../engine/connection.ts'
import type { JournalSupport } from '../../../impl/journal-support.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import type { BatchCall } from '../../../impl/operation-target.ts'
import type { ExpressionText, TableRecreation } from '../../../impl/table-recreation.ts'
import type { DdlStatement } from '../../../sql/ddl/statement.ts'
import { SqlExpression } from '../../../sql/elements/expression.ts'
import { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'
import type { TypeAffinity, TypeEngine } from '../../../sql/types/type-engine.ts'
import { warn } from '../../../util/warnings.ts'
import { expressionText } from './expression-text.ts'
import { ForeignKeySuspension } from './foreign-key-suspension.ts'
import { WriterLock, beginImmediate } from './lock.ts'
import { hiddenRowKey } from './hidden-row-key.ts'
import { guardRecreation } from './recreation-guard.ts'
import { scriptSyntax } from './script-syntax.ts'
import { sqliteTimeouts } from './timeouts.ts'
import { sqliteJournal } from './journal.ts'
import { StoredStatements } from './stored-statements.ts'

/** Types that SQLite keeps as text: a cast to them would make numbers of it. */
const TEXTUAL: ReadonlySet<TypeAffinity> = new Set(['Date', 'DateTime', 'Time', 'Interval'])

/** Milliseconds, as for the lock of a run. */
const DEFAULT_LOCK_TIMEOUT = 60_000

/** How SQLite carries operations out. */
export class SqliteImpl extends MigrationImpl {
  readonly #suspension = new ForeignKeySuspension((sql) => this.execute({ sql }))

  /** What the table that is just made anew was made by. */
  #stored: StoredStatements | null = null

  override get implName(): string {
    return 'SQLiteImpl'
  }

  override get journal(): JournalSupport {
    return sqliteJournal
  }

  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get timeouts(): TimeoutSupport {
    return sqliteTimeouts
  }

  override createLock(): MigrationLock {
    return new WriterLock()
  }

  /**
   * Foreign keys are not enforced while a migration runs, as with Python's driver: a table can't be made anew otherwise
   * without its rows being deleted wherever they are referred to. Before the commit they are checked.
   */
  override async aroundTransaction<T>(body: () => Promise<T>): Promise<T> {
    return this.offline ? await body() : await this.#suspension.run(body)
  }

  /** Waits for other writers as long as for the lock: it is the same one. */
  override async beginTransaction(connection: Connection): Promise<void> {
    const { lock, lockTimeout = DEFAULT_LOCK_TIMEOUT } = this.options
    await beginImmediate(connection, lock === 'fail' ? 0 : (lockTimeout as number | null))
  }

  override async commitTransaction(connection: Connection): Promise<void> {
    try {
      await this.#suspension.assertKept()
    } catch (error) {
      await connection.rollback()
      throw error
    }
    await super.commitTransaction(connection)
  }

  /** Adding a column needs no new table, unless it is the key, or its default has to be computed for the rows that are there. */
  override requiresRecreateInBatch(calls: readonly BatchCall[]): boolean {
    return calls.some((call) => {
      if (call.method !== 'addColumn') {
        return call.method !== 'createIndex' && call.method !== 'dropIndex'
      }
      const { serverDefault, primaryKey } = call.args[1]
      if (primaryKey && call.args[2]?.inlinePrimaryKey === true) return true
      if (serverDefault?.kind === 'default') return serverDefault.arg instanceof SqlExpression
      return serverDefault?.kind === 'computed' && serverDefault.persisted === true
    })
  }

  override async addConstraint(constraint: Constraint): Promise<void> {
    if (!isTypeBound(constraint)) await super.addConstraint(constraint)
    else if (this.isNeeded(constraint)) {
      warn(
        'Skipping unsupported ALTER for creation of implicit constraint. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.',
      )
    }
  }

  override async dropConstraint(
    constraint: Constraint,
    settings: { readonly ifExists?: boolean | undefined } = {},
  ): Promise<void> {
    if (!isTypeBound(constraint)) await super.dropConstraint(constraint, settings)
  }

  override get expressionText(): ExpressionText {
    return expressionText
  }

  override async guardRecreation(
    recreation: TableRecreation,
    work: () => Promise<void>,
  ): Promise<void> {
    this.#stored = recreation.reflected ? await StoredStatements.read(recreation) : null
    try {
      await guardRecreation(recreation, work)
    } finally {
      this.#stored = null
    }
  }

  protected override async runDdl(statement: DdlStatement): Promise<unknown> {
    if (this.#stored === null || statement.kind !== 'createTable') {
      return await super.runDdl(statement)
    }
    const sql = this.#stored.createTable(statement.table, this.dialect.ddl.compile(statement))
    return await this.execute({ sql })
  }

  override async restoreIndex(index: Index, renames: ReadonlyMap<string, string>): Promise<void> {
    const sql = this.#stored?.createIndex(resolveName(index)?.text ?? '', renames)
    if (sql === undefined) await super.restoreIndex(index, renames)
    else await this.execute({ sql })
  }

  override hiddenRowKey(table: TableClass, newTable: TableClass): string | null {
    return hiddenRowKey(this.dialect, table, newTable)
  }

  override castForBatchMigrate(
    existingType: TypeEngine,
    expression: SqlExpression,
    newType: TypeEngine,
    reflected: boolean,
  ): SqlExpression {
    if (newType.affinity === 'Json' || (reflected && TEXTUAL.has(newType.affinity))) {
      return expression
    }
    return super.castForBatchMigrate(existingType, expression, newType, reflected)
  }
}

function isTypeBound(constraint: Constraint): boolean {
  return constraint instanceof CheckConstraint && constraint.typeBound !== null
}
