import type { DriverEntry } from '../../../engine/driver.ts'

/** Adaptive Server's drivers. */
export const sybaseDrivers: readonly DriverEntry[] = [
  {
    packageName: 'odbc',
    names: ['odbc'],
    load: async () => (await import('./odbc.ts')).sybaseOdbcDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const sybasePythonDrivers: readonly string[] = ['pyodbc', 'pysybase', 'mxodbc']
