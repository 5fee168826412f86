import type { Dialect } from '../../../sql/compile/dialect.ts'

const QUOTED = /`(?:``|[^`])*`|'(?:''|\\.|[^'\\])*'|"(?:""|[^"])*"/gs

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  Z: '\u001A',
}

/** The text that the inside of a literal stands for, as the servers write it into their catalogs in every `sql_mode`. */
export function plainText(literal: string): string {
  return literal.replaceAll(/''|\\(.)/gs, (_match, escaped: string | undefined) =>
    escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped),
  )
}

/**
 * An expression of MariaDB's catalog such that this session reads it as it is meant, and another one too: literals are
 * written there with backslashes, also where NO_BACKSLASH_ESCAPES makes those mere characters, and with ANSI_QUOTES
 * names stand in quotes that make them literals elsewhere.
 */
export function readableExpression({ traits, literals, preparer }: Dialect, sql: string): string {
  return sql.replaceAll(QUOTED, (quoted) => {
    const inside = quoted.slice(1, -1)
    if (quoted.startsWith('"')) return preparer.quoteAlways(inside.replaceAll('""', '"'))
    if (quoted.startsWith('`') || traits.backslashEscapes) return quoted
    return literals.renderString(plainText(inside), null)
  })
}
