import type { Connection } from '../../../engine/connection.ts'
import type { ScratchNeeds, ScratchPlace } from '../../../engine/scratch-place.ts'
import { makeUrl } from '../../../engine/url.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { dropLeftoverSchemas, openScratchSchema } from './scratch-schema.ts'

/**
 * A database of its own where the role may make one and another session can be opened: schemas, types and extensions have
 * their own names there, and nothing of the user's can be reached. Elsewhere a schema, which has no place for other schemas.
 */
export async function openScratchPlace(
  connection: Connection,
  { schemas }: ScratchNeeds,
): Promise<ScratchPlace> {
  await dropLeftoverSchemas(connection)
  const hindrance = await whyNoDatabase(connection)
  const [schema] = schemas
  if (hindrance === null) {
    try {
      return await openScratchDatabase(connection)
    } catch (error) {
      // Some servers let users into certain databases only (pg_hba.conf).
      if (schema !== undefined) throw error
    }
  }
  if (schema === undefined) return await openScratchSchema(connection)
  throw new OperationError(
    `${schema.namedBy} names the schema '${schema.name}', which takes a scratch database, and ${hindrance}`,
  )
}

async function whyNoDatabase(connection: Connection): Promise<string | null> {
  const { rows } = await connection.execute(
    `SELECT current_user::text AS role, current_database()::text AS name, rolsuper OR rolcreatedb AS allowed
       FROM pg_catalog.pg_roles WHERE rolname = current_user`,
  )
  const { role, name, allowed } = rows[0] ?? {}
  if (allowed !== true) {
    return `the role '${String(role)}' may not make one (ALTER ROLE ${String(role)} CREATEDB)`
  }
  // A connection that was handed over, PGlite's files, or a pooler with names of its own.
  const url = makeUrl(connection.displayUrl)
  if (url.database === name && url.getDriverName() !== 'pglite') return null
  return "another database can't be reached over this connection; use createEngine() with a URL of the server"
}
