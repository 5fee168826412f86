import type { QueryResult } from '../../../engine/driver.ts'

// Both packages give rows as an array of plain objects and the counts of a statement without rows as an object of this
// class; CALL, and a text of several statements where the user's connection allows it, give an array of such answers.
const COUNTS_CLASSES: readonly string[] = ['ResultSetHeader', 'OkPacket']

interface Counts {
  readonly affectedRows: number
}

/** Makes a QueryResult of what `mysql2` or `mariadb` answered; of several answers, the last that has rows counts. */
export function queryResult(answer: unknown): QueryResult {
  if (!Array.isArray(answer)) {
    return { rows: [], rowCount: (answer as Counts | undefined)?.affectedRows }
  }
  const items: readonly unknown[] = answer
  if (items.some((item) => Array.isArray(item) || isCounts(item))) {
    const several = items.filter((item) => Array.isArray(item)) as QueryResult['rows'][]
    const last = queryResult(several.at(-1) ?? items.at(-1))
    return several.length > 1 ? { ...last, several } : last
  }
  const rows = items as QueryResult['rows']
  return { rows, rowCount: rows.length }
}

function isCounts(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && COUNTS_CLASSES.includes(value.constructor.name)
  )
}
