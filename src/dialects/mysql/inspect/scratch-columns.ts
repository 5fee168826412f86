import type { Connection } from '../../../engine/connection.ts'
import { askInRounds } from '../../../impl/ask-in-rounds.ts'
import { isAskedTogether, showScratchTables } from './scratch-tables.ts'

/**
 * What InnoDB keeps of a row in its page has 8,126 bytes, 255 of a column (MariaDB 10.11, error 1118); what is beyond that is asked
 * for in halves. Where each table takes statements of its own, most columns will be shorter.
 */
const LIMIT = 30
const LIMIT_OF_SINGLE_TABLES = 250

/**
 * How the server writes columns, given as DDL without their names; `null` for what it refuses. No default is executed: they
 * become those of temporary tables that never get a row.
 */
export async function readScratchColumns(
  connection: Connection,
  definitions: readonly string[],
): Promise<readonly (string | null)[]> {
  const limit = isAskedTogether(connection) ? LIMIT : LIMIT_OF_SINGLE_TABLES
  const groups = Array.from({ length: Math.ceil(definitions.length / limit) }, (_, at) =>
    definitions.slice(at * limit, (at + 1) * limit),
  )
  const answers = await askInRounds(groups, async (open) => {
    const shown = await showScratchTables(connection, open.map(bodyOf))
    return shown.map((text, at) => (text === null ? undefined : columnsOf(text, open[at] ?? [])))
  })
  return answers.flat()
}

function bodyOf(definitions: readonly string[]): string {
  return `(${definitions.map((definition, at) => `c${at} ${definition}`).join(', ')})`
}

function columnsOf(shown: string, definitions: readonly string[]): readonly string[] {
  const lines = shown.split('\n')
  return definitions.map((_definition, at) => {
    const begin = `  \`c${at}\` `
    const line = lines.find((candidate) => candidate.startsWith(begin)) ?? ''
    const definition = line.slice(begin.length).replace(/,$/, '')
    // MariaDB's JSON: a CHECK that names the column.
    return definition.replace(` CHECK (json_valid(\`c${at}\`))`, ' CHECK (json_valid())')
  })
}
