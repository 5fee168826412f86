import { describe, expect, it } from 'vitest'
import { insertChunks } from '../../src/engine/multi-row-insert.ts'

const all = (sql: string, rows: unknown[][], maxParameters = 65_535): unknown =>
  [...(insertChunks(sql, rows, { maxParameters }) ?? [])].map((chunk) => [
    chunk.sql,
    chunk.parameters,
  ])

describe('insertChunks', () => {
  it('joins rows, as many as the server takes', () => {
    expect(
      all(
        'INSERT INTO t (a, b) VALUES (?, ?);',
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        4,
      ),
    ).toEqual([
      ['INSERT INTO t (a, b) VALUES (?, ?), (?, ?)', [1, 2, 3, 4]],
      ['INSERT INTO t (a, b) VALUES (?, ?)', [5, 6]],
    ])
  })

  it('numbers the placeholders and keeps casts', () => {
    expect(
      all('insert into t values ($1, $2::json)', [
        [1, 'a'],
        [2, 'b'],
      ]),
    ).toEqual([['insert into t values ($1, $2::json), ($3, $4::json)', [1, 'a', 2, 'b']]])
  })

  it('starts a new statement before one grows past a packet', () => {
    const long = 'x'.repeat(700_000)
    const chunks = [
      ...(insertChunks('INSERT INTO t VALUES (?)', [[long], [long], [long]], {
        maxParameters: 99,
      }) ?? []),
    ]
    expect(chunks.map((chunk) => chunk.parameters.length)).toEqual([2, 1])
  })

  it.each([
    'INSERT INTO t VALUES (?, now())',
    'INSERT INTO t VALUES (?, 1)',
    'INSERT INTO t VALUES (?, ?) ON CONFLICT DO NOTHING',
    'INSERT INTO t VALUES (?, ?) RETURNING id',
    'INSERT INTO t SELECT ?, ?',
    'INSERT INTO t VALUES ($2, $1)',
    'INSERT INTO t VALUES (?)',
    'WITH x AS (SELECT ?) INSERT INTO t VALUES (?)',
    'UPDATE t SET a = ? WHERE b IN (?)',
    "INSERT INTO t SELECT '?' UNION VALUES (?, ?)",
  ])('leaves alone: %s', (sql) => {
    expect(insertChunks(sql, [[1, 2]], { maxParameters: 99 })).toBeUndefined()
  })
})
