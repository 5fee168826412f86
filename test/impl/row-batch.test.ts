import { expect, it } from 'vitest'
import * as sa from '../../src/sa.ts'
import { op } from '../../src/index.ts'
import { sentBy } from '../operations/op-fixture.ts'

it('a NULL in the first row leaves the values of the others alone', async () => {
  const table = sa.table('t', sa.column('a', sa.Integer()), sa.column('b', sa.String()))
  const rows = [
    { a: null, b: 'x' },
    { a: 5, b: null },
  ]
  expect(await sentBy('sqlite', () => op.bulkInsert(table, rows))).toEqual([
    ['INSERT INTO t (a, b) VALUES (?, ?)', [null, 'x']],
    ['INSERT INTO t (a, b) VALUES (?, ?)', [5, null]],
  ])
})
