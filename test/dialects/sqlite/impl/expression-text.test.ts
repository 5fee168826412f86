import { expect, it } from 'vitest'
import { expressionText } from '../../../../src/dialects/sqlite/impl/expression-text.ts'

it.each([
  ['a > 0', '"b c" > 0'],
  ['A > 0 AND "a" < 5', '"b c" > 0 AND "b c" < 5'],
  ['t.a > 0 OR "t".x', '"b c" > 0 OR x'],
  ["a(1) || 'a' || x.b", "a(1) || 'a' || x.b"],
  ['CAST(x AS a) COLLATE a', 'CAST(x AS a) COLLATE a'],
  ['lower([a]) -- a', 'lower("b c") -- a'],
])('%s becomes %s', (sql, expected) => {
  expect(expressionText.rename(sql, 't', new Map([['a', 'b c']]))).toBe(expected)
})

it('tells which columns are named', () => {
  expect(expressionText.mentioned('"A" > length(b) + \'c\'', ['a', 'b', 'c', 'd'])).toEqual([
    'a',
    'b',
  ])
})
