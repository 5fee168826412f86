import { TextClause } from './expression.ts'

/** `:name` in SQL text: not `::type`, not `\:name`, and not within a word (`12:30`). */
export const PLACEHOLDER: RegExp = /(?<![:\w\\]):(\w+)(?![\w:])/g

/** SQL text as `sa.text()` must get it for the same SQL to come out: `\:` is a colon, `:name` would be a placeholder. */
export function escapeColons(sql: string): string {
  if (!sql.includes(':')) return sql
  return sql.replaceAll('\\:', '\\\\:').replaceAll(PLACEHOLDER, '\\:$1')
}

/** The SQL that comes out of a text; `null` where it has placeholders. */
export function plainSql({ text }: TextClause): string | null {
  if (!text.includes(':')) return text
  return text.search(PLACEHOLDER) === -1 ? text.replaceAll('\\:', ':') : null
}

/** SQL text without placeholders, such as a database's catalog has it. */
export function verbatimText(sql: string): TextClause {
  return new TextClause(escapeColons(sql))
}
