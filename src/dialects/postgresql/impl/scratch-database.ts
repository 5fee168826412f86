import { randomBytes } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { SCRATCH_PREFIX, type ScratchPlace } from '../../../engine/scratch-place.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import { copySurroundings } from './surroundings.ts'

/**
 * A database with the user's encoding and locale, schemas, extensions, types and functions, and no tables. Advisory locks
 * end at a database's border: that one is in use is told by its sessions, and while there are none by the name that the
 * session which makes it goes by (`application_name`, which everybody may read in pg_stat_activity).
 */
export async function openScratchDatabase(connection: Connection): Promise<ScratchPlace> {
  await dropLeftovers(connection)
  const name = SCRATCH_PREFIX + randomBytes(8).toString('hex')
  const { rows } = await connection.execute(
    `SELECT current_setting('application_name') AS application, current_setting('search_path') AS path,
       set_config('application_name', $1, false) AS taken`,
    [name],
  )
  const { application, path } = rows[0] ?? {}
  const dispose = async (inner: Connection | null): Promise<void> => {
    await inner?.close()
    await drop(connection, name)
    await setting(connection, 'application_name', String(application))
  }
  let inner: Connection | null = null
  try {
    await connection.execute(await createStatement(connection, name))
    inner = await enter(connection, name)
    // Comes back with the user's schemas, where there is one; before server 15 it is not the role's to drop.
    await inner.execute('DROP SCHEMA public').catch(() => undefined)
    await setting(inner, 'search_path', String(path))
    const surroundings = await copySurroundings(connection, inner)
    const { driverConnection: session } = inner
    return {
      description: 'a scratch database',
      session,
      ...surroundings,
      dispose: () => dispose(inner),
    }
  } catch (error) {
    await dispose(inner).catch(() => undefined)
    throw error
  }
}

async function setting(connection: Connection, name: string, value: string): Promise<void> {
  await connection.execute('SELECT set_config($1, $2, false)', [name, value])
}

/** A session in the new database. Nothing there must last. */
async function enter(connection: Connection, name: string): Promise<Connection> {
  const inner = await connection.openAnother(name)
  if (inner === null) throw new OperationError('no other session can be opened')
  const { rows } = await inner.execute(
    "SELECT current_database() = $1 AS there, set_config('synchronous_commit', 'off', false)",
    [name],
  )
  if (rows[0]?.['there'] === true) return inner
  await inner.close()
  throw new OperationError("another database can't be reached: connectArgs names one")
}

/** What `pg_database` says, whatever the server's version has of it. */
interface DatabaseRow {
  readonly datcollate: string
  readonly datctype: string
  /** From server 15 on: `c` for the C library's, `i` for ICU's, `b` for the server's own. */
  readonly datlocprovider?: string
  /** Server 15 and 16. */
  readonly daticulocale?: string | null
  /** Server 17 on. */
  readonly datlocale?: string | null
}

/** Template 0 alone takes any encoding and locale, and has nothing that somebody added. */
async function createStatement(connection: Connection, name: string): Promise<string> {
  const { rows } = await connection.execute(
    `SELECT to_jsonb(d)::text AS row, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding
       FROM pg_catalog.pg_database d WHERE d.datname = current_database()`,
  )
  const own = JSON.parse(String(rows[0]?.['row'])) as DatabaseRow
  const text = (value: string): string => connection.dialect.literals.renderString(value, null)
  const locale = own.datlocale ?? own.daticulocale ?? ''
  const providers: Readonly<Record<string, string>> = {
    i: ` LOCALE_PROVIDER icu ICU_LOCALE ${text(locale)}`,
    b: ` LOCALE_PROVIDER builtin BUILTIN_LOCALE ${text(locale)}`,
  }
  return (
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING ${text(String(rows[0]?.['encoding']))}` +
    ` LC_COLLATE ${text(own.datcollate)} LC_CTYPE ${text(own.datctype)}` +
    (providers[own.datlocprovider ?? ''] ?? '')
  )
}

/** A session that was closed may still be on its way out: the server waits five seconds for it (PostgreSQL 15, DROP DATABASE). */
async function drop(connection: Connection, name: string): Promise<void> {
  await connection.execute(`DROP DATABASE IF EXISTS ${connection.dialect.preparer.quote(name)}`)
}

async function dropLeftovers(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    `SELECT d.datname::text AS name FROM pg_catalog.pg_database d
      WHERE left(d.datname::text, length($1)) = $1 AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity a
                         WHERE a.datname = d.datname OR a.application_name = d.datname::text)`,
    [SCRATCH_PREFIX],
  )
  // Another run may be at it, too.
  for (const { name } of rows) await drop(connection, String(name)).catch(() => undefined)
}
