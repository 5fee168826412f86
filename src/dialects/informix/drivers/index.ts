import type { DriverEntry } from '../../../engine/driver.ts'

/** Informix's drivers. */
export const informixDrivers: readonly DriverEntry[] = [
  {
    packageName: 'odbc',
    names: ['odbc'],
    load: async () => (await import('./odbc.ts')).informixOdbcDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const informixPythonDrivers: readonly string[] = ['ifxpy', 'pyodbc', 'informixdb']
