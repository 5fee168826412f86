import type { Connection } from '../../../engine/connection.ts'
import type { QueryResult } from '../../../engine/driver.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import type { MysqlTraits } from '../compile/traits.ts'

const NAME = 'alembic_scratch'

/**
 * Has the server write empty temporary tables, given as what stands behind their names; `null` for those that it refuses. Neither
 * making nor dropping one ends a transaction. MariaDB is asked about all of them in one statement.
 */
export async function showScratchTables(
  connection: Connection,
  bodies: readonly string[],
): Promise<readonly (string | null)[]> {
  if (isAskedTogether(connection)) {
    const shown = await showTogether(connection, bodies)
    if (shown !== null) return shown
  }
  const shown: (string | null)[] = []
  for (const body of bodies) shown.push(await showOne(connection, body))
  return shown
}

/** MySQL has compound statements in routines only. */
export function isAskedTogether({ dialect }: Connection): boolean {
  const traits = dialect.traits as MysqlTraits
  return traits.isMariadb && isServerAtLeast(traits, 10, 3)
}

/**
 * One compound statement, which gives a result for each table that the server takes. What it would not even parse is a text
 * there, so that the others don't fail with it (MariaDB 10.11, EXECUTE IMMEDIATE).
 */
async function showTogether(
  connection: Connection,
  bodies: readonly string[],
): Promise<readonly (string | null)[] | null> {
  const { literals } = connection.dialect
  const blocks = bodies.map(
    (body, at) => `BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END;
  EXECUTE IMMEDIATE ${literals.renderString(`CREATE TEMPORARY TABLE ${NAME}_${at} ${body}`, null)};
  SHOW CREATE TABLE ${NAME}_${at};
  DROP TEMPORARY TABLE ${NAME}_${at};
END;`,
  )
  let answer: QueryResult
  try {
    answer = await connection.execute(`BEGIN NOT ATOMIC\n${blocks.join('\n')}\nEND`)
  } catch (error) {
    if (error instanceof StatementError) return null
    throw error
  }
  const rows = (answer.several ?? [answer.rows]).flat()
  const texts = new Map(rows.map((row) => [row['Table'], String(row['Create Table'])]))
  return bodies.map((_body, at) => texts.get(`${NAME}_${at}`) ?? null)
}

async function showOne(connection: Connection, body: string): Promise<string | null> {
  try {
    await connection.execute(`CREATE TEMPORARY TABLE ${NAME} ${body}`)
  } catch (error) {
    if (error instanceof StatementError) return null
    throw error
  }
  try {
    const { rows } = await connection.execute(`SHOW CREATE TABLE ${NAME}`)
    return String(rows[0]?.['Create Table'])
  } finally {
    await connection.execute(`DROP TEMPORARY TABLE ${NAME}`)
  }
}
