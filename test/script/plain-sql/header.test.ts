import { describe, expect, it } from 'vitest'
import { ScriptDirectory } from '../../../src/script/script-directory.ts'
import type { Script } from '../../../src/script/script.ts'
import { folderWith, revisionFile } from '../folder.ts'

function read(files: Readonly<Record<string, string>>): Script[] {
  const inFolder: Record<string, string> = {}
  for (const [name, text] of Object.entries(files)) inFolder[`versions/${name}`] = text
  const script = new ScriptDirectory({ dir: folderWith(inFolder) })
  return [...script.revisionMap.revisions]
}

const BASE = { 'a.ts': revisionFile('a', null), 'b.ts': revisionFile('b', null) }

describe('the header of a revision in plain SQL', () => {
  it('says what the other kinds say', () => {
    const [, , script] = read({
      ...BASE,
      'c.sql': `-- message: add users
--    and their roles
--
-- revision: c
-- down revision: a, b
-- branch labels: users, roles
-- depends on: none
-- create date: 2026-11-20

-- upgrade
SELECT 1;
-- revision: not any more
`,
    })
    expect(script).toMatchObject({
      revision: 'c',
      downRevision: ['a', 'b'],
      ownBranchLabels: ['users', 'roles'],
      dependencies: null,
      doc: 'add users\nand their roles',
      longdoc:
        'add users\nand their roles\n\nrevision: c\ndown revision: a, b\nbranch labels: users, roles\n' +
        'depends on: none\ncreate date: 2026-11-20',
    })
  })

  it('may be written in other ways', () => {
    const [, , script] = read({
      ...BASE,
      'c.sql':
        '\uFEFF--add users\r\n\r\n--REVISION:c\r\n--  down_revision : a\r\n-- depends-on: b\r\n-- Upgrade\r\n',
    })
    expect(script).toMatchObject({ revision: 'c', downRevision: 'a', dependencies: 'b' })
    expect(script?.doc).toBe('add users')
  })

  it('may have no message', () => {
    const [script] = read({ 'c.sql': '-- revision: c\n-- down revision: none\n\n-- upgrade\n' })
    expect([script?.doc, script?.longdoc]).toEqual(['', ''])
  })

  it('is nothing that other SQL has: that is left alone', () => {
    const files = {
      'a.sql': '-- revision of the prices\nINSERT INTO t VALUES (1);\n',
      'b.sql': `CREATE TABLE t (a TEXT); --upgrade later\n--      upgrade\n`,
    }
    expect(read({ ...files, 'c.sql': '-- revision: c\n-- down revision: none\n' })).toHaveLength(1)
  })

  it.each([
    ['-- upgrade\nSELECT 1', "has no line '-- revision: <id>' among the comment lines at its top"],
    ['SELECT 1;\n-- revision: a\n', "has no line '-- revision: <id>' among the comment lines"],
    [
      '-- revision: a\n-- upgrade\n',
      "has no line '-- down revision: <id of the revision before it, or 'none'>'",
    ],
    [
      '-- revision: a\n-- revision: b\n-- down revision: none\n',
      "has '-- revision:' a second time, in line 2",
    ],
    ['-- revision: a, b\n-- down revision: none\n', "'revision' in "],
    ['-- revision:\n-- down revision: none\n', "'revision' in "],
    ['-- revision: c\n-- down revision: zz\n', "c.sql names down revision 'zz', which no file has"],
  ])('%j is an error', (text, message) => {
    expect(() => read({ 'c.sql': text })).toThrow(message)
  })
})
