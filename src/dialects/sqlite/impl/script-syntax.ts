import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/** As the program `sqlite3` cuts scripts, but for its dot commands. */
export const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  backslashEscapes: false,
  backticks: true,
  brackets: true,
  bodies: { starts: /^CREATE (?:TEMP |TEMPORARY )?TRIGGER\b/, until: 'balanced' },
}
