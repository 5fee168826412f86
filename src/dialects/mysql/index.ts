import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import { createFamilyDialect } from './compile/index.ts'
import { mysqlDrivers, mysqlPythonDrivers } from './drivers/index.ts'
import { openScratchDatabase } from './impl/scratch-database.ts'
import { createCatalogReader } from './inspect/index.ts'
import type {} from './compile/options.ts'
import { isMariadbVersion, readServerSettings } from './inspect/server-settings.ts'
import type { MysqlSettings } from './compile/traits.ts'

export { MysqlImpl } from './impl/index.ts'

/** Makes the dialect `mysql`; a connection to MariaDB sets `isMariadb`, and the dialect keeps its name. */
export function createDialect(settings: MysqlSettings = {}): Dialect {
  return createFamilyDialect('mysql', settings)
}

/** MySQL, and MariaDB through a `mysql://` URL. */
export const engine: DialectEngine = {
  createDialect,
  readSettings: readServerSettings,
  drivers: mysqlDrivers,
  pythonDrivers: mysqlPythonDrivers,
  kyselyPrefix: 'Mysql',
  matchesServer: (versionText) => !isMariadbVersion(versionText),
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
  openScratch: openScratchDatabase,
}
