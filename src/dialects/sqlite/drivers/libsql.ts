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

/** SQLite through `libsql`, which needs no compiler. It takes some ALTER statements that SQLite refuses. */
export const libsqlDriver: Driver = {
  packageName: 'libsql',

  async connect(url, connectArgs) {
    const file = databaseFile(url, 'libsql')
    const Database = await importDriver<BetterSqlite3Constructor>('libsql')
    const raw = openBetterSqlite3(Database, file, connectArgs)
    return new BetterSqlite3Connection(raw, { owned: true, forgetsRest: true })
  },

  async adopt(connection) {
    return isBetterSqlite3Database(connection) && isLibsqlDatabase(connection)
      ? new BetterSqlite3Connection(connection, { owned: false, forgetsRest: true })
      : undefined
  },
}
