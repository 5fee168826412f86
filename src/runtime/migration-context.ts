import type { Connection } from '../engine/connection.ts'
import { CommandError } from '../errors/command-error.ts'
import type { LockHolder } from '../impl/migration-lock.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import { runningContext } from '../operations/current.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import type { Queued } from '../operations/queued.ts'
import type { RevisionIds } from '../script/revision.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { givenSchema } from '../sql/elements/identifier.ts'
import { getLogger } from '../util/logging.ts'
import type { ConfigureOptions } from './configure-options.ts'
import { DdlRetries } from './ddl-retries.ts'
import { DdlTimeouts } from './ddl-timeouts.ts'
import { openMigrationTarget, type MigrationTarget } from './migration-target.ts'
import { RunJournal } from './journal/run-journal.ts'
import type { PlanFunction } from './plan-function.ts'
import { MigrationRun, type RunContext } from './migration-run.ts'
import type { IdempotentScript } from './offline/idempotent-script.ts'
import { createOperationContext } from './operation-scope.ts'
import type { RunObserver } from './run-event.ts'
import { RunLock } from './run-lock.ts'
import { Transactions, planTransactions } from './transactions.ts'
import { VersionTable } from './version-table.ts'

const log = getLogger('alembic.runtime.migration')

/** What a migration context is made with, beside the options of `configure()`. */
export interface MigrationContextOptions extends ConfigureOptions {
  readonly script?: ScriptDirectory | null
  /** Says which steps to run; `runMigrations()` needs it. */
  readonly fn?: PlanFunction
  readonly purge?: boolean
  /** `--sql`: the script can be run at any state of the history, and again. */
  readonly idempotent?: boolean
  /** Change nothing, not even make the version table. */
  readonly dontMutate?: boolean
  /** Is told of the plan and of every step. */
  readonly observe?: RunObserver
}

/** One database as migrations see it: its dialect, its connection or script, its version table. */
export class MigrationContext implements RunContext {
  readonly opts: MigrationContextOptions
  readonly asSql: boolean
  readonly connection: Connection | null
  readonly dialect: Dialect
  readonly impl: MigrationImpl
  readonly script: ScriptDirectory | null
  readonly versionTable: VersionTable
  readonly transactions: Transactions
  readonly lock: RunLock | null
  readonly journal: RunJournal | null
  readonly timeouts: DdlTimeouts | null
  readonly idempotent: IdempotentScript | null
  readonly retries: DdlRetries | null
  readonly #target: MigrationTarget

  private constructor(options: MigrationContextOptions, target: MigrationTarget) {
    this.opts = options
    this.#target = target
    this.asSql = target.connection === null
    this.connection = target.connection
    this.impl = target.impl
    this.dialect = target.impl.dialect
    this.script = options.script ?? null
    const name = options.versionTable ?? 'alembic_version'
    const schema = givenSchema(options.versionTableSchema)
    this.versionTable = new VersionTable(this.impl, this.connection, {
      name,
      schema,
      primaryKey: options.versionTablePk ?? true,
    })
    const plan = planTransactions({
      isExternal: target.isExternal,
      transactionalDdl: this.impl.transactionalDdl,
      transactionPerMigration: options.transactionPerMigration ?? false,
      asSql: this.asSql,
    })
    this.transactions = new Transactions(plan, this.connection, this.impl)
    this.lock =
      this.connection === null
        ? null
        : new RunLock(this.impl.createLock(), this.connection, {
            mode: options.lock ?? 'wait',
            timeout: options.lockTimeout === undefined ? 60_000 : options.lockTimeout,
            versionTable: name,
            versionTableSchema: schema,
          })
    if (this.lock !== null && options.dontMutate !== true) this.transactions.lockWith(this.lock)
    this.journal = this.#createJournal()
    this.idempotent = target.idempotent
    this.timeouts = this.#createTimeouts()
    this.retries = this.#createRetries()
    this.impl.leaveTransactionsWith((body, sql) => this.#leaveTransaction(body, sql))
  }

  #createTimeouts(): DdlTimeouts | null {
    const { statementTimeout = null, ddlLockTimeout = null, dontMutate } = this.opts
    if (this.connection === null || dontMutate === true) return null
    const timeouts = new DdlTimeouts(this.impl, this.connection, {
      statementTimeout,
      ddlLockTimeout,
    })
    this.transactions.limitWith(timeouts)
    return timeouts
  }

  #createRetries(): DdlRetries | null {
    const { ddlRetries, ddlLockTimeout, dontMutate, resume, observe } = this.opts
    const isAsked = ddlRetries !== undefined || typeof ddlLockTimeout === 'number'
    if (this.connection === null || dontMutate === true || !isAsked) return null
    const retries = new DdlRetries(this.impl, this.connection, ddlRetries ?? 0)
    const of = this.transactions.plan === 'perRun' ? 'run' : 'step'
    // What an earlier run left unfinished is passed over once.
    if (resume === undefined || resume === null) {
      this.transactions.retryWith(retries, () => observe?.({ kind: 'retry', context: this, of }))
    }
    return retries
  }

  #createJournal(): RunJournal | null {
    const { impl, connection, transactions, versionTable, opts } = this
    const support = impl.journal
    if (connection === null || support === null || transactions.plan === 'external') return null
    return new RunJournal({
      impl,
      support,
      connection,
      transactions,
      versionTable: versionTable.options,
      resume: opts.resume ?? null,
    })
  }

  /**
   * Makes a context of its own, outside any command.
   *
   * @example
   * const ctx = await MigrationContext.configure({ connection: pgClient })
   * await ctx.getCurrentHeads()
   */
  static async configure(options: MigrationContextOptions): Promise<MigrationContext> {
    const target = await openMigrationTarget(options)
    const context = new MigrationContext(options, target)
    log.info(`Context impl ${context.impl.implName}.`)
    if (context.asSql) log.info('Generating static SQL')
    const kind = context.impl.transactionalDdl ? 'transactional' : 'non-transactional'
    log.info(`Will assume ${kind} DDL.`)
    return context
  }

  /** A transaction is open that the caller began, and will end. */
  get isInCallersTransaction(): boolean {
    return this.#target.isExternal
  }

  /** The database's URL with the password hidden, as far as it is known. */
  get displayUrl(): string {
    return this.#target.displayUrl
  }

  /** Gives back what `configure()` took from a pool; a connection that was handed over stays open. Commands do it themselves. */
  async close(): Promise<void> {
    await this.#target.close()
  }

  /** The connection, or `null` in `--sql` mode. */
  get bind(): Connection | null {
    return this.connection
  }

  /**
   * The single row of the version table; `null` where there is none.
   *
   * @throws CommandError where there are several
   */
  async getCurrentRevision(): Promise<string | null> {
    const heads = await this.getCurrentHeads()
    if (heads.length > 1) {
      throw new CommandError(
        `Version table '${this.versionTable.options.name}' has more than one head present; please use get_current_heads()`,
      )
    }
    return heads[0] ?? null
  }

  /** The rows of the version table; in `--sql` mode the revision that the script starts from. */
  async getCurrentHeads(): Promise<readonly string[]> {
    if (!this.asSql) return await this.versionTable.readRows()
    const { startingRev } = this.opts
    if (startingRev === undefined || startingRev === null || startingRev === 'base') return []
    if (this.script === null) return [startingRev]
    const revision = this.script.getRevision(startingRev)
    return revision === null ? [] : [revision.revision]
  }

  /** Makes the version table unless it is there; in `--sql` mode writes its CREATE TABLE. */
  async ensureVersionTable(): Promise<void> {
    if (this.asSql) await this.versionTable.create()
    else await this.transactions.at('perStep', () => this.versionTable.ensure())
  }

  /** Warns where a revision is not complete; changes nothing. */
  async warnOfUnfinished(): Promise<void> {
    await this.journal?.notice()
  }

  /** Who holds the lock of the version table now; `null` where nobody does, or in `--sql` mode. */
  async findLockHolder(): Promise<LockHolder | null> {
    return (await this.lock?.findHolder()) ?? null
  }

  /** Runs `body` in the run's transaction, where there is one around everything. */
  async beginTransaction<T>(body: () => T | Promise<T>): Promise<T> {
    return await this.transactions.at('perRun', async () => await body())
  }

  /** Runs the steps that the command asks for. `runArgs` are handed to every `upgrade()` and `downgrade()`. */
  async runMigrations(runArgs: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { fn } = this.opts
    if (fn === undefined) {
      throw new CommandError('This migration context has no function that says which steps to run')
    }
    await new MigrationRun(this, fn, runArgs).run()
  }

  /** Makes the version table say `revision`, without running anything. */
  async stamp(script: ScriptDirectory, revision: RevisionIds): Promise<void> {
    const fn: PlanFunction = (heads) => script.stampRevs(revision, heads)
    await new MigrationRun(this, fn, {}).run()
  }

  /**
   * Runs `body` outside any transaction: what came before is committed first, and a new transaction is begun after.
   *
   * @example
   * await op.getContext().autocommitBlock(async () => {
   *   await op.execute("ALTER TYPE mood ADD VALUE 'soso'")
   * })
   */
  autocommitBlock<T>(body: () => T | PromiseLike<T>): Queued<T> {
    const running = runningContext()
    if (running?.migrationContext !== this) return this.#leaveTransaction(body)
    const { queue } = running
    const label = 'autocommitBlock()'
    // The body has a place of its own inside: what it calls is done before the transaction begins again.
    return queue.enqueue(label, () => this.#leaveTransaction(() => queue.enqueue(label, body)))
  }

  /** `sql` is the one statement that can't stay. */
  async #leaveTransaction<T>(
    body: () => T | PromiseLike<T>,
    sql: string | null = null,
  ): Promise<T> {
    // Nothing can be left there, which the script's guard says of the statement.
    if (this.idempotent !== null && sql !== null) return await body()
    const leave = (inside: () => Promise<T>): Promise<T> => {
      const outside = (): Promise<T> => this.transactions.outside(inside, sql)
      return this.lock === null ? outside() : this.lock.acrossCommit(outside)
    }
    const run = async (): Promise<T> => await body()
    return this.journal === null ? await leave(run) : await this.journal.outside(leave, run)
  }

  /** Runs one statement now, or writes it. */
  async execute(statement: Parameters<MigrationImpl['execute']>[0]): Promise<void> {
    await this.impl.execute(statement)
  }

  /** What `op` is in a migration of this database. */
  createOperationContext(queue: OperationContext['queue']): OperationContext {
    return createOperationContext(this, queue)
  }
}
