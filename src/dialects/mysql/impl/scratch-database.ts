import { randomBytes } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { aside } from '../../../engine/scratch-aside.ts'
import {
  SCRATCH_PREFIX,
  type OpenScratchPlace,
  type ScratchNeeds,
  type ScratchPlace,
} from '../../../engine/scratch-place.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import { trespassFinder } from './trespass.ts'

/** Of the name that all databases of one place begin with; its lock goes by that. */
const NAME_LENGTH = SCRATCH_PREFIX.length + 16

// A backslash keeps the underscore from standing for any character (MariaDB and MySQL, GRANT).
const RIGHTS = `GRANT ALL ON \`${SCRATCH_PREFIX.replaceAll('_', String.raw`\_`)}%\`.* TO …`

/**
 * A database for each of the user's that is named, with the same character set; the session changes into that of its own. A
 * lock, which ends with the session, says that they are in use.
 */
export const openScratchDatabase: OpenScratchPlace = aside(
  openDatabase,
  async (connection, other) => {
    const { rows } = await connection.execute(
      'SELECT DATABASE() AS name, @@SESSION.sql_mode AS mode',
    )
    const { name, mode } = rows[0] ?? {}
    if (typeof name === 'string')
      await other.execute(`USE ${other.dialect.preparer.quoteAlways(name)}`)
    await other.execute('SET SESSION sql_mode = ?', [mode])
  },
)

async function openDatabase(
  connection: Connection,
  { schemas }: ScratchNeeds,
): Promise<ScratchPlace> {
  const { rows } = await connection.execute('SELECT DATABASE() AS name')
  const own = rows[0]?.['name']
  if (typeof own !== 'string') throw new OperationError('the connection has no current database')
  await dropLeftovers(connection)
  const name = SCRATCH_PREFIX + randomBytes(8).toString('hex')
  const wanted = [...new Set([own, ...schemas.map((schema) => schema.name)])]
  const schemaNames = new Map(wanted.map((one, at) => [one, at === 0 ? name : `${name}_${at}`]))
  const { preparer } = connection.dialect
  const dispose = async (): Promise<void> => {
    await connection.execute(`USE ${preparer.quoteAlways(own)}`)
    await dropDatabases(connection, [...schemaNames.values()])
    await connection.execute('SELECT RELEASE_LOCK(?)', [name])
  }
  await connection.execute('SELECT GET_LOCK(?, 0)', [name])
  try {
    await createCounterparts(connection, schemaNames)
    const lacks = await readOthers(connection, [...schemaNames.keys()])
    const findTrespass = await trespassFinder(connection)
    await connection.execute(`USE ${name}`)
    return {
      description:
        schemaNames.size > 1 ? `${schemaNames.size} scratch databases` : 'a scratch database',
      session: connection.driverConnection,
      schemaNames,
      findTrespass,
      lacks: () => lacks,
      dispose,
    }
  } catch (error) {
    await dispose().catch(() => undefined)
    throw error
  }
}

/** What the user doesn't have gets none: a migration must fail there as it would outside. */
async function createCounterparts(
  connection: Connection,
  schemaNames: ReadonlyMap<string, string>,
): Promise<void> {
  const { rows } = await connection.execute(
    `SELECT schema_name AS name, default_character_set_name AS charset, default_collation_name AS collation
       FROM information_schema.schemata`,
  )
  for (const { name, charset, collation } of rows) {
    const database = schemaNames.get(String(name))
    if (database === undefined) continue
    const sql = `CREATE DATABASE ${database} CHARACTER SET ${String(charset)} COLLATE ${String(collation)}`
    await connection.execute(sql).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new OperationError(`${reason}; the user needs ${RIGHTS}`, { cause })
    })
  }
}

/** What is no table: nothing that a table is made of needs it here, but a migration's SQL may. */
async function readOthers(
  connection: Connection,
  databases: readonly string[],
): Promise<readonly string[]> {
  const [own] = databases
  const names = databases.map((name) => connection.dialect.literals.renderString(name, null))
  const inThem = (column: string): string => `${column} IN (${names.join(', ')})`
  const { rows } = await connection.execute(
    `SELECT 'view' AS kind, table_schema AS place, table_name AS name
       FROM information_schema.views WHERE ${inThem('table_schema')}
     UNION ALL SELECT LOWER(routine_type), routine_schema, routine_name
       FROM information_schema.routines WHERE ${inThem('routine_schema')}
     UNION ALL SELECT 'trigger', trigger_schema, trigger_name
       FROM information_schema.triggers WHERE ${inThem('trigger_schema')}`,
  )
  return rows
    .map(({ kind, place, name }) => {
      const qualifier = place === own ? '' : `${String(place)}.`
      return `${String(kind)} ${qualifier}${String(name)}`
    })
    .toSorted()
}

async function dropLeftovers(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    `SELECT schema_name AS name, IS_FREE_LOCK(LEFT(schema_name, ${NAME_LENGTH})) AS free
     FROM information_schema.schemata WHERE LEFT(schema_name, ${SCRATCH_PREFIX.length}) = ?`,
    [SCRATCH_PREFIX],
  )
  const unused = rows.filter(({ free }) => Number(free) === 1)
  await dropDatabases(
    connection,
    unused.map(({ name }) => String(name)),
  )
}

/** Their tables may refer to each other. */
async function dropDatabases(connection: Connection, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const { rows } = await connection.execute('SELECT @@SESSION.foreign_key_checks AS checks')
  await connection.execute('SET SESSION foreign_key_checks = 0')
  try {
    for (const name of names) {
      const quoted = connection.dialect.preparer.quoteAlways(name)
      await connection.execute(`DROP DATABASE IF EXISTS ${quoted}`)
    }
  } finally {
    await connection.execute(`SET SESSION foreign_key_checks = ${Number(rows[0]?.['checks'])}`)
  }
}
