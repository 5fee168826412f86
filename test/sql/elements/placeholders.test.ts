import { afterEach, expect, it, vi } from 'vitest'
import { createDialect } from '../../../src/dialects/sqlite/index.ts'
import { sa } from '../../../src/index.ts'
import { escapeColons, verbatimText } from '../../../src/sql/elements/placeholders.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'

const warnings = vi.fn<(message: string) => void>()
setWarningHandler(warnings)
afterEach(() => {
  warnings.mockClear()
})

const { sql } = createDialect()

it.each([
  ["a = ':b'", "a = '\\:b'"],
  ['a::int', 'a::int'],
  ["'12:30:59'", "'12:30:59'"],
  ["' :a: '", "' :a: '"],
  ["'\\:x'", "'\\\\:x'"],
])('escapeColons(%j)', (text, escaped) => {
  expect(escapeColons(text)).toBe(escaped)
  expect(sql.compileForDdl(verbatimText(text))).toBe(text)
})

it('a value is written as it is, whatever is in it', () => {
  const text = sa.text("SELECT :a, '\\:a'").bindparams({ a: '\\:a :a' })
  expect(sql.compile(text, { literalBinds: true }).sql).toBe("SELECT '\\:a :a', ':a'")
  expect(sql.compile(text)).toMatchObject({
    sql: "SELECT ?, ':a'",
    parameters: [{ key: 'a', value: '\\:a :a' }],
  })
})

it('a placeholder without a value is NULL where values are written, with a warning', () => {
  expect(sql.compileForDdl(sa.text("a = ':b'"))).toBe("a = 'NULL'")
  expect(warnings.mock.calls).toEqual([
    [
      "':b' in SQL text is a placeholder without a value and was written as NULL; write a colon as '\\\\:', or give the value with bindparams()",
    ],
  ])
})
