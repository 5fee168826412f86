import type { RowPlace } from './driver.ts'

/** A piece of a bulk insert: one statement and the values of all its rows. */
export interface InsertChunk {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What `INSERT ... VALUES (?, ?)` is made of. */
export interface SingleRowInsert {
  /** All before the row, `VALUES` included. */
  readonly head: string
  /** What follows each placeholder: a cast, or nothing. */
  readonly casts: readonly string[]
  /** The placeholders' sign. */
  readonly sign: string
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

/** Takes an insert of one row apart; undefined where it holds more than that (a function in the row, RETURNING). */
export function singleRowInsert(sql: string): SingleRowInsert | undefined {
  const groups = SINGLE_ROW_INSERT.exec(sql)?.groups
  const head = groups?.['head'] ?? ''
  if (groups === undefined || /\?|[$@]\d/.test(head)) return undefined
  const slots = (groups['row'] ?? '')
    .split(',')
    .map((item) => PLACEHOLDER.exec(item.trim())?.groups)
  const sign = slots[0]?.['placeholder']?.slice(0, 1) ?? '?'
  // `$2, $1` is legal but nobody's compiler writes it.
  const plain = slots.every((slot, index) => slot?.['placeholder'] === placeholder(sign, index + 1))
  return plain ? { head, casts: slots.map((slot) => slot?.['cast'] ?? ''), sign } : undefined
}

/**
 * Rewrites an insert of one row (`INSERT ... VALUES (?, ?)`) into inserts of many rows each; undefined where the
 * statement holds more than that (a function in the row, ON CONFLICT, RETURNING) and must run row by row.
 */
export function insertChunks(
  sql: string,
  rows: readonly (readonly unknown[])[],
  limits: ChunkLimits,
): Iterable<InsertChunk> | undefined {
  const insert = singleRowInsert(sql)
  if (insert === undefined) return undefined
  const { head, casts, sign } = insert
  const width = casts.length
  if (rows.some((row) => row.length !== width)) return undefined
  const maxRows = Math.max(1, Math.min(MAX_ROWS, Math.floor(limits.maxParameters / width)))
  return chunks(rows, maxRows, (count) => head + rowList(count, casts, sign))
}

/** Runs an insert for many rows, in chunks where it is an insert of one row, and keeps `place` at the rows under way. */
export async function runInChunks(
  sql: string,
  rows: readonly (readonly unknown[])[],
  place: RowPlace | undefined,
  run: (chunk: InsertChunk) => Promise<number | undefined>,
  limits: ChunkLimits,
): Promise<number> {
  const inserts = insertChunks(sql, rows, limits)
  const width = inserts === undefined ? undefined : rows[0]?.length
  let touched = 0
  let first = place?.first ?? 0
  for (const chunk of inserts ?? rows.map((parameters) => ({ sql, parameters }))) {
    const count = width === undefined ? 1 : chunk.parameters.length / width
    if (place !== undefined) Object.assign(place, { first, last: first + count - 1 })
    touched += (await run(chunk)) ?? 0
    first += count
  }
  return touched
}

/** Runs `run` for each row, and keeps `place` at the row under way. */
export async function runEachRow(
  rows: readonly (readonly unknown[])[],
  place: RowPlace | undefined,
  run: (row: readonly unknown[]) => Promise<number>,
): Promise<number> {
  let touched = 0
  for (const [position, row] of rows.entries()) {
    if (place !== undefined) Object.assign(place, { first: position, last: position })
    touched += await run(row)
  }
  return touched
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
    for (const value of row) parameters.push(value)
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
