import type { DialectTraits } from './dialect-traits.ts'

const COUNTED: ReadonlyMap<string, string> = new Map([
  ['qmark', '?'],
  ['format', '%s'],
])

/** Where placeholders have no names the reference makes one of `%(x)s` in the statement's own text, too. */
export function asReferenceCounts(
  sql: string,
  { exactlyAsAlembic, paramstyle }: DialectTraits,
): string {
  const placeholder = exactlyAsAlembic === true ? COUNTED.get(paramstyle) : undefined
  return placeholder === undefined ? sql : sql.replaceAll(/%\([^)]+\)s/g, placeholder)
}
