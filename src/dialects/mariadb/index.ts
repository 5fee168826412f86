import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import { createFamilyDialect } from '../mysql/compile/index.ts'
import { mysqlPythonDrivers } from '../mysql/drivers/index.ts'
import { openScratchDatabase } from '../mysql/impl/scratch-database.ts'
import { createCatalogReader } from '../mysql/inspect/index.ts'
import type {} from '../mysql/compile/options.ts'
import { isMariadbVersion, readMariadbSettings } from '../mysql/inspect/server-settings.ts'
import type { MysqlSettings } from '../mysql/compile/traits.ts'
import { mariadbDrivers } from './drivers/index.ts'

export { MariadbImpl } from './impl.ts'

/** Makes the dialect `mariadb`: it takes `mariadb: { … }` options alone. */
export function createDialect(settings: MysqlSettings = {}): Dialect {
  return createFamilyDialect('mariadb', settings, { isMariadb: true })
}

/** MariaDB. */
export const engine: DialectEngine = {
  createDialect,
  readSettings: readMariadbSettings,
  drivers: mariadbDrivers,
  pythonDrivers: mysqlPythonDrivers,
  kyselyPrefix: 'Mysql',
  matchesServer: isMariadbVersion,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
  openScratch: openScratchDatabase,
}
