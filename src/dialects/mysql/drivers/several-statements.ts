import { StatementError } from '../../../errors/driver-error.ts'
import { driverMessage } from '../../../engine/driver-failure.ts'

const SYNTAX_ERROR = 1064
// Quoted text and comments, in which a semicolon ends nothing.
const OPAQUE = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|\/\*.*?\*\/|(?:--\s|#)[^\n]*/gs

/**
 * Explains the syntax error that the server gives for a text with several statements, which its protocol takes only
 * from connections opened for it. Other errors come back as they are.
 */
export function explainSeveralStatements(error: unknown, sql: string): unknown {
  const isSyntaxError = error instanceof Error && 'errno' in error && error.errno === SYNTAX_ERROR
  if (!isSyntaxError || !/;\s*\S/.test(sql.replaceAll(OPAQUE, ' '))) return error
  return new StatementError(
    `The text holds more than one statement, and this connection takes one at a time: give each to its own execute(). The server said: ${driverMessage(error)}`,
    sql,
    { cause: error },
  )
}
