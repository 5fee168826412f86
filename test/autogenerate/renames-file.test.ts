import { expect, it } from 'vitest'
import { parseRenamesFile } from '../../src/autogenerate/renames/renames-file.ts'

it('reads lines, and JSON as an object or a list', () => {
  expect(parseRenamesFile('\uFEFF# May\r\nusers.name = full_name\r\n', 'f')).toEqual([
    'users.name = full_name',
  ])
  expect(
    parseRenamesFile('{\n  "users.name": "full_name",\n  "n\\u00e4me": "x"\n}\n', 'f'),
  ).toEqual({ 'users.name': 'full_name', näme: 'x' })
  expect(parseRenamesFile('# done\n', 'f')).toEqual([])
  expect(parseRenamesFile('{}', 'f')).toEqual({})
  expect(parseRenamesFile('["a=b", "c = d"]', 'f')).toEqual(['a=b', 'c = d'])
})

const NONE = 'begins like JSON and is none: '

it.each([
  ['{\n  "users.name" "x"\n}', `f.json ${NONE}line 2 has '"x"' where ':' should be`],
  ['{\n  "a": "b",\n}', `f.json ${NONE}line 3 has '}' where a string should be`],
  ['{\n  "a": "b"\n', `f.json ${NONE}line 3 has the end of the file where ',' or '}' should be`],
  ["{\n  'a': 'b'\n}", `f.json ${NONE}line 2 has ''' where a string should be`],
  ['{"a": "b"}\n\n{"c": "d"}', `f.json ${NONE}line 3 has '{' where the end of the file should be`],
  ['[\n"a=b"\n"c=d"]', `f.json ${NONE}line 3 has '"c=d"' where ',' or ']' should be`],
  ['{"a": "\\x"}', `f.json ${NONE}line 1 has '"\\x"' where a string should be`],
  [
    '{\n"renames": {"a": "b"}}',
    'f.json:2: old and new names must be strings, as in {"users.name": "full_name"}, and not {',
  ],
  [
    '{\n\n"users": 1}',
    'f.json:3: old and new names must be strings, as in {"users.name": "full_name"}, and not 1',
  ],
  ['{"a": "b",\n"a": "c"}', `f.json:2: 'a' is renamed twice`],
  [
    '[\n"users.name"]',
    "f.json:2: a rename is written 'table.old=new', of a table 'old=new'; 'users.name' is neither",
  ],
  [
    '# done in May\n\nusers.name full_name\n',
    "f.json:3: a rename is written 'table.old=new', of a table 'old=new'; 'users.name full_name' is neither",
  ],
])('says where %j is wrong', (text, message) => {
  expect(() => parseRenamesFile(text, 'f.json')).toThrow(expect.objectContaining({ message }))
})
