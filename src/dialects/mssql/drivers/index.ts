import type { DriverEntry } from '../../../engine/driver.ts'

/** SQL Server's drivers. */
export const mssqlDrivers: readonly DriverEntry[] = [
  {
    packageName: 'tedious',
    names: ['tedious'],
    load: async () => (await import('./tedious.ts')).tediousDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const mssqlPythonDrivers: readonly string[] = ['pyodbc', 'aioodbc', 'pymssql', 'mssqlpython']
