import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/**
 * As SQL*Plus cuts scripts: blocks of PL/SQL go on to a line with a slash. Such a line behind a statement that a semicolon
 * has ended, which SQL*Plus would run once more, does nothing.
 */
export const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  separatorLine: /[^\S\n]*\/[^\S\n]*(?![^\n])/y,
  backslashEscapes: false,
  alternativeQuotes: true,
  codeComments: /\/\*\+/y,
  bodies: {
    starts:
      /^(?:DECLARE|BEGIN|WITH (?:FUNCTION|PROCEDURE)|CREATE (?:OR REPLACE )?(?:AND (?:RESOLVE|COMPILE) )?(?:(?:NON)?EDITIONABLE )?(?:FUNCTION|PROCEDURE|PACKAGE|TRIGGER|TYPE|LIBRARY|JAVA))\b/,
    until: 'separator',
  },
}
