import { mariadbDrivers } from '../../src/dialects/mariadb/drivers/index.ts'
import { mysqlDrivers, mysqlPythonDrivers } from '../../src/dialects/mysql/drivers/index.ts'
import {
  postgresqlDrivers,
  postgresqlPythonDrivers,
} from '../../src/dialects/postgresql/drivers/index.ts'
import {
  sqliteDrivers,
  sqlitePythonDrivers,
  sqliteTransactionStatements,
} from '../../src/dialects/sqlite/drivers/index.ts'
import { registerDialect } from '../../src/engine/registry.ts'
import type { DialectEngine } from '../../src/engine/registry.ts'
import type { Dialect, DialectSettings } from '../../src/sql/compile/dialect.ts'

/** The four databases with a live server here, with what the engine needs of them and no compilers. */
export function registerLiveDialects(): void {
  const register = (
    name: string,
    parts: Pick<DialectEngine, 'drivers' | 'pythonDrivers'> & Partial<DialectEngine>,
    aliases: readonly string[] = [],
  ): void => {
    const engine: DialectEngine = {
      createDialect: (settings: DialectSettings = {}) => ({ name, settings }) as unknown as Dialect,
      createInspector: () => {
        throw new TypeError('not used here')
      },
      ...parts,
    }
    registerDialect(name, { aliases, load: async () => engine })
  }
  const drivers = { drivers: postgresqlDrivers, pythonDrivers: postgresqlPythonDrivers }
  register('postgresql', drivers, ['postgres'])
  register('mysql', {
    drivers: mysqlDrivers,
    pythonDrivers: mysqlPythonDrivers,
    matchesServer: (version) => !version.includes('MariaDB'),
  })
  register('mariadb', {
    drivers: mariadbDrivers,
    pythonDrivers: mysqlPythonDrivers,
    matchesServer: (version) => version.includes('MariaDB'),
  })
  register('sqlite', {
    drivers: sqliteDrivers,
    pythonDrivers: sqlitePythonDrivers,
    transactionStatements: sqliteTransactionStatements,
  })
}

/** The live servers; their URLs can be given in the environment. */
export const POSTGRESQL_SERVER: string =
  process.env['ALEMBIC_TEST_POSTGRESQL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
export const MARIADB_SERVER: string =
  process.env['ALEMBIC_TEST_MARIADB'] ?? 'mariadb://root@127.0.0.1:3306'
