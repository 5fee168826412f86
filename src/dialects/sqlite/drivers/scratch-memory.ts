import { DriverMissingError } from '../../../errors/driver-error.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { DriverConnection } from '../../../engine/driver.ts'
import type { ScratchPlace } from '../../../engine/scratch-place.ts'
import { makeUrl } from '../../../engine/url.ts'
import { sqliteDrivers } from './index.ts'

/** A view or trigger, and the statement that makes it. */
interface Dependent {
  readonly label: string
  readonly sql: string
}

/** A database of its own in memory, and one for each that is attached to the user's: nothing can be left behind. */
export async function openScratchMemory(connection: Connection): Promise<ScratchPlace> {
  const { preparer } = connection.dialect
  const session = await openMemory()
  let open: readonly Dependent[] = []
  try {
    const { rows } = await connection.execute('SELECT name FROM pragma_database_list')
    const attached = rows.map(({ name }) => String(name))
    for (const name of attached) {
      if (name === 'main' || name === 'temp') continue
      await session.execute(`ATTACH DATABASE ':memory:' AS ${preparer.quoteAlways(name)}`)
    }
    for (const name of attached) open = [...open, ...(await dependentsOf(connection, name))]
  } catch (error) {
    await session.close()
    throw error
  }
  return {
    description: 'a database in memory',
    session,
    copyDependents: async () => {
      open = await makeAll(session, open)
    },
    lacks: () => open.map(({ label }) => label),
    dispose: () => session.close(),
  }
}

async function openMemory(): Promise<DriverConnection> {
  let missing: DriverMissingError | undefined
  for (const entry of sqliteDrivers) {
    try {
      const driver = await entry.load()
      return await driver.connect(makeUrl('sqlite:///:memory:'))
    } catch (error) {
      if (!(error instanceof DriverMissingError)) throw error
      missing ??= error
    }
  }
  throw missing ?? new DriverMissingError('No package for SQLite is installed')
}

/** What SQLite keeps as text, views before triggers. The text does not say in which database it stands. */
async function dependentsOf(connection: Connection, database: string): Promise<Dependent[]> {
  const place = connection.dialect.preparer.quoteAlways(database)
  const { rows } = await connection.execute(
    `SELECT type, name, sql FROM ${place}.sqlite_master WHERE type IN ('view', 'trigger') ORDER BY type DESC, rowid`,
  )
  return rows.map(({ type, name, sql }) => ({
    label: `${String(type)} ${database === 'main' ? '' : `${database}.`}${String(name)}`,
    sql: inDatabase(String(sql), place),
  }))
}

/** `CREATE VIEW v AS …` as `CREATE VIEW "other".v AS …` */
function inDatabase(sql: string, place: string): string {
  return sql.replace(/^(\s*CREATE\s+(?:VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?)/i, `$1${place}.`)
}

async function makeAll(
  session: DriverConnection,
  wanted: readonly Dependent[],
): Promise<Dependent[]> {
  const failed: Dependent[] = []
  for (const one of wanted) {
    await session.execute(one.sql).catch(() => failed.push(one))
  }
  return failed
}
