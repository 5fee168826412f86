import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/** As psql cuts scripts, but for its backslash commands and the data behind COPY. */
export const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  backslashEscapes: false,
  escapeStrings: true,
  dollarQuotes: true,
  nestedComments: true,
  // CREATE RULE … DO (INSERT …; DELETE …)
  parentheses: true,
  // Since 14 the body of a function can be SQL: BEGIN ATOMIC … END.
  bodies: { starts: /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/, until: 'balanced' },
}
