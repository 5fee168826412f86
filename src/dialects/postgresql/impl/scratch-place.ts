import type { Connection } from '../../../engine/connection.ts'
import { aside } from '../../../engine/scratch-aside.ts'
import type { OpenScratchPlace, ScratchNeeds, ScratchPlace } from '../../../engine/scratch-place.ts'
import { makeUrl } from '../../../engine/url.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { dropLeftoverSchemas, openScratchSchema } from './scratch-schema.ts'

/**
 * A database of its own where the role may make one and another session can be opened: schemas, types and extensions have
 * their own names there, and nothing of the user's can be reached. Elsewhere a schema, which has no place for other schemas.
 */
export const openScratchPlace: OpenScratchPlace = aside(openPlace, async (connection, other) => {
  const { rows } = await connection.execute(
    "SELECT current_setting('search_path') AS path, current_setting('role') AS role",
  )
  await other.execute(
    "SELECT set_config('search_path', $1, false), set_config('role', $2, false)",
    [rows[0]?.['path'], rows[0]?.['role']],
  )
})

async function openPlace(connection: Connection, { schemas }: ScratchNeeds): Promise<ScratchPlace> {
  const rights = await readRights(connection)
  const { role, database } = rights
  if (rights.isReadOnly) {
    throw new OperationError(
      rights.isStandby
        ? 'the server is a standby, which takes no changes; use a URL of the primary server'
        : 'the session is read-only (default_transaction_read_only), and neither a database nor a schema can be made in it',
    )
  }
  await dropLeftoverSchemas(connection)
  const hindrance = whyNoDatabase(connection, rights)
  const [schema] = schemas
  if (hindrance === null) {
    try {
      return await openScratchDatabase(connection)
    } catch (error) {
      // Some servers let users into certain databases only (pg_hba.conf).
      if (schema !== undefined) throw error
    }
  }
  if (schema !== undefined) {
    throw new OperationError(
      `${schema.namedBy} names the schema '${schema.name}', which takes a scratch database, and ${hindrance ?? ''}`,
    )
  }
  if (rights.mayMakeSchemas) return await openScratchSchema(connection)
  const grant = `GRANT CREATE ON DATABASE ${database} TO ${role}`
  throw new OperationError(
    rights.mayMakeDatabases
      ? `the role '${role}' may make no schema (${grant}), and a scratch database can't be reached over this connection`
      : `the role '${role}' may make neither a database (ALTER ROLE ${role} CREATEDB) nor a schema (${grant})`,
  )
}

interface Rights {
  readonly role: string
  readonly database: string
  readonly mayMakeDatabases: boolean
  readonly mayMakeSchemas: boolean
  readonly isReadOnly: boolean
  readonly isStandby: boolean
}

async function readRights(connection: Connection): Promise<Rights> {
  const { rows } = await connection.execute(
    `SELECT current_user::text AS role, current_database()::text AS name, rolsuper OR rolcreatedb AS databases,
       pg_catalog.has_database_privilege(current_database(), 'CREATE') AS schemas,
       current_setting('transaction_read_only') = 'on' AS readonly, pg_catalog.pg_is_in_recovery() AS standby
     FROM pg_catalog.pg_roles WHERE rolname = current_user`,
  )
  const { role, name, databases, schemas, readonly, standby } = rows[0] ?? {}
  return {
    role: String(role),
    database: String(name),
    mayMakeDatabases: databases === true,
    mayMakeSchemas: schemas === true,
    isReadOnly: readonly === true,
    isStandby: standby === true,
  }
}

function whyNoDatabase(
  connection: Connection,
  { role, database, mayMakeDatabases }: Rights,
): string | null {
  if (!mayMakeDatabases) {
    return `the role '${role}' may not make one (ALTER ROLE ${role} CREATEDB)`
  }
  // A connection that was handed over, PGlite's files, or a pooler with names of its own.
  const url = makeUrl(connection.displayUrl)
  if (url.database === database && url.getDriverName() !== 'pglite') return null
  return "another database can't be reached over this connection; use createEngine() with a URL of the server"
}
