import { randomBytes } from 'node:crypto'
import { nameFromCatalog } from '../../../engine/capital-names.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { DriverConnection } from '../../../engine/driver.ts'
import { SCRATCH_PREFIX, type ScratchPlace } from '../../../engine/scratch-place.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import { NodeFirebirdConnection } from './node-firebird-connection.ts'

const MOST_COLUMNS = 1000

/** Reaches another database from within this one (Firebird 3.0, Language Reference, 7.6.6 EXECUTE STATEMENT). */
const LEAVES = /\bON\s+EXTERNAL\b/i

/**
 * A database of its own, a file beside the user's, with the same page size and character set. The server can't list files, so
 * that one of a run that was killed stays until somebody deletes it.
 */
export async function openScratchFile(connection: Connection): Promise<ScratchPlace> {
  const { driverConnection } = connection
  const createBeside =
    driverConnection instanceof NodeFirebirdConnection ? driverConnection.createBeside : undefined
  if (createBeside === undefined) {
    throw new OperationError(
      'no other database can be made over a connection that was handed over; use createEngine() with a URL of the server',
    )
  }
  const { rows } = await connection.execute(
    `SELECT TRIM(m.mon$database_name) AS "path", m.mon$page_size AS "page_size", TRIM(d.rdb$character_set_name) AS "charset",
       GEN_ID(rdb$constraint_name, 0) AS "constraints"
       FROM mon$database m CROSS JOIN rdb$database d`,
  )
  const { path, page_size: pageSize, charset, constraints } = rows[0] ?? {}
  const [folder = ''] = /^.*[\\/]/.exec(String(path)) ?? []
  const lacks = await readOthers(connection)
  const session = await createBeside(
    `${folder}${SCRATCH_PREFIX}${randomBytes(8).toString('hex')}.fdb`,
    {
      pageSize: Number(pageSize),
      defaultCharset: typeof charset === 'string' ? charset : 'NONE',
    },
  )
  try {
    await useUpNames(session, Number(constraints))
  } catch (error) {
    await session.close()
    throw error
  }
  return {
    description: 'a scratch database',
    session,
    findTrespass: (sql) =>
      LEAVES.test(sql)
        ? `a statement reaches another database, which is not done for a proof: ${sql}`
        : null,
    lacks: () => lacks,
    dispose: () => session.close(),
  }
}

/**
 * The server counts the names that it gives, INTEG_1, INTEG_2, …, NOT NULL included, and lets nobody set the counter (System
 * generator RDB$CONSTRAINT_NAME cannot be modified, Firebird 3.0). New names are not to be those of copied constraints.
 */
async function useUpNames(session: DriverConnection, count: number): Promise<void> {
  for (let left = count; left > 0; left -= MOST_COLUMNS) {
    const columns = Array.from(
      { length: Math.min(left, MOST_COLUMNS) },
      (_, at) => `c${at} SMALLINT NOT NULL`,
    )
    await session.execute(`CREATE TABLE ${SCRATCH_PREFIX}names (${columns.join(', ')})`)
    await session.execute(`DROP TABLE ${SCRATCH_PREFIX}names`)
  }
}

/** What is no table: a migration's SQL may need it. What belongs to tables has system flags of its own. */
const OTHERS = [
  ['view', 'rdb$relation_name', 'rdb$relations', 'rdb$view_blr IS NOT NULL'],
  ['trigger', 'rdb$trigger_name', 'rdb$triggers', '1 = 1'],
  ['procedure', 'rdb$procedure_name', 'rdb$procedures', '1 = 1'],
  ['function', 'rdb$function_name', 'rdb$functions', '1 = 1'],
  ['exception', 'rdb$exception_name', 'rdb$exceptions', '1 = 1'],
  ['sequence', 'rdb$generator_name', 'rdb$generators', '1 = 1'],
  ['domain', 'rdb$field_name', 'rdb$fields', "rdb$field_name NOT STARTING WITH 'RDB$'"],
] as const

async function readOthers(connection: Connection): Promise<readonly string[]> {
  const queries = OTHERS.map(
    ([kind, name, table, condition]) =>
      `SELECT CAST('${kind}' AS VARCHAR(20)) AS "kind", CAST(TRIM(${name}) AS VARCHAR(63)) AS "name"
         FROM ${table} WHERE COALESCE(rdb$system_flag, 0) = 0 AND ${condition}`,
  )
  const { rows } = await connection.execute(queries.join(' UNION ALL '))
  const { preparer } = connection.dialect
  return rows
    .map(({ kind, name }) => `${String(kind)} ${nameFromCatalog(String(name), preparer)}`)
    .toSorted()
}
