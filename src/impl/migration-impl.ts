import type { Connection } from '../engine/connection.ts'
import type { QueryResult } from '../engine/driver.ts'
import { CommandError } from '../errors/command-error.ts'
import { CompileError } from '../errors/compile-error.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { DdlStatement } from '../sql/ddl/statement.ts'
import type { TableReference } from '../sql/elements/column-expression.ts'
import { Cast, type SqlExpression } from '../sql/elements/expression.ts'
import { joinName, type NameLike } from '../sql/elements/identifier.ts'
import type { StatementTable } from '../sql/elements/statements.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Column } from '../sql/schema/column.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Index } from '../sql/schema/table-index.ts'
import { type ScriptSyntax, STANDARD_SYNTAX } from '../sql/split/script-syntax.ts'
import type { TypeBindOptions, TypeEngine } from '../sql/types/type-engine.ts'
import { warn } from '../util/warnings.ts'
import { insertRows } from './bulk-insert.ts'
import type {
  AddColumnSettings,
  ColumnAlteration,
  DropColumnSettings,
} from './column-alteration.ts'
import { CommentSupport } from './comment-support.ts'
import { compileExecutable } from './compile-executable.ts'
import { withOwnDelimiter } from './compound-statement.ts'
import { defaultChange } from './default-change.ts'
import type { EnumTypes } from './enum-types.ts'
import type {
  BatchCall,
  BulkInsertSettings,
  ExecutableStatement,
  ExecuteSettings,
  OperationTarget,
} from './operation-target.ts'
import type { ImplOptions, ImplParts } from './impl-options.ts'
import type { JournalSupport } from './journal-support.ts'
import { LeaseLock } from './lease-lock.ts'
import type { MigrationLock } from './migration-lock.ts'
import type { RowSource } from './row-source.ts'
import type { BatchStructure, ExpressionText, TableRecreation } from './table-recreation.ts'
import type { StatementSink } from './statement-sink.ts'
import type { ScriptGuard } from './script-guard.ts'
import type { TimeoutSupport } from './timeout-support.ts'
import { makeVersionTable } from './version-table.ts'

/** Runs `body` where every statement commits by itself; what was done before is committed first. */
export type LeaveTransaction = <T>(body: () => Promise<T>, sql: string | null) => Promise<T>

/**
 * How a dialect carries operations out: which statements, in which order. What is here holds for most servers; dialects
 * override what deviates, and register themselves with `registerImpl()`.
 */
export class MigrationImpl implements OperationTarget {
  readonly dialect: Dialect
  readonly options: ImplOptions
  readonly #sink: StatementSink
  #isSinkReady = false
  #leaveTransaction: LeaveTransaction | undefined
  #commentSupport: CommentSupport | undefined

  constructor({ dialect, sink, options = {} }: ImplParts) {
    this.dialect = dialect
    this.options = options
    this.#sink = sink
    if (options.literalBinds === true && !this.offline) {
      throw new CommandError("Can't use literal_binds setting without as_sql mode")
    }
  }

  /** Where statements go. */
  get sink(): StatementSink {
    if (!this.#isSinkReady) {
      const { commandTerminator: terminator, batchSeparator } = this
      this.#sink.endStatementsWith?.({ terminator, batchSeparator })
      this.#isSinkReady = true
    }
    return this.#sink
  }

  /** Whether statements are written into a script instead of run. */
  get offline(): boolean {
    return this.#sink.offline
  }

  /** What follows a statement in a script. */
  get commandTerminator(): string {
    return ';'
  }

  /**
   * A line of its own after each statement of a script, such as `GO`; the option `<dialect>BatchSeparator` wins, where
   * `null` or an empty text is none.
   */
  get batchSeparator(): string | undefined {
    const given = this.options[`${this.dialect.name}BatchSeparator`]
    if (given === undefined) return this.defaultBatchSeparator
    return typeof given === 'string' && given !== '' ? given : undefined
  }

  /** The separator of batches in the database's own tools. */
  protected get defaultBatchSeparator(): string | undefined {
    return undefined
  }

  /** How scripts for the database are cut into statements. */
  get scriptSyntax(): ScriptSyntax {
    return { ...STANDARD_SYNTAX, backslashEscapes: this.dialect.traits.backslashEscapes }
  }

  /** Whether DDL is undone by ROLLBACK. */
  get transactionalDdl(): boolean {
    return this.options.transactionalDdl ?? this.dialect.traits.transactionalDdl
  }

  /** Whether a ROLLBACK takes back the DDL of a transaction in fact, whatever counts as transactional DDL. */
  get rollsBackDdl(): boolean {
    return this.dialect.traits.rollsBackDdl ?? this.transactionalDdl
  }

  /** How log lines call this implementation: `PostgresqlImpl`. */
  get implName(): string {
    return this.constructor.name
  }

  /** Called before the first migration of a run. */
  async startMigrations(): Promise<void> {}

  /** The lock that keeps two runs on one version table apart. */
  createLock(): MigrationLock {
    return new LeaseLock()
  }

  /** How the time of statements is limited; `null` where there is no way. */
  get timeouts(): TimeoutSupport | null {
    return null
  }

  /** How a script carries something out under a condition; `null` where it can't. */
  get scriptGuard(): ScriptGuard | null {
    return null
  }

  /** How a run that can't be rolled back finds out, after a crash, how far it had come; `null` where no journal is kept. */
  get journal(): JournalSupport | null {
    return null
  }

  /** Runs `body`, which begins and ends one transaction: the place for what a server allows only outside of one. */
  async aroundTransaction<T>(body: () => Promise<T>): Promise<T> {
    return await body()
  }

  /** Says how a run leaves its transaction, for statements that a server refuses inside of one. */
  leaveTransactionsWith(leave: LeaveTransaction): void {
    this.#leaveTransaction = leave
  }

  /** Runs `body` outside any transaction; outside a run that is where it is already. */
  protected async outsideTransaction<T>(
    body: () => Promise<T>,
    sql: string | null = null,
  ): Promise<T> {
    const leave = this.#leaveTransaction
    return await (leave === undefined ? body() : leave(body, sql))
  }

  /** Whether the server runs `sql` outside of a transaction only. */
  protected refusesTransactions(_sql: string): boolean {
    return false
  }

  /** Begins a transaction on the server. */
  async beginTransaction(connection: Connection): Promise<void> {
    await connection.begin()
  }

  /** Commits the transaction on the server; where that is refused, it is rolled back. */
  async commitTransaction(connection: Connection): Promise<void> {
    await connection.commit()
  }

  /** Writes text into the script as it is, a comment for example. */
  staticOutput(text: string): void {
    this.sink.writeStatic(text)
  }

  /** Writes the beginning of a transaction into the script. */
  emitBegin(): void {
    this.sink.writeStatic(`BEGIN${this.commandTerminator}`)
  }

  /** Writes the end of a transaction into the script. */
  emitCommit(): void {
    this.sink.writeStatic(`COMMIT${this.commandTerminator}`)
    const separator = this.batchSeparator
    if (separator !== undefined) this.sink.writeStatic(separator)
  }

  async execute(
    statement: ExecutableStatement,
    settings: ExecuteSettings = {},
  ): Promise<QueryResult> {
    const { literalBinds = this.options.literalBinds ?? false } = settings
    const compiled = compileExecutable(statement, this.dialect, this.offline && literalBinds)
    const delimited = this.offline ? withOwnDelimiter(compiled.sql, this.scriptSyntax) : null
    if (delimited !== null) {
      this.sink.writeStatic(delimited)
      return { rows: [], rowCount: undefined }
    }
    return await this.#send(compiled, settings.executionOptions)
  }

  /** Runs one DDL statement. */
  protected async runDdl(statement: DdlStatement): Promise<unknown> {
    return await this.#send({ sql: this.dialect.ddl.compile(statement), parameters: [] })
  }

  /** What the server refuses inside a transaction leaves it. */
  async #send(...statement: Parameters<StatementSink['execute']>): Promise<QueryResult> {
    const run = (): Promise<QueryResult> => this.sink.execute(...statement)
    const [{ sql }] = statement
    return await (this.refusesTransactions(sql) ? this.outsideTransaction(run, sql) : run())
  }

  /** The table that holds the versions; other implementations may add columns to it. */
  versionTable(name: string, schema: string | null, primaryKey: boolean): TableClass {
    return makeVersionTable(name, schema, primaryKey)
  }

  async createTable(
    table: TableClass,
    settings: { readonly ifNotExists?: boolean | undefined } = {},
  ): Promise<void> {
    await this.runDdl({ kind: 'createTable', table, ifNotExists: settings.ifNotExists ?? false })
    for (const index of table.indexes) await this.createIndex(index)
    if (!this.dialect.traits.inlineComments) await this.#createComments(table)
  }

  /** Creates a type that has a name of its own; nothing on databases without such types. */
  async createType(_type: TypeEngine, _options: TypeBindOptions): Promise<void> {}

  /** Drops a type that has a name of its own. */
  async dropType(_type: TypeEngine, _options: TypeBindOptions): Promise<void> {}

  /** Enumeration types with names of their own. Throws CompileError on databases without such types. */
  get enumTypes(): EnumTypes {
    throw new CompileError(
      `Dialect ${this.dialect.name} has no enumeration types with names of their own, their values stand with each column; change those with op.alterColumn(…, { type: sa.Enum(…) }), or guard the operation with the dialect's name`,
    )
  }

  async dropTable(
    table: TableClass,
    settings: { readonly ifExists?: boolean | undefined } = {},
  ): Promise<void> {
    await this.runDdl({ kind: 'dropTable', table, ifExists: settings.ifExists ?? false })
  }

  async renameTable(table: TableReference, newName: NameLike): Promise<void> {
    await this.runDdl({ kind: 'renameTable', table, newName })
  }

  async addColumn(
    table: TableReference,
    column: Column,
    settings: AddColumnSettings = {},
  ): Promise<void> {
    await this.runDdl({
      kind: 'addColumn',
      table,
      column,
      ifNotExists: settings.ifNotExists ?? false,
      inlineReferences: settings.inlineReferences ?? false,
      inlinePrimaryKey: settings.inlinePrimaryKey ?? false,
    })
    if (isText(column.comment)) this.#comments.leavesOutModels()
  }

  async dropColumn(
    table: TableReference,
    column: NameLike,
    settings: DropColumnSettings = {},
  ): Promise<void> {
    await this.runDdl({ kind: 'dropColumn', table, column, ifExists: settings.ifExists ?? false })
  }

  /** One statement per change: nullability, default, type, comment, and the new name last. */
  async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { nullable, type, comment, newName, existing } = alteration
    const { supportsAlter } = this.dialect.traits
    if (alteration.autoincrement !== undefined || existing.autoincrement !== undefined) {
      warn(`autoincrement and existingAutoincrement have no meaning on ${this.dialect.name}`)
    }
    const target = { table, column, existing }
    if (nullable !== undefined) {
      await this.runDdl({ kind: 'alterColumnNullable', ...target, nullable })
    }
    if (alteration.serverDefault !== undefined) {
      await this.alterColumnDefault(table, column, alteration)
    }
    if (type !== undefined) {
      await this.runDdl({ kind: 'alterColumnType', ...target, type, using: null })
    }
    // Where nothing can be altered, the compiler says what to do instead.
    const isLeftOut = comment !== undefined && supportsAlter && this.#comments.leavesOutStatements()
    if (comment !== undefined && !isLeftOut) {
      const replaces = isText(existing.comment)
      await this.runDdl({ kind: 'setColumnComment', table, column, comment, replaces })
    }
    if (newName !== undefined) await this.runDdl({ kind: 'renameColumn', ...target, newName })
  }

  /** The change of a default, or of what stands in its place: `Identity`, `Computed`. */
  protected async alterColumnDefault(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    await this.runDdl(defaultChange(table, column, alteration))
  }

  /** Adds a constraint; one that a type brought along only where the dialect needs it. */
  async addConstraint(constraint: Constraint): Promise<void> {
    if (this.isNeeded(constraint)) await this.runDdl({ kind: 'addConstraint', constraint })
  }

  async dropConstraint(
    constraint: Constraint,
    settings: { readonly ifExists?: boolean | undefined } = {},
  ): Promise<void> {
    const ifExists = settings.ifExists ?? false
    await this.runDdl({ kind: 'dropConstraint', constraint, ifExists, cascade: false })
  }

  /** Whether the dialect has this constraint at all: a type's CHECK depends on what is native. */
  isNeeded(constraint: Constraint): boolean {
    if (!(constraint instanceof CheckConstraint)) return true
    return this.dialect.ddl.constraints.isCreated(constraint)
  }

  async createIndex(
    index: Index,
    settings: { readonly ifNotExists?: boolean | undefined } = {},
  ): Promise<void> {
    await this.runDdl({ kind: 'createIndex', index, ifNotExists: settings.ifNotExists ?? false })
  }

  async dropIndex(
    index: Index,
    settings: { readonly ifExists?: boolean | undefined } = {},
  ): Promise<void> {
    await this.runDdl({ kind: 'dropIndex', index, ifExists: settings.ifExists ?? false })
  }

  /** Whether there are statements for comments; where those of models are left out, they still stand for themselves. */
  protected get hasCommentStatements(): boolean {
    return this.dialect.traits.supportsComments
  }

  get #comments(): CommentSupport {
    const { traits } = this.dialect
    return (this.#commentSupport ??= new CommentSupport(traits, this.hasCommentStatements))
  }

  /** The comments that a table was created with. */
  async #createComments(table: TableClass): Promise<void> {
    const columns = table.columns.filter((column) => isText(column.comment))
    if (!isText(table.comment) && columns.length === 0) return
    if (this.#comments.leavesOutModels()) return
    if (isText(table.comment)) await this.createTableComment(table)
    for (const column of columns) await this.createColumnComment(column)
  }

  async createTableComment(table: TableClass): Promise<void> {
    if (this.#comments.leavesOutStatements()) return
    await this.runDdl({ kind: 'setTableComment', table, comment: table.comment })
  }

  async dropTableComment(table: TableClass): Promise<void> {
    if (!this.#comments.leavesOutStatements())
      await this.runDdl({ kind: 'dropTableComment', table })
  }

  async createColumnComment(column: Column): Promise<void> {
    if (this.#comments.leavesOutStatements() || column.table === null) return
    const { table, comment } = column
    const name = joinName(column.name, column.quote, false)
    await this.runDdl({ kind: 'setColumnComment', table, column: name, comment, replaces: false })
  }

  /** Inserts rows as they are read: on a server many with one statement, in a script one statement each, with literals. */
  async bulkInsert(
    table: StatementTable,
    rows: RowSource,
    settings: BulkInsertSettings = {},
  ): Promise<void> {
    await insertRows(this, table, rows, settings)
  }

  /** Whether a batch with these calls can only be carried out by making the table anew. */
  requiresRecreateInBatch(_calls: readonly BatchCall[]): boolean {
    return false
  }

  /** Called before a batch makes `table` anew, for what can't exist twice. */
  async prepTableForBatch(_batch: BatchStructure, _table: TableClass): Promise<void> {}

  /** How expressions of a reflected table are read; `null` where they are left as they are. */
  get expressionText(): ExpressionText | null {
    return null
  }

  /**
   * Runs `work`, which makes a table of a live database anew, in a transaction. Dialects take care here of what hangs on
   * the table from outside: triggers, rows that refer to it.
   */
  async guardRecreation(recreation: TableRecreation, work: () => Promise<void>): Promise<void> {
    const { connection } = recreation
    if (await connection.isInTransaction()) await work()
    else await connection.transaction(work)
  }

  /** Creates an index that a table had before it was made anew. `_renames`: new names of columns by the old ones. */
  async restoreIndex(index: Index, _renames: ReadonlyMap<string, string>): Promise<void> {
    await this.createIndex(index)
  }

  /** The name of a key that rows have beside their columns, to be copied where a table is made anew; `null` for none. */
  hiddenRowKey(_table: TableClass, _newTable: TableClass): string | null {
    return null
  }

  /** The expression that copies a column into a column of another type. `_reflected`: the old one is the database's own. */
  castForBatchMigrate(
    existingType: TypeEngine,
    expression: SqlExpression,
    newType: TypeEngine,
    _reflected: boolean,
  ): SqlExpression {
    return existingType.affinity === newType.affinity ? expression : new Cast(expression, newType)
  }
}

function isText(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== ''
}
