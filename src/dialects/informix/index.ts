import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import { createDialect } from './compile/index.ts'
import { informixDrivers, informixPythonDrivers } from './drivers/index.ts'
import { createCatalogReader } from './inspect/index.ts'

export { InformixImpl } from './impl.ts'

/** What connections to Informix need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  drivers: informixDrivers,
  pythonDrivers: informixPythonDrivers,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
}
