import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  ScriptDirectory,
  type ScriptDirectoryOptions,
} from '../../../src/script/script-directory.ts'
import { STANDARD_SYNTAX } from '../../../src/sql/split/script-syntax.ts'
import { TEMPLATE, folderWith, revisionFile } from '../folder.ts'

function project(
  files: Readonly<Record<string, string>> = { 'script.ts.eta': TEMPLATE },
  options: Partial<ScriptDirectoryOptions> = {},
): { folder: string; open: () => ScriptDirectory } {
  const folder = folderWith(files)
  const open = (): ScriptDirectory =>
    new ScriptDirectory({
      dir: folder,
      templateFolder: 'templates',
      messaging: { quiet: true },
      ...options,
    })
  return { folder, open }
}

describe('a new revision in plain SQL', () => {
  it('is what the template says', async () => {
    const { open } = project({
      'versions/a.ts': revisionFile('a', null),
      'versions/b.ts': revisionFile('b', null),
    })
    const script = await open().generateRevision('c', 'Add users', {
      kind: 'sql',
      head: ['a', 'b'],
      branchLabels: ['x', 'y'],
      dependsOn: 'a',
    })
    expect(script.path).toMatch(/versions\/c_add_users\.sql$/)
    expect(readFileSync(script.path, 'utf8').replace(/date: .*/, 'date: D'))
      .toBe(`-- message: Add users
--
-- revision: c
-- down revision: a, b
-- branch labels: x, y
-- depends on: a
-- create date: D

-- upgrade

-- downgrade
`)
    expect(open().getRevision('c')).toMatchObject({
      downRevision: ['a', 'b'],
      ownBranchLabels: ['x', 'y'],
      dependencies: 'a',
      doc: 'Add users',
    })
  })

  it.each([
    'upgrade',
    'revision: x',
    'two\nupgrade\r\nrevision: y',
    '*/ <%= 1 %>',
    "it's -- x",
    null,
  ])('with the message %j is a file that loads', async (message) => {
    const { open } = project()
    await open().generateRevision('c', message, { kind: 'sql' })
    const [script] = open().revisionMap.revisions
    expect(script).toMatchObject({ revision: 'c', downRevision: null })
    expect(script!.doc).toBe(message?.replace('\r', '') ?? 'empty message')
    for (const [step] of [open().upgradeRevs('head', []), open().downgradeRevs('base', ['c'])])
      await expect(step!.load(STANDARD_SYNTAX)).resolves.toBeInstanceOf(Function)
  })

  it("comes from the project's own template, which may be the only one", async () => {
    const { open } = project({
      'script.sql.eta': '-- revision: <%~ it.upRevision %>\n-- down revision: none\n-- upgrade\n',
    })
    const { path } = await open().generateRevision('c', 'x')
    expect(readFileSync(path, 'utf8')).toBe('-- revision: c\n-- down revision: none\n-- upgrade\n')
    expect(path).toMatch(/c_x\.sql$/)
  })

  it('has no operations, and no names that its header would cut', async () => {
    const { folder, open } = project()
    const make = (id: string, options: object): Promise<unknown> =>
      open().generateRevision(id, 'x', { kind: 'sql', ...options })
    await expect(make('c', { templateArgs: { upgrades: '  op.x()' } })).rejects.toThrow(
      'Operations can not be written into a revision in plain SQL; make it in TypeScript (--kind ts)',
    )
    for (const name of ['a,b', 'None'])
      await expect(make('c', { branchLabels: name })).rejects.toMatchObject({
        message: `The name '${name}' would mean something else in a revision in plain SQL; choose another`,
        code: 'REVISION_NAME_INVALID',
      })
    await expect(make('a,b', {})).rejects.toThrow("The name 'a,b'")
    expect(readdirSync(folder)).toEqual(['script.ts.eta'])
  })

  it('is refused where its template makes none', async () => {
    const { open } = project({ 'script.sql.eta': '-- nothing' })
    await expect(open().generateRevision('c', 'x')).rejects.toMatchObject({
      code: 'TEMPLATE_FAILED',
      message: expect.stringContaining(
        "is no revision; has its template a line '-- revision: ",
      ) as unknown,
    })
  })
})

describe('the kind of a new revision', () => {
  it('is that of the template unless it is said', async () => {
    const { folder, open } = project()
    const made = async (id: string, kind?: 'ts' | 'js' | 'sql'): Promise<string> =>
      (await open().generateRevision(id, null, { kind: kind ?? null })).path
    expect(await made('a')).toBe(join(folder, 'versions/a_.ts'))
    expect(await made('b', 'js')).toBe(join(folder, 'versions/b_.js'))
    expect(await made('c', 'ts')).toBe(join(folder, 'versions/c_.ts'))
    expect(await made('d', 'sql')).toBe(join(folder, 'versions/d_.sql'))
    const steps = open().upgradeRevs('head', [])
    expect(steps.map((step) => step.revision.revision)).toEqual(['a', 'b', 'c', 'd'])
    for (const step of steps)
      await expect(step.load(STANDARD_SYNTAX)).resolves.toBeInstanceOf(Function)
    expect(readFileSync(join(folder, 'versions/b_.js'), 'utf8')).toContain(
      'export async function upgrade() {}\n',
    )
  })

  it('needs a template', async () => {
    const { open } = project({}, { templateFolder: null })
    await expect(open().generateRevision('c', 'x', { kind: 'sql' })).rejects.toThrow(
      /^There is no template for revision files, .*script\.sql\.eta; /,
    )
  })
})
