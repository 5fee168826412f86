import { expect, test } from 'vitest'
import { parseIni } from '../../src/config/ini-file.ts'

const parse = (text: string): unknown => {
  const { defaults, sections } = parseIni(text, 'a.ini')
  return {
    defaults: Object.fromEntries(defaults),
    ...Object.fromEntries(
      [...sections].map(([name, options]) => [name, Object.fromEntries(options)]),
    ),
  }
}

test('reads sections, both delimiters, comments and keys in any case', () => {
  expect(
    parse(
      '\uFEFF# top\n[alembic]\nScript_Location = db\n; note\nurl: a=b:c\nempty =\r\n[other]\nx=1 # kept\n',
    ),
  ).toEqual({
    defaults: {},
    alembic: { script_location: 'db', url: 'a=b:c', empty: '' },
    other: { x: '1 # kept' },
  })
})

test('joins indented lines, blank and comment lines between them', () => {
  expect(parse('[a]\nlist =\n  one\n\n  # not this\n  two\n\nnext = 1\n')).toEqual({
    defaults: {},
    a: { list: '\none\n\ntwo', next: '1' },
  })
})

test('keeps [DEFAULT] apart', () => {
  expect(parse('[DEFAULT]\nroot = /x\n[a]\ny = 1')).toEqual({
    defaults: { root: '/x' },
    a: { y: '1' },
  })
})

test.each([
  ['[a]\nx = 1\nX: 2', "[line 3]: option 'x' in section 'a' already exists"],
  ['[a]\n[b]\n[a]', "[line 3]: section 'a' already exists"],
  ['x = 1', "[line 1]: 'x = 1' stands before the first [section]"],
  ['[a]\njust words', "[line 2]: 'just words' is no option; expected 'key = value'"],
])('refuses %j', (text, message) => {
  expect(() => parseIni(text, 'a.ini')).toThrow(`While reading from 'a.ini' ${message}`)
})
