import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import {
  BetterSqlite3Connection,
  isBetterSqlite3Database,
  isLibsqlDatabase,
  openBetterSqlite3,
} from './better-sqlite3-connection.ts'
import type { BetterSqlite3Constructor } from './better-sqlite3-connection.ts'
import { databaseFile } from './database-file.ts'

/** SQLite through `better-sqlite3`. */
export const betterSqlite3Driver: Driver = {
  packageName: 'better-sqlite3',

  async connect(url, connectArgs) {
    const file = databaseFile(url, 'better-sqlite3')
    const Database = await importDriver<BetterSqlite3Constructor>('better-sqlite3')
    const raw = openBetterSqlite3(Database, file, connectArgs)
    return new BetterSqlite3Connection(raw, { owned: true })
  },

  async adopt(connection) {
    return isBetterSqlite3Database(connection) && !isLibsqlDatabase(connection)
      ? new BetterSqlite3Connection(connection, { owned: false })
      : undefined
  },
}
