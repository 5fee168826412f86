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
const COLUMNS_PER_TABLE = 500
/** What one message brings; the text stays within a few megabytes. */
const LIMIT = 20_000

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
    const work = (): Promise<CanonicalColumn[]> => read(connection, some, isOpen)
    try {
      return isOpen ? await connection.savepoint(work) : await work()
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  })
}

async function read(
  connection: Connection,
  columns: readonly ScratchColumn[],
  isOpen: boolean,
): Promise<CanonicalColumn[]> {
  const definitions = columns.map(({ type, defaultSql }, at) => {
    const clause = defaultSql === null ? '' : ` DEFAULT (${defaultSql})`
    return `c${at + 1} ${type}${clause}`
  })
  const count = Math.ceil(columns.length / COLUMNS_PER_TABLE)
  const tables = Array.from({ length: count }, (_, at) => ({
    name: `alembic_scratch_${at}`,
    list: definitions.slice(at * COLUMNS_PER_TABLE, (at + 1) * COLUMNS_PER_TABLE).join(', '),
  }))
  const made = tables.map(
    ({ name, list }) => `CREATE TEMPORARY TABLE ${name} (${list}) ON COMMIT DROP;`,
  )
  const relations = tables.map(({ name }) => `'pg_temp.${name}'::regclass`).join(', ')
  // Statements of one message are a transaction of their own.
  const { rows } = await connection.execute(
    `${made.join('\n')}
     SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attcollation AS collation,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS "default"
       FROM unnest(ARRAY[${relations}]::oid[]) WITH ORDINALITY AS t (oid, position)
       JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
       LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      ORDER BY t.position, a.attnum`,
  )
  if (isOpen) {
    await connection.execute(`DROP TABLE ${tables.map(({ name }) => `pg_temp.${name}`).join(', ')}`)
  }
  return rows.map((row) => ({
    type: `${String(row['type'])} ${String(row['collation'])}`,
    defaultSql: typeof row['default'] === 'string' ? row['default'] : null,
  }))
}
