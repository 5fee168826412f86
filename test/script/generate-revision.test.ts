import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ScriptDirectory, type ScriptDirectoryOptions } from '../../src/script/script-directory.ts'
import { STANDARD_SYNTAX } from '../../src/sql/split/script-syntax.ts'
import { TEMPLATE, folderWith, revisionFile } from './folder.ts'

class Output {
  text = ''
  write(text: string): void {
    this.text += text
  }
}

function project(
  files: Readonly<Record<string, string>> = {},
  options: Partial<ScriptDirectoryOptions> = {},
): { folder: string; script: ScriptDirectory; output: Output; again: () => ScriptDirectory } {
  const folder = folderWith({ 'script.ts.eta': TEMPLATE, ...files })
  const output = new Output()
  const again = (): ScriptDirectory =>
    new ScriptDirectory({
      dir: folder,
      messaging: { stdout: output },
      onWarning: (message) => output.write(`warning: ${message}\n`),
      ...options,
    })
  return { folder, script: again(), output, again }
}

const BRANCHES = {
  'versions/a1.ts': revisionFile('aaaa11', null),
  'versions/b1.ts': `${revisionFile('bbbb11', 'aaaa11')}\nexport const branchLabels = ['shop']`,
  'versions/c1.ts': revisionFile('cccc11', 'aaaa11'),
}

describe('a new revision', () => {
  it('is written, told of, and part of the map', async () => {
    const { folder, script, output, again } = project()
    const first = await script.generateRevision('r1', 'First one')
    const second = await script.generateRevision('r2', null, {
      branchLabels: 'x',
      dependsOn: ['r1'],
    })
    const path = join(folder, 'versions/r1_first_one.ts')
    expect(first.path).toBe(path)
    expect([second.downRevision, second.dependencies, [...second.branchLabels]]).toEqual([
      'r1',
      'r1',
      ['x'],
    ])
    expect(script.getHeads()).toEqual(['r2'])
    expect(again().getHeads()).toEqual(['r2'])
    expect(output.text).toBe(
      `Creating directory ${join(folder, 'versions')} ...  done\nGenerating ${path} ...  done\n` +
        `Generating ${join(folder, 'versions/r2_.ts')} ...  done\n`,
    )
    expect(second.doc).toBe('empty message')
    expect(readFileSync(second.path, 'utf8')).toContain(`export const revision = 'r2'
export const downRevision = 'r1'
export const branchLabels = 'x'
export const dependsOn = 'r1'
`)
    expect(first.longdoc).toMatch(
      /^First one\n\nRevision ID: r1\nRevises: \nCreate Date: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?$/,
    )
  })

  it.each([
    `it's "quoted" \`back\` \${x} \\n`,
    'ends */ throw new Error() /*',
    'two\nlines',
    '<%= 1 %>',
  ])('with the message %s is a file that loads', async (message) => {
    const { script, again } = project()
    await script.generateRevision('r1', message)
    expect(again().getRevision('r1')?.doc).toBe(message)
    await expect(again().upgradeRevs('head', [])[0]!.load(STANDARD_SYNTAX)).resolves.toBeInstanceOf(
      Function,
    )
  })

  it('merges, splices and names what it depends on in full', async () => {
    const { script } = project(BRANCHES)
    const merge = await script.generateRevision('m1', 'merge', { head: ['shop', 'cccc'] })
    expect(merge.downRevision).toEqual(['bbbb11', 'cccc11'])
    const spliced = await script.generateRevision('s1', null, { head: 'aaaa', splice: true })
    expect(spliced.downRevision).toBe('aaaa11')
    const root = await script.generateRevision('t1', null, {
      head: 'base',
      dependsOn: ['cccc', 'shop'],
    })
    expect([root.downRevision, root.dependencies]).toEqual([null, ['cccc11', 'shop']])
  })

  it('goes where the file template says, in folders that are made', async () => {
    const { folder, script } = project(
      {},
      {
        fileTemplate: '%(rev).1s/%(rev)s-%(slug)s',
        recursiveVersionLocations: true,
        truncateSlugLength: 4,
      },
    )
    const { path } = await script.generateRevision('r1', 'some words')
    expect(path).toBe(join(folder, 'versions/r/r1-some_.ts'))
    expect(script.getHeads()).toEqual(['r1'])
  })

  it('goes into the folder of its parent, if there are several', async () => {
    const folder = folderWith({
      'script.js.eta': TEMPLATE.replaceAll(': Promise<void>', ''),
      'one/a.ts': revisionFile('a', null),
      'two/2020/b.ts': revisionFile('b', null),
    })
    const script = new ScriptDirectory({
      dir: folder,
      versionLocations: ['one', 'two'].map((name) => join(folder, name)),
      recursiveVersionLocations: true,
      messaging: { quiet: true },
    })
    const next = async (id: string, head: string, versionPath?: string): Promise<string> =>
      (await script.generateRevision(id, null, { head, versionPath: versionPath ?? null })).path
    expect(await next('b2', 'b')).toBe(join(folder, 'two/b2_.js'))
    expect(await next('a2', 'a')).toBe(join(folder, 'one/a2_.js'))
    expect(await next('c', 'base', join(folder, 'two'))).toBe(join(folder, 'two/c_.js'))
    await expect(next('d', 'base')).rejects.toThrow(
      'Multiple version locations present, please specify --version-path',
    )
    await expect(next('d', 'base', 'three')).rejects.toThrow(
      'Path three is not represented in current version locations',
    )
    expect(() => script.versions).toThrow('Multiple version_locations present')
  })
})

describe('what can not be made', () => {
  it.each<[string, string, object, string]>([
    [
      'a sign with a meaning',
      'a-b',
      {},
      "Character(s) '-' not allowed in revision identifier 'a-b'",
    ],
    ['a symbol', 'head', {}, "Revision identifier 'head' stands for something else"],
    ['a path', '../x', {}, "Revision identifier '../x' is empty or has white space or slashes"],
    ['nothing', '', {}, "Revision identifier '' is empty"],
    ['too long an id', 'x'.repeat(33), {}, 'has 33 characters; the version table takes 32'],
    [
      'several heads',
      'n1',
      {},
      'Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.',
    ],
    [
      'a head that is none',
      'n1',
      { head: 'aaaa11' },
      'Revision aaaa11 is not a head revision; please specify --splice to create a new branch from this revision',
    ],
    ['a head twice', 'n1', { head: ['bbbb11', 'shop'] }, 'Duplicate head revisions specified'],
    ['an unknown head', 'n1', { head: 'nope' }, "Can't locate revision identified by 'nope'"],
    ['itself as parent', 'cccc11', { head: 'cccc11' }, "Revision cccc11 can't follow itself"],
    [
      'an unknown dependency',
      'n1',
      { head: 'cccc11', dependsOn: 'nope' },
      "Can't locate revision identified by 'nope'",
    ],
    [
      'the base as dependency',
      'n1',
      { head: 'cccc11', dependsOn: 'base' },
      "A revision can't depend on 'base'",
    ],
    [
      'a label that is taken',
      'n1',
      { head: 'cccc11', branchLabels: 'shop' },
      "Branch name 'shop' in revision n1 already used by revision bbbb11",
    ],
    [
      'an id as label',
      'n1',
      { head: 'cccc11', branchLabels: ['ok', 'aaaa11'] },
      "Branch name 'aaaa11' in revision n1 already used by revision aaaa11",
    ],
    [
      'its own id as label',
      'n1',
      { head: 'cccc11', branchLabels: 'n1' },
      'already used by revision n1',
    ],
    [
      'a label twice',
      'n1',
      { head: 'cccc11', branchLabels: ['l', 'l'] },
      'already used by revision n1',
    ],
    [
      'a label that is a symbol',
      'n1',
      { head: 'cccc11', branchLabels: 'heads' },
      "Branch label 'heads' stands for",
    ],
    [
      'a label with a sign',
      'n1',
      { head: 'cccc11', branchLabels: 'a@b' },
      "Character '@' not allowed in branch label 'a@b'",
    ],
    [
      'an unknown token',
      'n1',
      { head: 'cccc11', fileTemplate: '%(x)s' },
      "file_template '%(x)s' has '%(x)s'; known are",
    ],
    ['a way out', 'n1', { head: 'cccc11', fileTemplate: '../%(rev)s' }, 'file_template makes '],
  ])('%s: nothing is written', async (_, id, options, message) => {
    const { folder, script, output } = project(BRANCHES)
    await expect(script.generateRevision(id, 'm', options)).rejects.toThrow(message)
    expect(readdirSync(join(folder, 'versions'))).toEqual(['a1.ts', 'b1.ts', 'c1.ts'])
    expect(output.text).toBe('')
  })

  it('a file that is there: of two processes, one fails', async () => {
    const { folder, script, again, output } = project()
    const other = again()
    expect(other.getHeads()).toEqual([])
    await script.generateRevision('r1', 'same')
    await expect(other.generateRevision('r1', 'same')).rejects.toMatchObject({
      code: 'SCRIPT_FILE_NOT_WRITTEN',
      message: `${join(folder, 'versions/r1_same.ts')} exists already; choose another message or revision id, or delete it`,
    })
    expect(output.text).toMatch(/  FAILED\n$/)
  })

  it('an id that is there, in another file, gives a warning', async () => {
    const { script, output } = project(BRANCHES)
    await script.generateRevision('aaaa11', 'again', { head: ['bbbb11', 'cccc11'] })
    expect(output.text).toMatch(/warning: Revision aaaa11 is present more than once\n$/)
  })

  it('a template that is missing or fails leaves no file', async () => {
    const { folder, output } = project({ 'other/versions/a.ts': revisionFile('a', null) })
    const make = (dir: string): Promise<unknown> =>
      new ScriptDirectory({ dir, messaging: { stdout: output } }).generateRevision('r1', null)
    await expect(make(join(folder, 'other'))).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' })
    const failing = folderWith({ 'script.ts.eta': '<%= it.nothing.at.all %>' })
    await expect(make(failing)).rejects.toThrow(
      `Template rendering failed; ${join(failing, 'script.ts.eta')}: `,
    )
    expect(readdirSync(join(failing, 'versions'))).toEqual([])
    expect(output.text).toMatch(/Generating .* \.\.\. {2}FAILED\n$/)
  })

  it('labels that the template does not write', async () => {
    const { script } = project({
      'script.ts.eta': `export const revision = <%~ it.literal(it.upRevision) %>\nexport const downRevision = null`,
    })
    await expect(script.generateRevision('r1', null, { branchLabels: 'x' })).rejects.toThrow(
      'Version r1 specified branch_labels x, however the migration file',
    )
  })

  it.each([
    ['ebcdic', 'm', "output_encoding 'ebcdic' can't be read back by Node; use utf-8"],
    ['hex', 'm', "output_encoding 'hex' can't be read back by Node; use utf-8"],
    [
      'latin-1',
      'Straße',
      "The new file has 'ß', which Node would not read back from output_encoding 'latin-1'; use utf-8",
    ],
  ])('the encoding %s with the message %s', async (outputEncoding, message, error) => {
    const { folder, script } = project({}, { outputEncoding })
    await expect(script.generateRevision('r1', message)).rejects.toThrow(error)
    expect(readdirSync(join(folder, 'versions'))).toEqual([])
  })

  it.each(['utf-8', 'UTF_8', 'utf8', 'ascii', 'iso-8859-1'])(
    'the encoding %s can be used',
    async (outputEncoding) => {
      const { script, again } = project({}, { outputEncoding })
      const message = /utf/i.test(outputEncoding) ? 'Straße 🚏' : 'street'
      await script.generateRevision('r1', message)
      expect(again().getRevision('r1')?.doc).toBe(message)
    },
  )
})
