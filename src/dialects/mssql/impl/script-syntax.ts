import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/**
 * As sqlcmd cuts scripts: GO alone ends a batch, in which variables live and procedures go on, whatever semicolons there
 * are; `GO 5` runs it five times.
 */
export const scriptSyntax: ScriptSyntax = {
  semicolons: false,
  separatorLine: /[^\S\n]*GO(?:[^\S\n]+(\d+))?[^\S\n]*;?[^\S\n]*(?:--[^\n]*)?(?![^\n])/iy,
  backslashEscapes: false,
  brackets: true,
  nestedComments: true,
}
