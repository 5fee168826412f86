import type { Connection } from '../../../engine/connection.ts'
import { driverMessage } from '../../../engine/driver-failure.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableSurroundings } from './table-surroundings.ts'

const PROBE = '_alembic_probe'

/** Whether every view and trigger of the schema can be understood. */
export async function isSchemaReadable(
  connection: Connection,
  surroundings: TableSurroundings,
): Promise<boolean> {
  return (await readSchema(connection, surroundings)) === null
}

/**
 * Sees that views and triggers still find the columns that they name.
 *
 * @throws OperationError that names the first which doesn't
 */
export async function assertSchemaReadable(
  connection: Connection,
  surroundings: TableSurroundings,
): Promise<void> {
  const failure = await readSchema(connection, surroundings)
  if (failure === null) return
  throw new OperationError(
    `After the change a view or trigger would no longer work: ${failure}. Everything was taken back; drop the view or trigger before the batch, and create it again behind it`,
  )
}

/** What SQLite can't read of the schema. RENAME TABLE reads it all: it is tried on a table of its own, and taken back. */
async function readSchema(
  connection: Connection,
  surroundings: TableSurroundings,
): Promise<string | null> {
  if (!(await surroundings.hasDependents())) return null
  const { schema } = surroundings
  await connection.execute('PRAGMA legacy_alter_table = OFF')
  await connection.execute(`SAVEPOINT ${PROBE}`)
  try {
    await connection.execute(`CREATE TABLE ${schema}.${PROBE} (a)`)
    await connection.execute(`ALTER TABLE ${schema}.${PROBE} RENAME TO ${PROBE}_2`)
    return null
  } catch (error) {
    if (error instanceof StatementError) return driverMessage(error.cause)
    throw error
  } finally {
    await connection.execute(`ROLLBACK TO SAVEPOINT ${PROBE}`)
    await connection.execute(`RELEASE SAVEPOINT ${PROBE}`)
    await connection.execute('PRAGMA legacy_alter_table = ON')
  }
}
