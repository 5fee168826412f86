import { expect, it } from 'vitest'
import { transactionVerb } from '../../src/engine/transaction-verb.ts'

it.each([
  ['BEGIN', 'begin'],
  ['begin transaction', 'begin'],
  ['START TRANSACTION ;', 'begin'],
  ['COMMIT', 'commit'],
  [' commit  work', 'commit'],
  ['ROLLBACK TRANSACTION', 'rollback'],
  ['ROLLBACK TO SAVEPOINT a', undefined],
  ['BEGIN UPDATE t SET a = 1; END', undefined],
  ['SELECT 1', undefined],
])('%s', (sql, verb) => {
  expect(transactionVerb(sql)).toBe(verb)
})
