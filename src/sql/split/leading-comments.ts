/** A statement from its first word on: without the blanks and comments before it. */
export function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, '')
}
