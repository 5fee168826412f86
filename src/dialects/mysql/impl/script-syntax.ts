import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/** As the programs `mysql` and `mariadb` cut scripts; blocks need no DELIMITER, other compound bodies do. */
export const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  delimiterCommand: {
    pattern: /[^\S\n]*DELIMITER[^\S\n]+(\S+)[^\n]*/iy,
    takes: 'line',
    write: (delimiter) => `DELIMITER ${delimiter}`,
  },
  backslashEscapes: true,
  doubleQuotedStrings: true,
  backticks: true,
  hashComments: true,
  dashesNeedSpace: true,
  // For some versions only, and hints.
  codeComments: /\/\*(?:M?!|\+)/y,
  bodies: {
    starts:
      /^(?:CREATE (?:OR REPLACE )?(?:DEFINER (?:\S+ ){0,4}?)?(?:AGGREGATE )?(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)|ALTER (?:DEFINER (?:\S+ ){0,4}?)?EVENT|BEGIN NOT ATOMIC)\b/,
    until: 'balanced',
  },
}
