import type { DriverEntry } from '../../../engine/driver.ts'

/** Oracle's drivers. */
export const oracleDrivers: readonly DriverEntry[] = [
  {
    packageName: 'oracledb',
    names: ['node-oracledb'],
    load: async () => (await import('./oracledb.ts')).oracledbDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name; `oracledb` is one on both sides. */
export const oraclePythonDrivers: readonly string[] = ['oracledb', 'oracledb_async', 'cx_oracle']
