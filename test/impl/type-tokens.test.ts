import { expect, it } from 'vitest'
import { isSameTypeDetail, isSameTypeName, tokenizeType } from '../../src/impl/type-tokens.ts'

const synonyms = [new Set(['numeric', 'decimal']), new Set(['float', 'double precision'])]
const clauses = [/character set ([\w-]+)/, /collate ([\w-]+)/]

it('takes types apart', () => {
  expect(tokenizeType('NUMERIC(10, 2) UNSIGNED')).toEqual({
    word: 'numeric',
    furtherWords: ['unsigned'],
    args: ['10', '2'],
  })
  expect(tokenizeType('TIMESTAMP(3) WITH TIME ZONE').furtherWords).toEqual(['with', 'time', 'zone'])
})

it.each([
  ['VARCHAR(10)', 'VARCHAR(20)', false],
  ['VARCHAR(10)', 'VARCHAR', true],
  ['NUMERIC(10, 2)', 'DECIMAL(10, 2)', true],
  ['NUMERIC(10, 2)', 'NUMERIC(10)', true],
  ['FLOAT', 'DOUBLE PRECISION', true],
  ['FLOAT', 'REAL', false],
  ['INTEGER UNSIGNED', 'INTEGER', true],
  ['INTEGER UNSIGNED', 'INTEGER ZEROFILL', false],
  ['VARCHAR(5) COLLATE a', 'VARCHAR(5) CHARACTER SET x COLLATE b', false],
  ['VARCHAR(5) COLLATE a', 'VARCHAR(5)', true],
])('%s and %s: %s', (first, second, expected) => {
  const [a, b] = [tokenizeType(first), tokenizeType(second)]
  expect(isSameTypeName(a, b, synonyms) && isSameTypeDetail(a, b, clauses)).toBe(expected)
})
