import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { askTogether } from '../../../impl/ask-together.ts'

/** A column as SQL; without a default `null`. */
export interface ScratchColumn {
  readonly type: string
  readonly defaultSql: string | null
}

/** How the server writes a column after it has parsed it. */
export interface CanonicalColumn {
  readonly type: string
  readonly defaultSql: string | null
}

/** The server allows 1600 columns a table at most. */
const LIMIT = 500

/**
 * How the server writes column types and defaults, `null` for what it refuses. No default is executed: they become those
 * of a scratch table that never gets a row.
 */
export async function readScratchColumns(
  connection: Connection,
  columns: readonly ScratchColumn[],
): Promise<readonly (CanonicalColumn | null)[]> {
  return await askTogether(columns, LIMIT, async (some) => {
    const isOpen = await connection.isInTransaction()
    const work = (): Promise<CanonicalColumn[]> => read(connection, some)
    try {
      return isOpen ? await connection.savepoint(work) : await connection.transaction(work)
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  })
}

async function read(
  connection: Connection,
  columns: readonly ScratchColumn[],
): Promise<CanonicalColumn[]> {
  const definitions = columns.map(({ type, defaultSql }, at) => {
    const clause = defaultSql === null ? '' : ` DEFAULT (${defaultSql})`
    return `c${at + 1} ${type}${clause}`
  })
  await connection.execute(`CREATE TEMPORARY TABLE alembic_scratch (${definitions.join(', ')})`)
  const { rows } = await connection.execute(
    `SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attcollation AS collation,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS "default"
       FROM pg_catalog.pg_attribute a
       LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = 'pg_temp.alembic_scratch'::regclass AND a.attnum > 0
      ORDER BY a.attnum`,
  )
  await connection.execute('DROP TABLE pg_temp.alembic_scratch')
  return rows.map((row) => ({
    type: `${String(row['type'])} ${String(row['collation'])}`,
    defaultSql: typeof row['default'] === 'string' ? row['default'] : null,
  }))
}
