import type { DriverEntry } from '../../../engine/driver.ts'

export const mysql2Entry: DriverEntry = {
  packageName: 'mysql2',
  names: ['mysql2'],
  load: async () => (await import('./mysql2.ts')).mysql2Driver,
}

export const mariadbEntry: DriverEntry = {
  packageName: 'mariadb',
  names: ['mariadb'],
  load: async () => (await import('./mariadb.ts')).mariadbDriver,
}

/** MySQL's drivers, the preferred one first. */
export const mysqlDrivers: readonly DriverEntry[] = [mysql2Entry, mariadbEntry]

/** The drivers that SQLAlchemy's URLs name. */
export const mysqlPythonDrivers: readonly string[] = [
  'mysqldb',
  'mysqlclient',
  'pymysql',
  'mysqlconnector',
  'mariadbconnector',
  'aiomysql',
  'asyncmy',
  'cymysql',
  'pyodbc',
]
