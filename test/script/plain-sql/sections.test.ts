import { describe, expect, it } from 'vitest'
import { readSqlSection, type SqlSection } from '../../../src/script/plain-sql/sections.ts'
import { type ScriptSyntax, STANDARD_SYNTAX } from '../../../src/sql/split/script-syntax.ts'

const HEADER = '-- revision: a\n-- down revision: none\n'

function read(
  body: string,
  direction: 'upgrade' | 'downgrade' = 'upgrade',
  syntax: ScriptSyntax = STANDARD_SYNTAX,
): SqlSection {
  return readSqlSection({ path: '/v/a.sql', source: HEADER + body }, direction, syntax)
}

describe('a section', () => {
  const body = `
-- upgrade

-- two tables
CREATE TABLE a (b TEXT DEFAULT ';');
CREATE TABLE c (
  d TEXT
)

-- downgrade
-- transaction: off
DROP TABLE c; DROP TABLE a;
`

  it('has its statements with their lines in the file, and ends where the other begins', () => {
    expect(read(body)).toEqual({
      statements: [
        { sql: "CREATE TABLE a (b TEXT DEFAULT ';')", line: 7 },
        { sql: 'CREATE TABLE c (\n  d TEXT\n)', line: 8 },
      ],
      transaction: true,
    })
    expect(read(body, 'downgrade')).toEqual({
      statements: [
        { sql: 'DROP TABLE c', line: 14 },
        { sql: 'DROP TABLE a', line: 14 },
      ],
      transaction: false,
    })
  })

  it('may come in the other order, be empty, and begin with any capitals', () => {
    const other = '--Downgrade\r\n--  UPGRADE\r\nSELECT 1;\r\n'
    expect(read(other, 'downgrade').statements).toEqual([])
    expect(read(other).statements).toEqual([{ sql: 'SELECT 1', line: 5 }])
  })

  it('does not begin in a quote or comment', () => {
    const quoting = { ...STANDARD_SYNTAX, dollarQuotes: true }
    const text =
      "-- upgrade\nSELECT '\n-- downgrade\n', $$\n-- downgrade\n$$;/*\n-- downgrade\n*/ SELECT 2"
    expect(read(text, 'upgrade', quoting).statements).toHaveLength(2)
    expect(() => read(text, 'downgrade', quoting)).toThrow("no section '-- downgrade'")
  })

  it('may switch the transaction on, too', () => {
    expect(read('-- upgrade\n-- transaction: ON\nSELECT 1').transaction).toBe(true)
  })
})

it.each<[string, 'upgrade' | 'downgrade', string]>([
  [
    '-- upgrade\nSELECT 1;',
    'downgrade',
    "/v/a.sql has no section '-- downgrade', so that it can not be undone; add the line, with nothing below it where " +
      'there is nothing to do',
  ],
  [
    '-- downgrade\nSELECT 1;',
    'upgrade',
    "/v/a.sql has no section '-- upgrade', which says what it does; add the line, with nothing below it where there is " +
      'nothing to do',
  ],
  [
    'SELECT 1;\n-- upgrade\n',
    'upgrade',
    "/v/a.sql:3 has SQL that stands in no section; put '-- upgrade' on a line above it",
  ],
  [
    '-- upgrade\n-- downgrade\n-- upgrade\n',
    'upgrade',
    "/v/a.sql:5 begins a second section '-- upgrade'",
  ],
  [
    "-- upgrade\nSELECT 1;\nSELECT 'x;\n-- downgrade\n",
    'upgrade',
    '/v/a.sql:5 begins a quote that has no end',
  ],
  [
    '-- upgrade\nSELECT 1;\n\n-- downgrade\n\n/* x\n',
    'upgrade',
    '/v/a.sql:8 begins a comment that has no end',
  ],
  [
    '-- upgrade\nSELECT 1;\n-- transaction: off\n',
    'upgrade',
    "/v/a.sql:5 is no place for '-- transaction:': it stands before a section's first statement",
  ],
  [
    '-- transaction: off\n-- upgrade\n',
    'upgrade',
    "/v/a.sql:3 is no place for '-- transaction:': it stands before a section's first statement",
  ],
  [
    '-- upgrade\n-- transaction: no\n',
    'upgrade',
    "/v/a.sql:4 says '-- transaction: no'; known are on and off",
  ],
])('%j can not be used for %s', (body, direction, message) => {
  expect(() => read(body, direction)).toThrow(
    expect.objectContaining({ message, code: 'SCRIPT_FILE_BROKEN', path: '/v/a.sql' }),
  )
})
