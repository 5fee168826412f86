import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { reservedWords } from '../../../../src/dialects/sqlite/compile/reserved-words.ts'

// sqlite.org/lang_keywords.html, version 3.53.
const KEYWORDS = (
  'abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast ' +
  'check collate column commit conflict constraint create cross current current_date current_time current_timestamp database ' +
  'default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists ' +
  'explain fail filter first following for foreign from full generated glob group groups having if ignore immediate in index ' +
  'indexed initially inner insert instead intersect into is isnull join key last left like limit match materialized natural ' +
  'no not nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query ' +
  'raise range recursive references regexp reindex release rename replace restrict returning right rollback row rows ' +
  'savepoint select set table temp temporary then ties to transaction trigger unbounded union unique update using vacuum ' +
  'values view virtual when where window with without'
).split(' ')

it('holds every keyword that the parser does not take for a name', () => {
  const db = new Database(':memory:')
  const isName = (word: string): boolean => {
    try {
      for (const sql of [`CREATE TABLE t_${word} (${word} INTEGER)`, `CREATE TABLE ${word} (x)`])
        db.exec(sql)
      for (const sql of [`SELECT ${word} FROM t_${word}`, `DROP TABLE ${word}`]) db.exec(sql)
      return true
    } catch {
      return false
    }
  }
  const missing = KEYWORDS.filter((word) => !isName(word) && !reservedWords.has(word))
  db.close()
  expect(missing).toEqual([])
})
