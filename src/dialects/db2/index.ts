import { nameFromCatalog } from '../../engine/capital-names.ts'
import type { DriverConnection } from '../../engine/driver.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { TransactionStatements } from '../../engine/transaction-statements.ts'
import { standardTransactionStatements } from '../../engine/transaction-statements.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import { createDialect } from './compile/index.ts'
import { db2Drivers, db2PythonDrivers } from './drivers/index.ts'
import { createCatalogReader } from './inspect/index.ts'

export { Db2Impl } from './impl.ts'

async function readSettings(connection: DriverConnection): Promise<DialectSettings> {
  const { rows } = await connection.execute(
    'SELECT CURRENT SCHEMA AS "schema" FROM SYSIBM.SYSDUMMY1',
  )
  const schema = rows[0]?.['schema']
  return {
    serverVersion: await connection.serverVersion(),
    ...(typeof schema === 'string'
      ? { defaultSchemaName: nameFromCatalog(schema.trimEnd(), createDialect().preparer) }
      : {}),
  }
}

/** A savepoint must say what becomes of cursors: Db2 11.5 SQL reference, SAVEPOINT. */
const transactionStatements: TransactionStatements = {
  ...standardTransactionStatements,
  savepoint: (name) => `SAVEPOINT ${name} ON ROLLBACK RETAIN CURSORS`,
}

/** What connections to Db2 need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  readSettings,
  drivers: db2Drivers,
  pythonDrivers: db2PythonDrivers,
  transactionStatements,
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
}
