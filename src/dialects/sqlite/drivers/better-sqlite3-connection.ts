import type { DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import { DriverMissingError } from '../../../errors/driver-error.ts'
import { bindValue } from './bind-value.ts'
import type { DatabaseFile } from './database-file.ts'
import { openDatabase } from './database-file.ts'
import { exactRows } from './exact-rows.ts'
import { keep, mayAbortWhenCollected } from './kept-objects.ts'
import { RowInserts } from './row-inserts.ts'

interface Statement {
  readonly reader: boolean
  safeIntegers(on: boolean): unknown
  // An array, because a single value that is an object would be taken for named parameters.
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): { readonly changes: number | bigint }
}

/** What `better-sqlite3` and `libsql` have in common. */
export interface BetterSqlite3Database {
  readonly inTransaction: boolean
  prepare(sql: string): Statement
  exec(sql: string): unknown
  close(): unknown
}

/** The constructor that those packages export. */
export type BetterSqlite3Constructor = new (
  filename: string,
  options: Readonly<Record<string, unknown>>,
) => BetterSqlite3Database

/** A session through `better-sqlite3` or a package of the same interface. */
export class BetterSqlite3Connection implements DriverConnection {
  readonly raw: BetterSqlite3Database
  readonly #owned: boolean
  readonly #forgetsRest: boolean
  readonly #inserts: RowInserts
  readonly #keeps: boolean

  /** `owned` is closed with this; with `forgetsRest`, prepare() takes the first of several statements in silence. */
  constructor(
    raw: BetterSqlite3Database,
    { owned, forgetsRest = false }: { readonly owned: boolean; readonly forgetsRest?: boolean },
  ) {
    this.raw = raw
    this.#keeps = mayAbortWhenCollected(raw)
    this.#inserts = new RowInserts(raw, (statement) => this.#kept(statement))
    this.#owned = owned
    this.#forgetsRest = forgetsRest
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const statement = this.#prepare(sql, parameters.length === 0)
    if (statement === undefined) return { rows: [], rowCount: undefined }
    const values = parameters.map(bindValue)
    if (statement.reader) {
      statement.safeIntegers(true)
      const rows = exactRows(statement.all(values))
      return { rows, rowCount: rows.length }
    }
    return { rows: [], rowCount: Number(statement.run(values).changes) }
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    return this.#inserts.run(sql, rows, place)
  }

  async isInTransaction(): Promise<boolean> {
    return this.raw.inTransaction
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

  #kept<Kept extends object>(object: Kept): Kept {
    return this.#keeps ? keep(object) : object
  }

  /** Prepares one statement; runs a script of several, or of none, at once and gives undefined. */
  #prepare(sql: string, mayBeScript: boolean): Statement | undefined {
    if (mayBeScript && this.#forgetsRest && looksLikeScript(sql)) {
      this.raw.exec(sql)
      return undefined
    }
    try {
      return this.#kept(this.raw.prepare(sql))
    } catch (error) {
      if (!mayBeScript || !isNotOneStatement(error)) throw error
      this.raw.exec(sql)
      return undefined
    }
  }
}

function isNotOneStatement(error: unknown): boolean {
  return error instanceof Error && /more than one statement|no statements/.test(error.message)
}

const OPAQUE = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|\/\*.*?\*\/|--[^\n]*/gs

/** Whether something follows a semicolon; a trigger's body does, and runs as a script just as well. */
function looksLikeScript(sql: string): boolean {
  return /;\s*\S/.test(sql.replaceAll(OPAQUE, ' '))
}

/** Opens a file with a package of this interface. */
export function openBetterSqlite3(
  Database: BetterSqlite3Constructor,
  file: DatabaseFile,
  connectArgs: Readonly<Record<string, unknown>> = {},
): BetterSqlite3Database {
  const raw = openDatabase(file, () => {
    const database = construct(Database, file, connectArgs)
    // SQLite reads the file only when asked: a file that is no database, or a lock, shows now and not in a migration.
    const statement = database.prepare('PRAGMA schema_version')
    if (mayAbortWhenCollected(database)) [database, statement].forEach(keep)
    statement.all([])
    return database
  })
  if (file.foreignKeys !== undefined) {
    raw.exec(`PRAGMA foreign_keys = ${file.foreignKeys ? 'ON' : 'OFF'}`)
  }
  return raw
}

/** The package loads what is compiled of it with its first database. */
function construct(
  Database: BetterSqlite3Constructor,
  file: DatabaseFile,
  connectArgs: Readonly<Record<string, unknown>>,
): BetterSqlite3Database {
  try {
    return new Database(file.filename, {
      readonly: file.readonly,
      fileMustExist: file.mustExist,
      timeout: file.timeoutMilliseconds,
      ...connectArgs,
    })
  } catch (cause) {
    if (!isNotCompiled(cause)) throw cause
    throw new DriverMissingError(
      `The database driver 'better-sqlite3' is installed, but not compiled for this Node, ${process.version}. Run: npm rebuild better-sqlite3`,
      { cause },
    )
  }
}

function isNotCompiled(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: unknown }
  return code === 'ERR_DLOPEN_FAILED' || error.message.startsWith('Could not locate the bindings')
}

/** Whether the user's object has this interface. */
export function isBetterSqlite3Database(value: unknown): value is BetterSqlite3Database {
  return (
    typeof value === 'object' &&
    value !== null &&
    'prepare' in value &&
    typeof value.prepare === 'function' &&
    'pragma' in value &&
    typeof value.pragma === 'function' &&
    'inTransaction' in value
  )
}

/** Whether a Database of this interface is libsql's, which can also replicate. */
export function isLibsqlDatabase(database: BetterSqlite3Database): boolean {
  return 'sync' in database
}
