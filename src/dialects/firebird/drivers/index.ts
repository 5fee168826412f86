import type { DriverEntry } from '../../../engine/driver.ts'

/** Firebird's drivers. */
export const firebirdDrivers: readonly DriverEntry[] = [
  {
    packageName: 'node-firebird',
    names: ['node-firebird', 'nodefirebird'],
    load: async () => (await import('./node-firebird.ts')).nodeFirebirdDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const firebirdPythonDrivers: readonly string[] = ['fdb', 'firebird', 'kinterbasdb']
