import type { DriverEntry } from '../../../engine/driver.ts'
import { standardTransactionStatements } from '../../../engine/transaction-statements.ts'
import type { TransactionStatements } from '../../../engine/transaction-statements.ts'

/** SQLite's drivers, the preferred one first. */
export const sqliteDrivers: readonly DriverEntry[] = [
  {
    packageName: 'better-sqlite3',
    names: ['better-sqlite3', 'better_sqlite3'],
    load: async () => (await import('./better-sqlite3.ts')).betterSqlite3Driver,
  },
  {
    packageName: 'node:sqlite',
    names: ['node-sqlite', 'node_sqlite', 'node.sqlite'],
    load: async () => (await import('./node-sqlite.ts')).nodeSqliteDriver,
  },
  {
    packageName: 'libsql',
    names: ['libsql'],
    load: async () => (await import('./libsql.ts')).libsqlDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const sqlitePythonDrivers: readonly string[] = ['pysqlite', 'aiosqlite']

/**
 * A deferred transaction that reads first fails with "database is locked" when it comes to write, without waiting; one
 * that begins as a writer waits its turn.
 */
export const sqliteTransactionStatements: TransactionStatements = {
  ...standardTransactionStatements,
  begin: 'BEGIN IMMEDIATE',
}
