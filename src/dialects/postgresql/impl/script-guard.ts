import { CompileError } from '../../../errors/compile-error.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'
import { withoutLeadingComments } from '../../../sql/split/leading-comments.ts'
import { refusesTransactions } from './transaction-rules.ts'

/** What ends or begins transactions, or reads from the client: PostgreSQL 15 has none of it in a DO block. */
const OUTSIDE_OF_BLOCKS =
  /^(?:(?:BEGIN|COMMIT|ROLLBACK|START\s+TRANSACTION|SAVEPOINT|RELEASE)\b|COPY\b[^;]*\bSTDIN\b)/i

/** A DO block, which psql and drivers take alike. EXECUTE lets the rows of a SELECT go, and plans nothing beforehand. */
export const postgresqlScriptGuard: ScriptGuard = {
  guarded(isApplied, statements) {
    const lines = statements.map((sql) => {
      const text = sql.trim()
      assertFits(text)
      const quote = quoteFor(text, 'sql')
      return `    EXECUTE ${quote}${text}${quote};`
    })
    const body = [
      'BEGIN',
      `  IF NOT EXISTS (${isApplied}) THEN`,
      ...lines,
      '  END IF;',
      'END',
    ].join('\n')
    const quote = quoteFor(body, 'alembic')
    return `DO ${quote}\n${body}\n${quote}`
  },
}

function assertFits(sql: string): void {
  if (!refusesTransactions(sql) && !OUTSIDE_OF_BLOCKS.test(withoutLeadingComments(sql))) return
  throw new CompileError(
    `PostgreSQL runs this statement outside of any block only, so that its revision can't be part of an --idempotent script: ${sql}; write that part without: alembic upgrade <from>:<to> --sql`,
  )
}

/** A dollar quote whose end is not in the text. */
function quoteFor(text: string, tag: string): string {
  let quote = `$${tag}$`
  for (let number = 1; text.includes(quote); number++) quote = `$${tag}${number}$`
  return quote
}
