import { brand } from '../util/brand.ts'
import { ConnectionError, TransactionError } from '../errors/driver-error.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import { statementFailure } from './driver-failure.ts'
import type { DriverConnection, QueryResult, RowPlace } from './driver.ts'
import { standardTransactionStatements } from './transaction-statements.ts'
import type { TransactionStatements } from './transaction-statements.ts'

/** A statement as text, or compiled with the values of its placeholders. */
export type Executable =
  | string
  | { readonly sql: string; readonly parameters?: readonly unknown[] | undefined }

/** A statement that goes to the server now. */
export interface ObservedStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** For how many rows of values it runs; 1 but for `executeMany`. */
  readonly runs: number
}

/** Is told of every statement before it is sent, transaction statements included. */
export type StatementObserver = (statement: ObservedStatement) => void

/** Opens one more session: with the same database unless another one of the server is named. */
export type OpenAnother = (database?: string) => Promise<Connection>

/** What a connection is made of. */
export interface ConnectionParts {
  readonly dialect: Dialect
  readonly driverConnection: DriverConnection
  readonly transactionStatements?: TransactionStatements | undefined
  /** The URL without its password; the dialect's name where the session is the user's own. */
  readonly displayUrl?: string | undefined
  readonly onClose?: () => void
  /** Opens one more session with the server; left out where the session is the user's own. */
  readonly openAnother?: OpenAnother | undefined
}

/**
 * One session with a database.
 *
 * Nothing begins a transaction on its own: outside `begin()` or `transaction()` every statement commits at once.
 *
 * @example
 * await connection.transaction(async () => {
 *   await connection.execute('CREATE TABLE cars (id INTEGER PRIMARY KEY)')
 * })
 */
export class Connection {
  static {
    brand(this, 'Connection')
  }

  readonly dialect: Dialect
  readonly driverConnection: DriverConnection
  /** Where it leads, for messages: never with a password. */
  readonly displayUrl: string
  readonly #statements: TransactionStatements
  readonly #onClose: (() => void) | undefined
  readonly #openAnother: OpenAnother | undefined
  readonly #observers = new Set<StatementObserver>()
  #inTransaction = false
  #savepoints = 0
  #closed = false

  constructor(parts: ConnectionParts) {
    this.dialect = parts.dialect
    this.driverConnection = parts.driverConnection
    this.displayUrl = parts.displayUrl ?? `${parts.dialect.name}://`
    this.#statements = parts.transactionStatements ?? standardTransactionStatements
    this.#onClose = parts.onClose
    this.#openAnother = parts.openAnother
  }

  /** Runs one statement. Throws StatementError with the server's message and the statement. */
  async execute(statement: Executable, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const sql = typeof statement === 'string' ? statement : statement.sql
    const values = typeof statement === 'string' ? parameters : (statement.parameters ?? parameters)
    return await this.#send(sql, values, 1, () => this.driverConnection.execute(sql, values))
  }

  /**
   * Runs one statement for each row of values: all of them or, where one fails, none. Gives the rows touched.
   *
   * @param nameRows words for rows by their positions; with it the error says which rows it is about, and leaves out
   *   their values where the server tells them
   */
  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    nameRows?: (first: number, last: number) => string,
  ): Promise<number | undefined> {
    if (rows.length === 0) return 0
    const place: RowPlace = { first: 0, last: rows.length - 1 }
    const where = nameRows && (() => nameRows(place.first, place.last))
    const run = (): Promise<number | undefined> =>
      this.#send(
        sql,
        [],
        rows.length,
        () => this.driverConnection.executeMany(sql, rows, place),
        where,
      )
    // Where DDL commits, the transaction that begin() began may be over by now; it can't be begun once more.
    const isInside = this.#inTransaction || (await this.isInTransaction())
    if (rows.length === 1 || isInside) return await run()
    return await this.transaction(run)
  }

  /**
   * Begins a transaction; `statement` replaces the dialect's own, to ask for another mode.
   *
   * Throws TransactionError where one is open already, the user's own included: some servers would commit that.
   */
  async begin(statement: string = this.#statements.begin): Promise<void> {
    if (this.#inTransaction || (await this.isInTransaction())) {
      throw new TransactionError('A transaction is already open on this connection')
    }
    await this.execute(statement)
    this.#inTransaction = true
  }

  /** Commits what `begin()` began. Throws TransactionError where a statement in it failed and it can't be committed. */
  async commit(): Promise<void> {
    this.#assertInTransaction('commit')
    if ((await this.driverConnection.isTransactionFailed?.()) === true) {
      await this.rollback()
      throw new TransactionError(
        'The transaction was rolled back, not committed, because a statement in it had failed',
      )
    }
    await this.execute(this.#statements.commit)
    this.#inTransaction = false
  }

  /** Takes back what happened since `begin()`. */
  async rollback(): Promise<void> {
    this.#assertInTransaction('roll back')
    this.#inTransaction = false
    // Some failures end the transaction on the server already, and SQLite then refuses a ROLLBACK.
    if (await this.isInTransaction()) await this.execute(this.#statements.rollback)
  }

  /** Runs `work` in a transaction: commits when it ends, rolls back when it throws. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.begin()
    return await this.#settle(
      work,
      () => this.commit(),
      () => this.rollback(),
    )
  }

  /** Runs `work` in a savepoint of the open transaction: what it did is taken back when it throws. */
  async savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!(await this.isInTransaction())) {
      throw new TransactionError('A savepoint needs an open transaction; call begin() first')
    }
    this.#savepoints += 1
    const name = `sa_savepoint_${this.#savepoints}`
    const release = this.#statements.releaseSavepoint(name)
    await this.execute(this.#statements.savepoint(name))
    const end = async (): Promise<void> => {
      if (release !== undefined) await this.execute(release)
    }
    return await this.#settle(work, end, async () => {
      await this.execute(this.#statements.rollbackToSavepoint(name))
      await end()
    })
  }

  /** Runs `work` such that all of it is kept or none: in a transaction, or in a savepoint of the one that is open. */
  async atomically<Result>(work: () => Promise<Result>): Promise<Result> {
    if (await this.isInTransaction()) return await this.savepoint(work)
    if (!this.#inTransaction) return await this.transaction(work)
    // Where DDL commits, the transaction that begin() began is over, and the next one has not begun.
    await this.execute(this.#statements.begin)
    return await this.savepoint(work)
  }

  /** Whether `begin()` was called and neither `commit()` nor `rollback()` since. */
  inTransaction(): boolean {
    return this.#inTransaction
  }

  /** Whether a transaction is open by the driver's or server's own account, whoever began it. */
  async isInTransaction(): Promise<boolean> {
    this.#assertOpen()
    return await this.driverConnection.isInTransaction()
  }

  /** Opens one more session, with the same database unless another is named; `null` where this one was handed over by the user. */
  async openAnother(database?: string): Promise<Connection | null> {
    return (await this.#openAnother?.(database)) ?? null
  }

  /** Tells `observer` of every statement from now on; the function that comes back ends it. */
  observe(observer: StatementObserver): () => void {
    this.#observers.add(observer)
    return () => {
      this.#observers.delete(observer)
    }
  }

  /** Ends the session, or gives an adopted connection back. An open transaction is rolled back. Harmless when repeated. */
  async close(): Promise<void> {
    if (this.#closed) return
    try {
      if (this.#inTransaction) await this.rollback()
    } finally {
      this.#closed = true
      this.#onClose?.()
      await this.driverConnection.close()
    }
  }

  async #settle<Result>(
    work: () => Promise<Result>,
    succeed: () => Promise<void>,
    fail: () => Promise<void>,
  ): Promise<Result> {
    let result: Result
    try {
      result = await work()
    } catch (error) {
      // The first error is the one to know of; that a rollback fails too is its consequence (a lost connection, mostly).
      await fail().catch(() => undefined)
      throw error
    }
    try {
      await succeed()
    } catch (error) {
      // A refused COMMIT (a deferred constraint, a locked file) can leave the transaction open.
      if (this.#inTransaction) await fail().catch(() => undefined)
      throw error
    }
    return result
  }

  async #send<Result>(
    sql: string,
    parameters: readonly unknown[],
    runs: number,
    run: () => Promise<Result>,
    where?: () => string,
  ): Promise<Result> {
    this.#assertOpen()
    for (const observer of this.#observers) observer({ sql, parameters, runs })
    try {
      return await run()
    } catch (error) {
      const hasValues = parameters.length > 0 || where !== undefined
      throw statementFailure(error, sql, { rows: where?.(), hasValues })
    }
  }

  #assertOpen(): void {
    if (this.#closed)
      throw new ConnectionError(
        "This connection is closed; is an 'await' missing in front of a call that still needs it?",
      )
  }

  #assertInTransaction(what: string): void {
    this.#assertOpen()
    if (this.#inTransaction) return
    throw new TransactionError(`There is no transaction to ${what}; call begin() first`)
  }
}
