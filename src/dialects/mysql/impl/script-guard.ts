import { CompileError } from '../../../errors/compile-error.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'

/** MariaDB 10.11, "Stored Routine Limitations": not allowed in a procedure. */
const REFUSED =
  /^\s*(?:(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+\s+)?|ALTER\s+|DROP\s+)(?:PROCEDURE|FUNCTION|TRIGGER|EVENT|PACKAGE)\b|(?:LOCK|UNLOCK)\s+TABLES?\b|LOAD\s+(?:DATA|XML|TABLE)\b|USE\b|DELIMITER\b|CHANGE\s+MASTER\b)/i

const NAME = 'alembic_upgrade'

/** A procedure that is made, called and dropped: the only conditions that MySQL and MariaDB have both. */
export const mysqlScriptGuard: ScriptGuard = {
  guarded(isApplied, statements) {
    const lines = statements.map((sql) => {
      const text = sql.trim()
      if (REFUSED.test(text)) {
        throw new CompileError(
          `MySQL and MariaDB don't allow this statement in a procedure, so that its revision can't be part of an --idempotent script: ${text}; write that part without: alembic upgrade <from>:<to> --sql`,
        )
      }
      // A comment at the end would swallow the semicolon.
      const end = /(?:--|#).*$/.test(text) ? '\n;' : ';'
      return `    ${text}${end}`
    })
    const body = [
      `CREATE PROCEDURE ${NAME}()`,
      'BEGIN',
      `  IF NOT EXISTS (${isApplied}) THEN`,
      ...lines,
      '  END IF;',
      'END',
    ].join('\n')
    let delimiter = '//'
    while (body.includes(delimiter)) delimiter += '/'
    // One that a failure left behind.
    return [
      `DROP PROCEDURE IF EXISTS ${NAME};`,
      `DELIMITER ${delimiter}`,
      `${body}${delimiter}`,
      'DELIMITER ;',
      `CALL ${NAME}();`,
      `DROP PROCEDURE ${NAME}`,
    ].join('\n')
  },
}
