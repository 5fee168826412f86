import type { ReflectedColumn } from '../../../engine/reflected.ts'

// SQLAlchemy reads the text of SHOW CREATE TABLE with regular expressions, and misses some of what stands there. With
// the flag `reflectsAsReference` this project gives the same answers, to be compared with the reference; without it
// (the default) it gives what the server has.

/** What the reference's expression for a column takes for the default; nothing where it doesn't get through. */
export function defaultAsReference(written: string): string | null {
  const found = /^(NULL|'(?:''|[^'])*'|\(.+?\)|[-\w.()]+(?: +ON UPDATE [-\w.()]+)?)(?: |$)/i.exec(
    written,
  )
  return found?.[1] ?? null
}

/** Behind a version comment (`/*M!100301 COMPRESSED*\/`) nothing of a column is read. */
export function isUnreadByReference(row: Readonly<Record<string, unknown>>): boolean {
  return String(row['column_type']).includes('/*')
}

const NAMES = ['column_name', 'index_name', 'constraint_name', 'referenced_column_name'] as const

/** MariaDB 10.11 writes INVISIBLE before the default and the comment, and nothing behind that word is read. */
export function columnAsReference(column: ReflectedColumn, extra: string): ReflectedColumn {
  if (!/\bINVISIBLE\b/.test(extra)) return column
  const autoincrement = column.autoincrement === undefined ? {} : { autoincrement: false }
  return { ...column, default: null, comment: null, ...autoincrement }
}

/** A row of information_schema, in whose names backticks stay doubled; only those of tables are read back right. */
export function rowAsReference(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = NAMES.flatMap((key) => {
    const name = row[key]
    return typeof name === 'string' ? [[key, name.replaceAll('`', '``')] as const] : []
  })
  return { ...row, ...Object.fromEntries(names) }
}

const OPTIONS: ReadonlySet<string> = new Set([
  'avg_row_length',
  'checksum',
  'delay_key_write',
  'insert_method',
  'max_rows',
  'min_rows',
  'pack_keys',
  'row_format',
  'key_block_size',
  'stats_sample_pages',
])

/** Whether the reference looks for a table option. */
export function isReferenceOption(name: string): boolean {
  return OPTIONS.has(name)
}

const PARTITION_LINES = [
  { key: 'partitionBy', pattern: /(?<!\S)PARTITION BY\s+(\w+.*)/i },
  { key: 'subpartitionBy', pattern: /(?<!\S)SUBPARTITION BY\s+(\w+.*)/i },
  { key: 'partitions', pattern: /(?<!\S)PARTITIONS\s+(\d+)/i },
  { key: 'subpartitions', pattern: /(?<!\S)SUBPARTITIONS\s+(\d+)/i },
] as const

const DEFINITION_LINES = [
  { key: 'partitionDefinitions', pattern: /(?<!\S)PARTITION(?!\S)/i },
  { key: 'subpartitionDefinitions', pattern: /(?<!\S)SUBPARTITION(?!\S)/i },
] as const

/** Partitioning line by line, commas and some parentheses taken out. */
export function asReferencePartitions(
  definition: string,
  dialectName: string,
): Readonly<Record<string, string>> {
  const options: Record<string, string> = {}
  const lines = definition.split(/\r?\n/).filter((line) => !/^(?:CREATE |\) | {2}`)/.test(line))
  for (const line of lines.filter((candidate) => candidate.includes('PARTITION'))) {
    const stripped = line.replace(/^[( ]+/, '')
    const option = PARTITION_LINES.find(({ pattern }) => pattern.test(stripped))
    const value = option?.pattern.exec(stripped)?.[1]
    if (option !== undefined && value !== undefined) {
      options[option.key] = value
      continue
    }
    const defined = DEFINITION_LINES.find(({ pattern }) => pattern.test(stripped))
    if (defined === undefined) continue
    const text = definitionAsReference(stripped, defined.key, dialectName)
    const before = options[defined.key]
    options[defined.key] = before === undefined ? text : `${before}, ${text}`
  }
  return options
}

function definitionAsReference(line: string, key: string, dialectName: string): string {
  let text = line.replaceAll(') */', '').replaceAll(',', '')
  if (key === 'subpartitionDefinitions' && text.endsWith(')')) text = text.slice(0, -1)
  const isLast = dialectName === 'mariadb' && /MAXVALUE|MINVALUE|ENGINE/.test(text)
  return isLast && text.endsWith(')') ? text.slice(0, -1) : text
}
