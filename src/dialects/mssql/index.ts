import type { DriverConnection } from '../../engine/driver.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { TransactionStatements } from '../../engine/transaction-statements.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import { createDialect } from './compile/index.ts'
import { mssqlDrivers, mssqlPythonDrivers } from './drivers/index.ts'
import { createCatalogReader } from './inspect/index.ts'

export { MssqlImpl } from './impl/index.ts'

async function readSettings(connection: DriverConnection): Promise<DialectSettings> {
  const { rows } = await connection.execute('SELECT SCHEMA_NAME() AS [schema]')
  const schema = rows[0]?.['schema']
  return {
    serverVersion: await connection.serverVersion(),
    // Null for users that come in through a Windows group without a default schema of its own.
    defaultSchemaName: typeof schema === 'string' ? schema : 'dbo',
  }
}

const transactionStatements: TransactionStatements = {
  begin: 'BEGIN TRANSACTION',
  commit: 'COMMIT TRANSACTION',
  rollback: 'ROLLBACK TRANSACTION',
  savepoint: (name) => `SAVE TRANSACTION ${name}`,
  // Savepoints end with their transaction.
  releaseSavepoint: () => undefined,
  rollbackToSavepoint: (name) => `ROLLBACK TRANSACTION ${name}`,
}

/** What connections to SQL Server need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  readSettings,
  drivers: mssqlDrivers,
  pythonDrivers: mssqlPythonDrivers,
  transactionStatements,
  kyselyPrefix: 'Mssql',
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
}
