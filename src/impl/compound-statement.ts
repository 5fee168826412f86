import type { ScriptSyntax } from '../sql/split/script-syntax.ts'
import { isCompound } from '../sql/split/split-script.ts'

/**
 * Returns a trigger or procedure, whose semicolons would end it in a script, between the commands by which the database's
 * own client takes it as one; null for what needs none.
 */
export function withOwnDelimiter(sql: string, syntax: ScriptSyntax): string | null {
  const { delimiterCommand } = syntax
  if (delimiterCommand === undefined || !isCompound(sql, syntax)) return null
  const statement = sql.trim().replace(/;$/, '')
  let delimiter = '//'
  while (statement.includes(delimiter)) delimiter += '/'
  const { write } = delimiterCommand
  return `${write(delimiter, ';')}\n${statement}\n${delimiter}\n${write(';', delimiter)}`
}
