import { TransactionError } from '../../../errors/driver-error.ts'
import type { Connection } from '../../../engine/connection.ts'

/** Whether the connection enforces foreign keys. Each driver has its own default. */
export async function readForeignKeys(connection: Connection): Promise<boolean> {
  const { rows } = await connection.execute('PRAGMA foreign_keys')
  return rows[0]?.['foreign_keys'] === 1
}

/** Turns the enforcement on or off. Throws TransactionError inside a transaction, where SQLite ignores the request. */
export async function setForeignKeys(connection: Connection, enforced: boolean): Promise<void> {
  if (await connection.isInTransaction()) {
    throw new TransactionError("SQLite can't change PRAGMA foreign_keys inside a transaction")
  }
  await connection.execute(`PRAGMA foreign_keys = ${enforced ? 'ON' : 'OFF'}`)
}
