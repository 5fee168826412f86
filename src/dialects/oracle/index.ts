import { nameFromCatalog } from '../../engine/capital-names.ts'
import type { DriverConnection } from '../../engine/driver.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { TransactionStatements } from '../../engine/transaction-statements.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import { createDialect } from './compile/index.ts'
import { oracleDrivers, oraclePythonDrivers } from './drivers/index.ts'
import { createCatalogReader } from './inspect/index.ts'

export { OracleImpl } from './impl/index.ts'

async function readSettings(connection: DriverConnection): Promise<DialectSettings> {
  const { rows } = await connection.execute(
    `SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') AS "schema" FROM DUAL`,
  )
  const schema = rows[0]?.['schema']
  const serverVersion = await connection.serverVersion()
  if (typeof schema !== 'string') return { serverVersion }
  const { preparer } = createDialect({ serverVersion })
  return { serverVersion, defaultSchemaName: nameFromCatalog(schema, preparer) }
}

const transactionStatements: TransactionStatements = {
  // A transaction begins by itself; this makes the driver leave off committing each statement.
  begin: 'SET TRANSACTION READ WRITE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  savepoint: (name) => `SAVEPOINT ${name}`,
  // Savepoints end with their transaction.
  releaseSavepoint: () => undefined,
  rollbackToSavepoint: (name) => `ROLLBACK TO SAVEPOINT ${name}`,
}

/** What connections to Oracle need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  readSettings,
  drivers: oracleDrivers,
  pythonDrivers: oraclePythonDrivers,
  transactionStatements,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
}
