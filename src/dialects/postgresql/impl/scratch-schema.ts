import { randomBytes } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { SCRATCH_PREFIX, type ScratchPlace } from '../../../engine/scratch-place.ts'
import { readSurroundings } from './surroundings.ts'

/**
 * A schema that alone is on the search path: no table of the user's is touched or locked. An advisory lock, which ends with
 * the session, says that it is in use.
 */
export async function openScratchSchema(connection: Connection): Promise<ScratchPlace> {
  const name = SCRATCH_PREFIX + randomBytes(8).toString('hex')
  const { rows } = await connection.execute(
    "SELECT current_setting('search_path') AS path, pg_try_advisory_lock(hashtext($1)) AS taken",
    [name],
  )
  const path = String(rows[0]?.['path'])
  try {
    await connection.execute(`CREATE SCHEMA ${name}`)
  } catch (error) {
    await unlock(connection, name).catch(() => undefined)
    throw error
  }
  const surroundings = await readSurroundings(connection)
  await setSearchPath(connection, name)
  return {
    description: 'a scratch schema',
    session: connection.driverConnection,
    lacks: () => surroundings,
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

/** Removes the schemas of runs that were killed. */
export async function dropLeftoverSchemas(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    'SELECT nspname AS name FROM pg_catalog.pg_namespace WHERE left(nspname::text, length($1)) = $1',
    [SCRATCH_PREFIX],
  )
  for (const { name } of rows) {
    const found = await connection.execute('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [
      name,
    ])
    if (found.rows[0]?.['taken'] !== true) continue
    const quoted = connection.dialect.preparer.quote(String(name))
    // It may be another role's.
    await connection.execute(`DROP SCHEMA IF EXISTS ${quoted} CASCADE`).catch(() => undefined)
    await unlock(connection, String(name))
  }
}

async function unlock(connection: Connection, name: string): Promise<void> {
  await connection.execute('SELECT pg_advisory_unlock(hashtext($1))', [name])
}
