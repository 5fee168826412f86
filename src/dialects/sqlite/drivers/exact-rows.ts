import { exactInteger } from '../../../engine/driver.ts'
import type { QueryResult } from '../../../engine/driver.ts'

/** Rows that were read with all integers as bigint: makes numbers of those that fit, and a byte array of a raw buffer. */
export function exactRows(rows: readonly unknown[]): QueryResult['rows'] {
  const records = rows as Record<string, unknown>[]
  for (const row of records) {
    for (const name of Object.keys(row)) {
      const value = row[name]
      if (typeof value === 'bigint') row[name] = exactInteger(value)
      else if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value)
    }
  }
  return records
}
