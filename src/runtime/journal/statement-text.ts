import { createHash } from 'node:crypto'

/** Of more values than this, or rows, only the first and the last count. */
const MANY = 1000

/** A hash by which a statement is known again in another process: its text and the values of its placeholders. */
export function statementDigest(sql: string, parameters: readonly unknown[]): string {
  const { length } = parameters
  const values = length <= MANY ? parameters : [length, parameters[0], parameters.at(-1)]
  return createHash('sha256')
    .update(JSON.stringify([sql, values], (_key, value: unknown) => plain(value)))
    .digest('hex')
}

/** The beginning of a statement, as text of its own: part of a text keeps the whole of it in memory. */
export function beginningOf(sql: string, length: number): string {
  return Buffer.from(sql.slice(0, length)).toString()
}

/** A statement in a message: in one line, and cut where it is long. */
export function inOneLine(sql: string): string {
  const line = sql.trim().replaceAll(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

/** JSON has no bigint, and would write bytes as a list of numbers with names. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value
}
