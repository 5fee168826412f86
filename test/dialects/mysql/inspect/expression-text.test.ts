import { expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/mariadb/index.ts'
import { readableExpression } from '../../../../src/dialects/mysql/inspect/expression-text.ts'

const plain = createDialect()
const noEscapes = createDialect({ flags: { backslashEscapes: false } })

it.each([
  ["`a` <> 'it\\'s'", "`a` <> 'it\\'s'", "`a` <> 'it''s'"],
  ["`a` <> 'b\\\\c\\nd\\Z'", "`a` <> 'b\\\\c\\nd\\Z'", "`a` <> 'b\\c\nd\u001A'"],
  [`"a" <> 'say "x"'`, '`a` <> \'say "x"\'', '`a` <> \'say "x"\''],
  ['"a""b`" > 1', '`a"b``` > 1', '`a"b``` > 1'],
  ["`it's` > 'x'", "`it's` > 'x'", "`it's` > 'x'"],
  ['current_timestamp()', 'current_timestamp()', 'current_timestamp()'],
])('%j', (catalog, readable, withoutEscapes) => {
  expect(readableExpression(plain, catalog)).toBe(readable)
  expect(readableExpression(noEscapes, catalog)).toBe(withoutEscapes)
})
