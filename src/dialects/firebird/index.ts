import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import { createDialect } from './compile/index.ts'
import { firebirdDrivers, firebirdPythonDrivers } from './drivers/index.ts'
import { openScratchFile } from './drivers/scratch-file.ts'
import { createCatalogReader } from './inspect/index.ts'

export type * from './compile/options.ts'
export { FirebirdImpl } from './impl/index.ts'

/** What connections to Firebird need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  drivers: firebirdDrivers,
  pythonDrivers: firebirdPythonDrivers,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
  openScratch: openScratchFile,
}
