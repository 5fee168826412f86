import { CompileError } from '../../../errors/compile-error.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'

const REFUSED = /^\s*(?:BEGIN\s+TRAN|COMMIT\b|ROLLBACK\b|USE\b|(?:CREATE|ALTER|DROP)\s+DATABASE\b)/i

/** EXEC compiles each statement by itself: CREATE VIEW must be the first of its batch, and a new column is not known before. */
export const mssqlScriptGuard: ScriptGuard = {
  findTable(name, schema) {
    const path = [schema, name].flatMap((part) => (part === null ? [] : [bracketed(part)]))
    return `SELECT 1 AS found WHERE OBJECT_ID(N'${path.join('.').replaceAll("'", "''")}', N'U') IS NOT NULL`
  },

  guarded(isApplied, statements) {
    const lines = statements.map((sql) => {
      const text = sql.trim()
      if (REFUSED.test(text)) {
        throw new CompileError(
          `This statement can't stand under a condition, so that its revision can't be part of an --idempotent script: ${text}; write that part without: alembic upgrade <from>:<to> --sql`,
        )
      }
      return `  EXEC(N'${text.replaceAll("'", "''")}');`
    })
    return [`IF NOT EXISTS (${isApplied})`, 'BEGIN', ...lines, 'END'].join('\n')
  },
}

function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
