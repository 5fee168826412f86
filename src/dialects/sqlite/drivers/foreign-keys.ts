import { TransactionError } from '../../../errors/driver-error.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { QueryResult } from '../../../engine/driver.ts'

/**
 * Whether the connection enforces foreign keys. Each driver has its own default; a server that doesn't answer may enforce
 * them.
 */
export async function readForeignKeys(connection: Connection): Promise<boolean> {
  return mayEnforce(await connection.execute('PRAGMA foreign_keys'))
}

/** What the answer to `PRAGMA foreign_keys` says. */
export function mayEnforce({ rows }: QueryResult): boolean {
  const answer = rows[0]?.['foreign_keys']
  return answer === undefined || Number(answer) !== 0
}

/** Turns the enforcement on or off. Throws TransactionError inside a transaction, where SQLite ignores the request. */
export async function setForeignKeys(connection: Connection, enforced: boolean): Promise<void> {
  if (await connection.isInTransaction()) {
    throw new TransactionError("SQLite can't change PRAGMA foreign_keys inside a transaction")
  }
  await connection.execute(`PRAGMA foreign_keys = ${enforced ? 'ON' : 'OFF'}`)
}
