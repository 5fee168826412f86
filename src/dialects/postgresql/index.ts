import type { DriverConnection } from '../../engine/driver.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import { createDialect } from './compile/index.ts'
import { postgresqlDrivers, postgresqlPythonDrivers } from './drivers/index.ts'
import { openScratchPlace } from './impl/scratch-place.ts'
import { createCatalogReader } from './inspect/index.ts'

export { PostgresqlImpl } from './impl/index.ts'

async function readSettings(connection: DriverConnection): Promise<DialectSettings> {
  const { rows } = await connection.execute(
    `SELECT current_setting('server_version_num') AS version, current_schema() AS schema,
       current_setting('standard_conforming_strings') AS standard_strings`,
  )
  const { version, schema, standard_strings: standardStrings } = rows[0] ?? {}
  // Since server 10: the major version times 10000, plus the minor one.
  const number = Number(version)
  return {
    serverVersion: [Math.floor(number / 10_000), number % 10_000],
    // Null where no schema of the search path exists.
    ...(typeof schema === 'string' ? { defaultSchemaName: schema } : {}),
    flags: { backslashEscapes: standardStrings === 'off' },
  }
}

/** What connections to PostgreSQL need of the dialect. */
export const engine: DialectEngine = {
  createDialect,
  readSettings,
  drivers: postgresqlDrivers,
  pythonDrivers: postgresqlPythonDrivers,
  kyselyPrefix: 'Postgres',
  createInspector: (connection) => new Inspector(createCatalogReader(connection)),
  openScratch: openScratchPlace,
}
