/** A piece of a bulk insert: one statement and the values of all its rows. */
export interface InsertChunk {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What a server takes in one statement. */
export interface ChunkLimits {
  readonly maxParameters: number
}

const MAX_ROWS = 1000
// Servers refuse packets above their limit (MySQL 5.7: 4 MiB); one MiB is far from all limits and no slower.
const MAX_CHARACTERS = 1_048_576

const SINGLE_ROW_INSERT =
  /^(?<head>\s*(?:INSERT|REPLACE)\b.*\bVALUES\s*)\((?<row>[^()]*)\)\s*;?\s*$/is
const PLACEHOLDER = /^(?<placeholder>\?|[$@]\d+)(?<cast>::[\w ]+)?$/

/**
 * Rewrites an insert of one row (`INSERT ... VALUES (?, ?)`) into inserts of many rows each; undefined where the
 * statement holds more than that (a function in the row, ON CONFLICT, RETURNING) and must run row by row.
 */
export function insertChunks(
  sql: string,
  rows: readonly (readonly unknown[])[],
  limits: ChunkLimits,
): Iterable<InsertChunk> | undefined {
  const groups = SINGLE_ROW_INSERT.exec(sql)?.groups
  const head = groups?.['head'] ?? ''
  if (groups === undefined || /\?|[$@]\d/.test(head)) return undefined
  const slots = (groups['row'] ?? '')
    .split(',')
    .map((item) => PLACEHOLDER.exec(item.trim())?.groups)
  const width = slots.length
  const sign = slots[0]?.['placeholder']?.slice(0, 1) ?? '?'
  // `$2, $1` is legal but nobody's compiler writes it.
  const plain = slots.every((slot, index) => slot?.['placeholder'] === placeholder(sign, index + 1))
  if (!plain || rows.some((row) => row.length !== width)) return undefined
  const casts = slots.map((slot) => slot?.['cast'] ?? '')
  const maxRows = Math.max(1, Math.min(MAX_ROWS, Math.floor(limits.maxParameters / width)))
  return chunks(rows, maxRows, (count) => head + rowList(count, casts, sign))
}

function* chunks(
  rows: readonly (readonly unknown[])[],
  maxRows: number,
  statement: (count: number) => string,
): Generator<InsertChunk> {
  let full: string | undefined
  let parameters: unknown[] = []
  let count = 0
  let characters = 0
  for (const [index, row] of rows.entries()) {
    parameters.push(...row)
    count += 1
    for (const value of row) characters += approximateLength(value)
    if (count < maxRows && characters < MAX_CHARACTERS && index < rows.length - 1) continue
    const sql = count === maxRows ? (full ??= statement(count)) : statement(count)
    yield { sql, parameters }
    parameters = []
    count = 0
    characters = 0
  }
}

function rowList(count: number, casts: readonly string[], sign: string): string {
  let position = 0
  const oneRow = (): string =>
    `(${casts.map((cast) => placeholder(sign, (position += 1)) + cast).join(', ')})`
  return Array.from({ length: count }, oneRow).join(', ')
}

/** `?`, or a sign with the position: `$1`, `@1`. */
function placeholder(sign: string, position: number): string {
  return sign === '?' ? sign : `${sign}${position}`
}

function approximateLength(value: unknown): number {
  if (typeof value === 'string') return value.length
  return value instanceof Uint8Array ? value.byteLength : 8
}
