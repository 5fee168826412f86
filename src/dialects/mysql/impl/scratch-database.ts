import { randomBytes } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { SCRATCH_PREFIX, type ScratchPlace } from '../../../engine/scratch-place.ts'
import { OperationError } from '../../../errors/operation-error.ts'

/**
 * A database with the user's character set, which the session changes into. A lock of its name, which ends with the session,
 * says that it is in use.
 */
export async function openScratchDatabase(connection: Connection): Promise<ScratchPlace> {
  const { preparer } = connection.dialect
  const { rows } = await connection.execute(
    'SELECT DATABASE() AS name, @@character_set_database AS charset, @@collation_database AS collation',
  )
  const { name: own, charset, collation } = rows[0] ?? {}
  if (typeof own !== 'string') throw new OperationError('the connection has no current database')
  await dropLeftovers(connection)
  const name = SCRATCH_PREFIX + randomBytes(8).toString('hex')
  await connection.execute('SELECT GET_LOCK(?, 0)', [name])
  await connection.execute(
    `CREATE DATABASE ${name} CHARACTER SET ${String(charset)} COLLATE ${String(collation)}`,
  )
  await connection.execute(`USE ${name}`)
  return {
    description: 'a scratch database',
    session: connection.driverConnection,
    dispose: async () => {
      await connection.execute(`USE ${preparer.quoteAlways(own)}`)
      await connection.execute(`DROP DATABASE ${name}`)
      await connection.execute('SELECT RELEASE_LOCK(?)', [name])
    },
  }
}

async function dropLeftovers(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    `SELECT schema_name AS name, IS_FREE_LOCK(schema_name) AS free FROM information_schema.schemata
     WHERE LEFT(schema_name, ${SCRATCH_PREFIX.length}) = ?`,
    [SCRATCH_PREFIX],
  )
  for (const { name, free } of rows) {
    if (Number(free) !== 1) continue
    const quoted = connection.dialect.preparer.quoteAlways(String(name))
    await connection.execute(`DROP DATABASE IF EXISTS ${quoted}`)
  }
}
