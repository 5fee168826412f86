import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { askTogether } from '../../../impl/ask-together.ts'

/** Rows have 65,535 bytes at most: more columns would mostly be asked for in halves. */
const LIMIT = 250

/**
 * How the server writes columns, given as DDL without their names; `null` for what it refuses. No default is executed: they
 * become those of a temporary table that never gets a row. Temporary tables don't end a transaction.
 */
export async function readScratchColumns(
  connection: Connection,
  definitions: readonly string[],
): Promise<readonly (string | null)[]> {
  return await askTogether(definitions, LIMIT, async (some) => {
    try {
      return await read(connection, some)
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  })
}

async function read(
  connection: Connection,
  definitions: readonly string[],
): Promise<readonly string[]> {
  const columns = definitions.map((definition, at) => `c${at} ${definition}`)
  await connection.execute(`CREATE TEMPORARY TABLE alembic_scratch (${columns.join(', ')})`)
  try {
    const { rows } = await connection.execute('SHOW CREATE TABLE alembic_scratch')
    const lines = String(rows[0]?.['Create Table']).split('\n')
    return definitions.map((_definition, at) => {
      const begin = `  \`c${at}\` `
      const line = lines.find((candidate) => candidate.startsWith(begin)) ?? ''
      const definition = line.slice(begin.length).replace(/,$/, '')
      // MariaDB's JSON: a CHECK that names the column.
      return definition.replace(` CHECK (json_valid(\`c${at}\`))`, ' CHECK (json_valid())')
    })
  } finally {
    await connection.execute('DROP TEMPORARY TABLE alembic_scratch')
  }
}
