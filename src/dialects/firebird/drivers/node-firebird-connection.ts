import { keyFromServer } from '../../../engine/capital-names.ts'
import { versionNumbers } from '../../../engine/driver.ts'
import type { DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { runEachRow } from '../../../engine/multi-row-insert.ts'
import { transactionVerb } from '../../../engine/transaction-verb.ts'
import { bindValue, exactValue, type FirebirdField } from './values.ts'

interface PackageResult {
  /** One object for a statement with RETURNING, undefined for one without rows. */
  readonly rows: readonly Row[] | Row | undefined
  readonly fields: readonly (FirebirdField & { readonly alias?: string })[]
  readonly affectedRows: number
}

type Row = Record<string, unknown>

interface PackageStatement {
  executeAsync(transaction: PackageTransaction, parameters: readonly unknown[]): Promise<unknown>
  dropAsync(): Promise<void>
}

/** What is used of a transaction of `node-firebird`. */
interface PackageTransaction {
  queryAsync(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly withMeta: true },
  ): Promise<PackageResult>
  newStatementAsync(sql: string): Promise<PackageStatement>
  commitAsync(): Promise<void>
  commitRetainingAsync(): Promise<void>
  rollbackAsync(): Promise<void>
}

/** What is used of a connection of `node-firebird`. */
export interface PackageDatabase {
  transactionAsync(): Promise<PackageTransaction>
}

/** A large object: the package reads it when asked, in the transaction of its row. */
type BlobReader = (
  transaction: PackageTransaction,
  done: (error: Error | null | undefined, name: string, events: BlobEvents) => void,
) => void

interface BlobEvents {
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** Makes a database by the same login; closing the session drops it. */
export type CreateBeside = (
  path: string,
  settings: { readonly pageSize: number; readonly defaultCharset: string },
) => Promise<NodeFirebirdConnection>

const INSERTS_ONE = /^\s*INSERT\b(?!.*\bRETURNING\b).*\bVALUES\s*\(.*\)\s*$/is
const CHANGES_SCHEMA = /^\s*(?:CREATE|ALTER|DROP|RECREATE|COMMENT|GRANT|REVOKE|SET\s+GENERATOR)\b/i

const DDL_SAVEPOINT = 'alembic_ddl'

/**
 * A session through `node-firebird`. On the wire a transaction is no statement but an object of its own: here BEGIN,
 * COMMIT and ROLLBACK act on the one that is open, and a statement outside of one gets its own.
 *
 * What DDL changes can't be used before the next commit (a new column is unknown in its own transaction), so a transaction
 * commits after each DDL statement and goes on, as the server's own `isql` does it (SET AUTODDL).
 */
export class NodeFirebirdConnection implements DriverConnection {
  readonly raw: PackageDatabase
  /** Absent where the session was handed over. */
  readonly createBeside: CreateBeside | undefined
  readonly #release: () => Promise<void>
  #transaction: PackageTransaction | undefined

  constructor(raw: PackageDatabase, release: () => Promise<void>, createBeside?: CreateBeside) {
    this.raw = raw
    this.#release = release
    this.createBeside = createBeside
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    if (await this.#actOnTransaction(sql)) return { rows: [], rowCount: undefined }
    const open = this.#transaction
    if (open !== undefined && CHANGES_SCHEMA.test(sql)) return await runDdl(open, sql, parameters)
    return await this.#inTransaction((transaction) => run(transaction, sql, parameters))
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    return await this.#inTransaction(async (transaction) => {
      if (INSERTS_ONE.test(sql)) return await insertPrepared(transaction, sql, rows, place)
      const run = async (row: readonly unknown[]): Promise<number> =>
        (await ask(transaction, sql, row)).affectedRows
      return await runEachRow(rows, place, run)
    })
  }

  async isInTransaction(): Promise<boolean> {
    return await Promise.resolve(this.#transaction !== undefined)
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute(
      `SELECT rdb$get_context('SYSTEM', 'ENGINE_VERSION') AS "version" FROM rdb$database`,
    )
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    await this.#release()
  }

  /** Whether the statement was one about the transaction, and is done. */
  async #actOnTransaction(sql: string): Promise<boolean> {
    const open = this.#transaction
    const verb = transactionVerb(sql)
    switch (verb) {
      case 'begin':
        this.#transaction ??= await this.raw.transactionAsync()
        break
      case 'commit':
        await open?.commitAsync()
        this.#transaction = undefined
        break
      case 'rollback':
        this.#transaction = undefined
        await open?.rollbackAsync()
        break
      case undefined:
    }
    return verb !== undefined
  }

  async #inTransaction<Result>(
    work: (transaction: PackageTransaction) => Promise<Result>,
  ): Promise<Result> {
    if (this.#transaction !== undefined) return await work(this.#transaction)
    const own = await this.raw.transactionAsync()
    try {
      const result = await work(own)
      await own.commitAsync()
      return result
    } catch (error) {
      // The first error is the one to know of.
      await own.rollbackAsync().catch(() => undefined)
      throw error
    }
  }
}

/** Four times as fast as asking for each row, but the package counts no rows here. */
async function insertPrepared(
  transaction: PackageTransaction,
  sql: string,
  rows: readonly (readonly unknown[])[],
  place: RowPlace | undefined,
): Promise<number> {
  const statement = await transaction.newStatementAsync(sql)
  try {
    return await runEachRow(rows, place, async (row) => {
      await statement.executeAsync(transaction, row.map(bindValue))
      return 1
    })
  } finally {
    await statement.dropAsync()
  }
}

async function ask(
  transaction: PackageTransaction,
  sql: string,
  parameters: readonly unknown[],
): Promise<PackageResult> {
  return await transaction.queryAsync(sql, parameters.map(bindValue), { withMeta: true })
}

/** DDL that the commit refuses would be refused by every later commit, too: it is taken back alone. */
async function runDdl(
  transaction: PackageTransaction,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  await ask(transaction, `SAVEPOINT ${DDL_SAVEPOINT}`, [])
  try {
    const result = await run(transaction, sql, parameters)
    await transaction.commitRetainingAsync()
    return result
  } catch (error) {
    // The first error is the one to know of.
    await ask(transaction, `ROLLBACK TO SAVEPOINT ${DDL_SAVEPOINT}`, []).catch(() => undefined)
    throw error
  }
}

async function run(
  transaction: PackageTransaction,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  const { rows = [], fields, affectedRows } = await ask(transaction, sql, parameters)
  const list = Array.isArray(rows) ? (rows as readonly Row[]) : [rows as Row]
  const exact: Row[] = []
  for (const row of list) exact.push(await exactRow(transaction, row, fields))
  return { rows: exact, rowCount: affectedRows }
}

async function exactRow(
  transaction: PackageTransaction,
  row: Row,
  fields: PackageResult['fields'],
): Promise<Row> {
  const exact: Row = {}
  for (const [index, [name, value]] of Object.entries(row).entries()) {
    const field = fields.find(({ alias }) => alias === name) ?? fields[index]
    const read =
      typeof value === 'function' ? await readBlob(transaction, value as BlobReader) : value
    exact[keyFromServer(name)] = field === undefined ? read : exactValue(read, field)
  }
  return exact
}

async function readBlob(transaction: PackageTransaction, read: BlobReader): Promise<Uint8Array> {
  return await new Promise((resolve, reject) => {
    read(transaction, (error, _name, events) => {
      if (error !== null && error !== undefined) {
        reject(error)
        return
      }
      const chunks: Uint8Array[] = []
      events.on('data', (chunk) => chunks.push(chunk))
      events.on('error', reject)
      events.on('end', () => {
        resolve(new Uint8Array(Buffer.concat(chunks)))
      })
    })
  })
}
