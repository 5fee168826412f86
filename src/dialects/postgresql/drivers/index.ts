import type { DriverEntry } from '../../../engine/driver.ts'

/** PostgreSQL's drivers, the preferred one first. */
export const postgresqlDrivers: readonly DriverEntry[] = [
  {
    packageName: 'pg',
    names: ['pg', 'node-postgres'],
    load: async () => (await import('./pg.ts')).pgDriver,
  },
  {
    packageName: '@electric-sql/pglite',
    names: ['pglite'],
    onlyByName: true,
    load: async () => (await import('./pglite.ts')).pgliteDriver,
  },
]

/** The drivers that SQLAlchemy's URLs name. */
export const postgresqlPythonDrivers: readonly string[] = [
  'psycopg2',
  'psycopg2cffi',
  'psycopg',
  'psycopg_async',
  'asyncpg',
  'pg8000',
]
