import { versionNumbers, type DriverConnection } from '../../engine/driver.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { TransactionStatements } from '../../engine/transaction-statements.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import { createDialect } from './compile/index.ts'
import { sybaseDrivers, sybasePythonDrivers } from './drivers/index.ts'
import { createCatalogReader } from './inspect/index.ts'

export { SybaseImpl } from './impl.ts'

async function readSettings(connection: DriverConnection): Promise<DialectSettings> {
  const { rows } = await connection.execute('SELECT user_name() AS owner')
  const owner = rows[0]?.['owner']
  return {
    serverVersion: versionNumbers(await connection.serverVersionText()),
    ...(typeof owner === 'string' ? { defaultSchemaName: owner } : {}),
  }
}

/** Savepoints end with the transaction: ASE 16.0, Reference Manual: Commands, save transaction. */
const transactionStatements: TransactionStatements = {
  begin: 'BEGIN TRANSACTION',
  commit: 'COMMIT TRANSACTION',
  rollback: 'ROLLBACK TRANSACTION',
  savepoint: (name) => `SAVE TRANSACTION ${name}`,
  releaseSavepoint: () => undefined,
  rollbackToSavepoint: (name) => `ROLLBACK TRANSACTION ${name}`,
}

/** What connections to Adaptive Server need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  readSettings,
  drivers: sybaseDrivers,
  pythonDrivers: sybasePythonDrivers,
  transactionStatements,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
}
