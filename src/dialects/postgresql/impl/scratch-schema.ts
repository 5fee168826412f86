import { randomBytes } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { SCRATCH_PREFIX, type ScratchPlace } from '../../../engine/scratch-place.ts'

/**
 * A schema that alone is on the search path: no table of the user's is touched or locked. An advisory lock, which ends with
 * the session, says that it is in use.
 */
export async function openScratchSchema(connection: Connection): Promise<ScratchPlace> {
  await dropLeftovers(connection)
  const name = SCRATCH_PREFIX + randomBytes(8).toString('hex')
  const { rows } = await connection.execute(
    "SELECT current_setting('search_path') AS path, pg_try_advisory_lock(hashtext($1)) AS taken",
    [name],
  )
  const path = String(rows[0]?.['path'])
  await connection.execute(`CREATE SCHEMA ${name}`)
  await setSearchPath(connection, name)
  return {
    description: 'a scratch schema',
    session: connection.driverConnection,
    dispose: async () => {
      await setSearchPath(connection, path)
      await connection.execute(`DROP SCHEMA ${name} CASCADE`)
      await unlock(connection, name)
    },
  }
}

async function setSearchPath(connection: Connection, path: string): Promise<void> {
  await connection.execute("SELECT set_config('search_path', $1, false)", [path])
}

async function dropLeftovers(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    'SELECT nspname AS name FROM pg_catalog.pg_namespace WHERE starts_with(nspname, $1)',
    [SCRATCH_PREFIX],
  )
  for (const { name } of rows) {
    const found = await connection.execute('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [
      name,
    ])
    if (found.rows[0]?.['taken'] !== true) continue
    const quoted = connection.dialect.preparer.quote(String(name))
    await connection.execute(`DROP SCHEMA IF EXISTS ${quoted} CASCADE`)
    await unlock(connection, String(name))
  }
}

async function unlock(connection: Connection, name: string): Promise<void> {
  await connection.execute('SELECT pg_advisory_unlock(hashtext($1))', [name])
}
