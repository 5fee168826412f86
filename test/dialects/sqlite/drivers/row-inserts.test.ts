// Rows that share a statement are stored, refused and named as if each had one of its own.
import Database from 'better-sqlite3'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BetterSqlite3Database } from '../../../../src/dialects/sqlite/drivers/better-sqlite3-connection.ts'
import { RowInserts } from '../../../../src/dialects/sqlite/drivers/row-inserts.ts'

const INSERT = 'INSERT INTO t (id, b) VALUES (?, ?)'
const rowsTo = (count: number): unknown[][] =>
  Array.from({ length: count }, (_, id) => [id, `b${id}`])

describe.each([
  ['better-sqlite3', (): BetterSqlite3Database => new Database(':memory:')],
  ['libsql', (): BetterSqlite3Database => new Libsql(':memory:', {})],
])('row inserts of %s', (_name, open) => {
  let raw: BetterSqlite3Database

  beforeEach(() => {
    raw = open()
    raw.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT UNIQUE)')
  })
  afterEach(() => void raw.close())

  const all = (sql: string): unknown[] => raw.prepare(sql).all([])
  const count = (): unknown => (all('SELECT count(*) AS n FROM t')[0] as { n: unknown }).n

  it.each([1, 2, 127, 128, 129, 256, 1000])('store %i rows', (length) => {
    expect(new RowInserts(raw).run(INSERT, rowsTo(length))).toBe(length)
    expect(all('SELECT id, b, typeof(id) AS t FROM t ORDER BY id')).toEqual(
      rowsTo(length).map(([id, b]) => ({ id, b, t: 'integer' })),
    )
  })

  it.each([0, 127, 128, 300, 999])('name row %i and keep none', (bad) => {
    const rows = rowsTo(1000)
    rows[bad] = [bad, null]
    raw.exec('DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL); BEGIN')
    raw.exec("INSERT INTO t VALUES (-1, 'before')")
    const place = { first: 0, last: 999 }
    expect(() => new RowInserts(raw).run(INSERT, rows, place)).toThrow('NOT NULL constraint failed')
    expect(place).toEqual({ first: bad, last: bad })
    expect(count()).toBe(1)
    raw.exec('COMMIT')
    expect(count()).toBe(1)
  })

  it('keep none of a few rows either, nor of what a statement for each row has done', () => {
    raw.exec("BEGIN; INSERT INTO t VALUES (-1, 'before')")
    const inserts = new RowInserts(raw)
    expect(() => inserts.run(INSERT, [...rowsTo(3), [3, 'b1']])).toThrow('UNIQUE constraint failed')
    expect(count()).toBe(1)
    inserts.run(INSERT, rowsTo(3))
    const update = [
      ['x', 0],
      ['b2', 1],
    ]
    expect(() => inserts.run('UPDATE t SET b = ? WHERE id = ?', update)).toThrow('UNIQUE')
    expect(all("SELECT * FROM t WHERE b = 'x'")).toEqual([])
  })

  it('name a row that ON CONFLICT FAIL refuses', () => {
    raw.exec('DROP TABLE t; CREATE TABLE t (id INTEGER, b TEXT UNIQUE ON CONFLICT FAIL); BEGIN')
    const rows = [...rowsTo(200), [200, 'b5']]
    rows.push(...rowsTo(400).slice(201))
    const place = { first: 0, last: 0 }
    expect(() => new RowInserts(raw).run(INSERT, rows, place)).toThrow('UNIQUE constraint failed')
    expect(place).toEqual({ first: 200, last: 200 })
    expect(count()).toBe(0)
  })

  it('tell the failure that ends the transaction', () => {
    raw.exec('DROP TABLE t; CREATE TABLE t (id INTEGER, b TEXT UNIQUE ON CONFLICT ROLLBACK); BEGIN')
    const rows = rowsTo(400)
    rows[200] = [200, 'b5']
    const place = { first: 0, last: 0 }
    expect(() => new RowInserts(raw).run(INSERT, rows, place)).toThrow('UNIQUE constraint failed')
    expect(place).toEqual({ first: 128, last: 255 })
    expect(raw.inTransaction).toBe(false)
    expect(count()).toBe(0)
  })

  it('count what is stored where rows are ignored or replaced', () => {
    raw.exec(
      'DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT UNIQUE ON CONFLICT IGNORE)',
    )
    const twice = rowsTo(600).map(([id], at) => [id, `b${at % 300}`])
    expect(new RowInserts(raw).run(INSERT, twice)).toBe(300)
    const replaced = INSERT.replace('INSERT', 'REPLACE')
    expect(new RowInserts(raw).run(replaced, rowsTo(300))).toBe(300)
    expect(count()).toBe(300)
  })

  it('fire triggers for each row, and see the rows before', () => {
    raw.exec(`CREATE TABLE log (n INTEGER, seen INTEGER);
      CREATE TRIGGER note BEFORE INSERT ON t BEGIN INSERT INTO log SELECT NEW.id, count(*) FROM t; END`)
    new RowInserts(raw).run(INSERT, rowsTo(300))
    expect(all('SELECT count(*) AS n FROM log WHERE n = seen')).toEqual([{ n: 300 }])
  })

  it('take other statements, wide rows, and a table that changes between two batches', () => {
    const inserts = new RowInserts(raw)
    inserts.run(INSERT, rowsTo(300))
    const update = rowsTo(300).map(([id]) => [`new ${String(id)}`, id])
    expect(inserts.run('UPDATE t SET b = ? WHERE id = ?', update)).toBe(300)
    const returning = rowsTo(3).map(([id]) => [Number(id) + 1000, null])
    expect(inserts.run(`${INSERT} RETURNING id`, returning)).toBe(3)
    inserts.run(INSERT, rowsTo(600).slice(300))
    raw.exec('ALTER TABLE t ADD COLUMN c TEXT DEFAULT 5')
    inserts.run(INSERT, rowsTo(900).slice(600))
    expect(count()).toBe(903)
    const names = Array.from({ length: 300 }, (_, at) => `c${at}`)
    raw.exec(`CREATE TABLE wide (${names.join(', ')})`)
    const wide = `INSERT INTO wide VALUES (${names.map(() => '?').join(', ')})`
    const rows = Array.from({ length: 5 }, (_, row) => names.map((_name, at) => row * at))
    expect(inserts.run(wide, rows)).toBe(5)
    expect(all('SELECT sum(c299) AS n FROM wide')).toEqual([{ n: 2990 }])
  })
})
