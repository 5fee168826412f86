import type { Connection } from '../../../engine/connection.ts'
import { SCRATCH_PREFIX } from '../../../engine/scratch-place.ts'

const SYSTEM = new Set(['information_schema', 'performance_schema', 'mysql', 'sys'])

/** Texts and remarks, in which a name means nothing. */
const LITERALS = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|\/\*(?!!).*?\*\/|(?:--\s|#)[^\n]*/gs

/**
 * Finds statements that name one of the user's databases: a database is a schema here, and a session in another one reaches
 * them all the same.
 */
export async function trespassFinder(
  connection: Connection,
): Promise<(sql: string) => string | null> {
  const { rows } = await connection.execute(
    'SELECT schema_name AS name FROM information_schema.schemata',
  )
  const names = rows
    .map(({ name }) => String(name))
    .filter((name) => !SYSTEM.has(name.toLowerCase()) && !name.startsWith(SCRATCH_PREFIX))
  const patterns = names.map((name) => [name, patternOf(name)] as const)
  return (sql) => {
    const text = sql.replaceAll(LITERALS, "''")
    const found = patterns.find(([, pattern]) => pattern.test(text))
    if (found === undefined) return null
    return `a statement names the database '${found[0]}' itself, which is not touched for a proof: ${excerpt(sql)}`
  }
}

/** `shop.t`, `` `shop`.`t` ``, and `USE shop`, `DROP DATABASE shop`, `SHOW TABLES FROM shop`. */
function patternOf(name: string): RegExp {
  const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  const quoted = `\`${escaped(name.replaceAll('`', '``'))}\``
  const bare = String.raw`(?<![\w$.@\x60])${escaped(name)}(?![\w$\x60])`
  const either = `(?:${quoted}|${bare})`
  const keyword = String.raw`\b(?:USE|DATABASE|SCHEMA)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?`
  return new RegExp(String.raw`(?<!\.\s*)${either}\s*\.\s*[\w$\x60]|${keyword}${either}`, 'i')
}

function excerpt(sql: string): string {
  const line = sql.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
