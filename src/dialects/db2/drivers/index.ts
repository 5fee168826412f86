import type { DriverEntry } from '../../../engine/driver.ts'

/** Db2's drivers. */
export const db2Drivers: readonly DriverEntry[] = [
  {
    packageName: 'ibm_db',
    names: ['ibm_db'],
    load: async () => (await import('./ibm-db.ts')).ibmDbDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name beside `ibm_db`. */
export const db2PythonDrivers: readonly string[] = ['pyodbc', 'ibm_db_sa']
