import { parseIndexedColumn, type IndexedColumn } from './indexed-column.ts'
import { splitList, StatementCursor } from './statement-cursor.ts'

/** What a CREATE INDEX says. */
export interface ParsedIndex {
  readonly unique: boolean
  readonly elements: readonly IndexedColumn[]
  /** Condition of a partial index, as written. */
  readonly where: string | null
}

/** Reads a CREATE INDEX as SQLite stores it. */
export function parseCreateIndex(sql: string): ParsedIndex {
  const cursor = new StatementCursor(sql)
  cursor.skip('CREATE')
  const unique = cursor.skip('UNIQUE')
  cursor.skip('INDEX')
  cursor.skip('IF', 'NOT', 'EXISTS')
  cursor.takeName()
  if (cursor.skipMark('.')) cursor.takeName()
  cursor.skip('ON')
  cursor.takeName()
  const elements = splitList(cursor.takeParenthesized() ?? '').map(parseIndexedColumn)
  const where = cursor.skip('WHERE') ? cursor.rest() : null
  return { unique, elements, where }
}
