import { existsSync } from 'node:fs'
import { ConnectionError, DriverMissingError } from '../../../errors/driver-error.ts'
import type { Driver, DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import { bindValue } from './bind-value.ts'
import { databaseFile, openDatabase } from './database-file.ts'
import type { DatabaseFile } from './database-file.ts'
import { exactRows } from './exact-rows.ts'
import { RowInserts, type RowStatement } from './row-inserts.ts'

interface StatementSync {
  readonly sourceSQL: string
  setReadBigInts(on: boolean): void
  columns(): readonly unknown[]
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): { readonly changes: number | bigint }
}

interface DatabaseSync {
  readonly isTransaction: boolean
  prepare(sql: string): StatementSync
  exec(sql: string): void
  close(): void
}

interface NodeSqlite {
  readonly DatabaseSync: new (
    filename: string,
    options: Readonly<Record<string, unknown>>,
  ) => DatabaseSync
}

/** A session through Node's own SQLite. */
export class NodeSqliteConnection implements DriverConnection {
  readonly raw: DatabaseSync
  readonly #owned: boolean
  readonly #inserts: RowInserts

  constructor(raw: DatabaseSync, owned: boolean) {
    this.raw = raw
    this.#owned = owned
    this.#inserts = new RowInserts({
      get inTransaction() {
        return raw.isTransaction
      },
      exec: (sql) => raw.exec(sql),
      prepare: (sql) => rowStatement(raw.prepare(sql)),
    })
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const statement = this.#prepare(sql)
    if (statement === undefined || (parameters.length === 0 && !isAllOf(sql, statement))) {
      this.raw.exec(sql)
      return { rows: [], rowCount: undefined }
    }
    const values = parameters.map(bindValue)
    if (statement.columns().length === 0) {
      return { rows: [], rowCount: Number(statement.run(...values).changes) }
    }
    statement.setReadBigInts(true)
    const rows = exactRows(statement.all(...values).map((row) => ({ ...(row as object) })))
    return { rows, rowCount: rows.length }
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    return this.#inserts.run(sql, rows, place)
  }

  async isInTransaction(): Promise<boolean> {
    return this.raw.isTransaction
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute('SELECT sqlite_version() AS version')
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    if (this.#owned) this.raw.close()
  }

  /** Undefined where the text holds no statement, which Node refuses in words that differ from version to version. */
  #prepare(sql: string): StatementSync | undefined {
    return isNothing(sql) ? undefined : this.raw.prepare(sql)
  }
}

/** Whether the text is blanks, comments and semicolons only. */
function isNothing(text: string): boolean {
  return /^(?:\s|;|--.*(?:\n|$)|\/\*[^]*?\*\/)*$/.test(text)
}

/** prepare() takes the first statement and forgets the rest. */
function isAllOf(sql: string, { sourceSQL }: StatementSync): boolean {
  return isNothing(sql.slice(sql.indexOf(sourceSQL) + sourceSQL.length))
}

function rowStatement(statement: StatementSync): RowStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters),
    run: (parameters) => statement.run(...parameters),
  }
}

/** SQLite through `node:sqlite`, built into Node 22.16 and later. */
export const nodeSqliteDriver: Driver = {
  packageName: 'node:sqlite',

  async connect(url, connectArgs) {
    const file = databaseFile(url, 'node:sqlite')
    const { DatabaseSync: Database } = loadNodeSqlite()
    return new NodeSqliteConnection(open(Database, file, connectArgs), true)
  },

  async adopt(connection) {
    return isDatabaseSync(connection) ? new NodeSqliteConnection(connection, false) : undefined
  },
}

function loadNodeSqlite(): NodeSqlite {
  const [major = 0, minor = 0] = versionNumbers(process.version)
  // isTransaction, columns() and the time-out came with 22.16; getBuiltinModule is older than those.
  if (major < 22 || (major === 22 && minor < 16)) {
    throw new DriverMissingError(
      `The database driver 'node:sqlite' needs Node 22.16 or later, this is ${process.version}. Install another: npm install better-sqlite3`,
    )
  }
  return withoutExperimentalWarning(
    () => process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite,
  )
}

/** Node says so of the module at its first use; whoever runs a command can do nothing about it. */
function withoutExperimentalWarning<Result>(load: () => Result): Result {
  const emitWarning = Reflect.get(process, 'emitWarning')
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    const [type] = rest
    if (type === 'ExperimentalWarning') return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}

function open(
  Database: NodeSqlite['DatabaseSync'],
  file: DatabaseFile,
  connectArgs: Readonly<Record<string, unknown>> | undefined,
): DatabaseSync {
  return openDatabase(file, () => {
    // Node has no such option, and would make the file.
    if (file.mustExist && file.filename !== ':memory:' && !existsSync(file.filename)) {
      throw new ConnectionError('unable to open database file')
    }
    const database = new Database(file.filename, {
      readOnly: file.readonly,
      timeout: file.timeoutMilliseconds,
      ...(file.foreignKeys === undefined ? {} : { enableForeignKeyConstraints: file.foreignKeys }),
      ...connectArgs,
    })
    database.prepare('PRAGMA schema_version').all()
    return database
  })
}

function isDatabaseSync(value: unknown): value is DatabaseSync {
  return (
    typeof value === 'object' &&
    value !== null &&
    'prepare' in value &&
    typeof value.prepare === 'function' &&
    'isTransaction' in value
  )
}
