import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Config } from '../../src/config/config.ts'
import { ScriptDirectory, type ScriptDirectoryOptions } from '../../src/script/script-directory.ts'
import { STANDARD_SYNTAX } from '../../src/sql/split/script-syntax.ts'
import { folderWith, revisionFile } from './folder.ts'

function directory(
  files: Readonly<Record<string, string>>,
  options: Partial<ScriptDirectoryOptions> = {},
): ScriptDirectory {
  return new ScriptDirectory({ dir: folderWith(files), ...options })
}

function ids(script: ScriptDirectory): string[] {
  return script.revisionMap.revisions.map(({ revision }) => revision)
}

describe('which files are revisions', () => {
  it('takes every kind of module, by name, and no other file', () => {
    const script = directory({
      'versions/a.ts': revisionFile('a', null),
      'versions/b.mts': revisionFile('b', 'a'),
      'versions/c.cts': `export = { revision: 'no' }\nexports.revision = 'c'; exports.downRevision = 'b'`,
      'versions/d.js': revisionFile('d', 'c'),
      'versions/e.mjs': revisionFile('e', 'd'),
      'versions/f.cjs': `module.exports = { revision: 'f', downRevision: ['e'] }`,
      'versions/a.d.ts': `export declare const revision: string`,
      'versions/.#a.ts': 'lock of an editor',
      'versions/__init__.ts': '',
      'versions/README.md': '',
      'versions/below/g.ts': revisionFile('g', 'f'),
    })
    expect(ids(script)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('leaves compiled output out where its source is there', () => {
    const files = {
      'versions/a.ts': revisionFile('source', null),
      'versions/a.js': revisionFile('output', null),
      'versions/a.js.map': '{}',
      'versions/a.d.ts': 'export declare const revision: string',
      'versions/b.js': revisionFile('b', null),
      'versions/b.d.ts': 'export declare const revision: string',
      'versions/c.mts': revisionFile('c', null),
      'versions/c.mjs': revisionFile('output', null),
      'versions/d.ts': revisionFile('d', null),
      'versions/d.cjs': revisionFile('output', null),
      'versions/e.cjs': `exports.revision = 'e'; exports.downRevision = null`,
    }
    expect(ids(directory(files))).toEqual(['source', 'b', 'c', 'd', 'e'])
  })

  it('looks in folders below where it should, each after the files beside it', () => {
    const files = {
      'versions/2021/c.ts': revisionFile('c', 'b'),
      'versions/2020/b.ts': revisionFile('b', 'z'),
      'versions/z.ts': revisionFile('z', null),
    }
    expect(ids(directory(files, { recursiveVersionLocations: true }))).toEqual(['z', 'b', 'c'])
  })

  it('reads several folders in order, a folder that is not there as empty, a file once', () => {
    const folder = folderWith({
      'one/b.ts': revisionFile('b', 'a'),
      'two/a.ts': revisionFile('a', null),
    })
    symlinkSync(join(folder, 'one/b.ts'), join(folder, 'two/link.ts'))
    const warnings: string[] = []
    const script = new ScriptDirectory({
      dir: folder,
      versionLocations: ['one', 'gone', 'two'].map((name) => join(folder, name)),
      onWarning: (message) => warnings.push(message),
    })
    expect(ids(script)).toEqual(['b', 'a'])
    expect(warnings).toEqual([
      `File ${join(folder, 'one/b.ts')} loaded twice! ignoring. Please ensure version_locations is unique.`,
    ])
  })

  it('reads nothing before it is asked', () => {
    const script = directory({ 'versions/a.ts': 'not even JavaScript' })
    expect(() => script.downgradeRevs('-1', [])).toThrow(
      "Relative revision -1 didn't produce 1 migrations",
    )
  })
})

describe('headers', () => {
  it('are read without running the file', () => {
    const script = directory({
      'versions/a.ts': `${revisionFile('a', null, 'First')}\nthrow new Error('ran')`,
    })
    expect(script.getRevision('a')?.doc).toBe('First')
    expect(script.getRevision('a')?.longdoc).toBe('First\n\nRevision ID: a')
  })

  it('that are computed come from running it', () => {
    const script = directory({
      'versions/a.ts': `const n: number = 1\nexport const revision = 'a' + n\nexport const downRevision = null`,
      'versions/b.cjs': `module.exports = Object.assign({}, { revision: 'b', downRevision: 'a1' })`,
    })
    expect(ids(script)).toEqual(['a1', 'b'])
    expect(script.getHeads()).toEqual(['b'])
  })

  it('may be the name of the file', () => {
    expect(
      ids(directory({ 'versions/abcdef0123.ts': 'export const downRevision = null' })),
    ).toEqual(['abcdef0123'])
  })
})

describe('files that are wrong', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'no id',
      { 'x_y.ts': 'export const downRevision = null' },
      'Could not determine revision id from filename x_y.ts. Be sure the',
    ],
    [
      'no parent',
      { 'a.ts': `export const revision = 'a'` },
      `has no 'downRevision'; export the id of the revision before it, or null if it is the first`,
    ],
    [
      'an id that is no text',
      { 'a.ts': `export const revision = 5\nexport const downRevision = null` },
      `'revision' in `,
    ],
    [
      'a parent that is no text',
      { 'a.ts': `export const revision = 'a'\nexport const downRevision = [5]` },
      'has to be a string, an array of strings, or null',
    ],
    [
      'a missing parent',
      { 'a1.ts': revisionFile('abcdef', null), 'b.ts': revisionFile('b', 'abcdfe') },
      `b.ts names down revision 'abcdfe', which no file has; did you mean 'abcdef'?`,
    ],
    [
      'the beginning of a parent',
      { 'a1.ts': revisionFile('abcdef', null), 'b.ts': revisionFile('b', 'abc') },
      `b.ts names down revision 'abc', which no file has; did you mean 'abcdef'?`,
    ],
    [
      'a parent that nothing is like',
      { 'b.ts': revisionFile('b', 'zzz') },
      `b.ts names down revision 'zzz', which no file has`,
    ],
    [
      'a missing dependency',
      { 'b.ts': `${revisionFile('b', null)}\nexport const dependsOn = ['zzz']` },
      `b.ts names dependency 'zzz', which no file has`,
    ],
    [
      'a label as parent',
      {
        'a.ts': `${revisionFile('a', null)}\nexport const branchLabels = 'x'`,
        'b.ts': revisionFile('b', 'x'),
      },
      `b.ts names down revision 'x', which is a branch label of a.ts; name the revision, 'a'`,
    ],
    ['a computed header that throws', { 'a.ts': `export const revision = f()` }, "Can't load "],
  ])('%s', (_, files, message) => {
    const inFolder: Record<string, string> = {}
    for (const [name, text] of Object.entries(files)) inFolder[`versions/${name}`] = text
    expect(() => directory(inFolder).getHeads()).toThrow(message)
  })

  it('a link to nowhere', () => {
    const folder = folderWith({ 'versions/a.ts': revisionFile('a', null) })
    symlinkSync(join(folder, 'gone.ts'), join(folder, 'versions/link.ts'))
    expect(() => new ScriptDirectory({ dir: folder }).getHeads()).toThrow(
      `Can't read ${join(folder, 'versions/link.ts')}`,
    )
  })

  it('a folder in place of a file', () => {
    const folder = folderWith({ 'versions/x/a.ts': revisionFile('a', null) })
    symlinkSync(join(folder, 'versions/x'), join(folder, 'versions/link.ts'))
    expect(() => new ScriptDirectory({ dir: folder }).getHeads()).toThrow("Can't read ")
  })
})

describe('the code of a revision', () => {
  it('runs when its function is asked for', async () => {
    const script = directory({
      'versions/a.ts': `export const revision: string = 'a'
export const downRevision = null
interface Unused { readonly x: number }
export function upgrade(): string { return 'up' }
export const downgrade = async (): Promise<string> => 'down'`,
      'versions/b.cjs': `exports.revision = 'b'
exports.downRevision = 'a'
exports.upgrade = () => 'up b'`,
      'versions/c.js': `import { basename } from 'node:path'
export const revision = 'c'
export const downRevision = 'b'
export const upgrade = () => basename('/x/up c')`,
    })
    const [a, b, c] = script.upgradeRevs('head', [])
    expect((await a!.load(STANDARD_SYNTAX))()).toBe('up')
    expect((await b!.load(STANDARD_SYNTAX))()).toBe('up b')
    expect((await c!.load(STANDARD_SYNTAX))()).toBe('up c')
    expect(await (await script.downgradeRevs('base', ['a'])[0]!.load(STANDARD_SYNTAX))()).toBe(
      'down',
    )
    await expect(script.downgradeRevs('-1', ['b'])[0]!.load(STANDARD_SYNTAX)).rejects.toThrow(
      `b.cjs has no function 'downgrade'; add: export async function downgrade() {}`,
    )
  })

  it.each([
    ['a syntax error', 'function {', /Can't load .*a\.ts: .*ParseError.*; correct a\.ts/],
    [
      'something thrown',
      `throw new RangeError('too far')`,
      /Can't load .*a\.ts: RangeError: too far; /,
    ],
    ['a missing import', `import './gone.ts'`, /Can't load .*a\.ts: .*gone\.ts/],
  ])('with %s is an error of one line', async (_, code, message) => {
    const script = directory({ 'versions/a.ts': revisionFile('a', null) + code })
    expect(script.getHeads()).toEqual(['a'])
    const error = (await script
      .upgradeRevs('head', [])[0]!
      .load(STANDARD_SYNTAX)
      .catch((each: unknown) => each)) as Error
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('\n')
    expect(error).toMatchObject({ code: 'SCRIPT_FILE_BROKEN', cause: expect.any(Error) as Error })
  })

  it('finds what the paths of a tsconfig name', async () => {
    const folder = folderWith({
      'tsconfig.json': `{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }`,
      'src/names.ts': `export const name: string = 'from src'`,
      'migrations/versions/a.ts': `import { name } from '@app/names'
${revisionFile('a', null).replace('upgrade(): Promise<void> {}', 'upgrade(): Promise<string> { return name }')}`,
    })
    const script = new ScriptDirectory({ dir: join(folder, 'migrations') })
    const [step] = script.upgradeRevs('head', [])
    expect(await (await step!.load(STANDARD_SYNTAX))()).toBe('from src')
  })

  describe.each(['module', 'commonjs', null])('in a package of type %s', (type) => {
    const manifest = JSON.stringify({ ...(type !== null && { type }) })

    it('runs, source and JavaScript', async () => {
      const folder = folderWith({
        'package.json': manifest,
        'versions/a.ts': revisionFile('a', null).replace('{}', "{ throw new RangeError('ran') }"),
        'versions/b.js': revisionFile('b', 'a').replaceAll(': Promise<void>', ''),
      })
      const [a, b] = new ScriptDirectory({ dir: folder }).upgradeRevs('head', [])
      await expect((await a!.load(STANDARD_SYNTAX))()).rejects.toThrow('ran')
      await expect((await b!.load(STANDARD_SYNTAX))()).resolves.toBeUndefined()
    })

    // What tsc makes of a revision: with "module": "commonjs", and with "esnext".
    it.each([
      [
        'js',
        `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dependsOn = exports.branchLabels = exports.downRevision = exports.revision = void 0;
exports.upgrade = upgrade;
exports.downgrade = downgrade;
const node_path_1 = require("node:path");
exports.revision = 'a';
exports.downRevision = null;
exports.branchLabels = null;
exports.dependsOn = null;
async function upgrade() { return (0, node_path_1.basename)('/x/ran'); }
async function downgrade() { }
//# sourceMappingURL=a.js.map`,
      ],
      [
        'js',
        `import { basename } from 'node:path';
export const revision = 'a';
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;
export async function upgrade() { return basename('/x/ran'); }
export async function downgrade() { }
//# sourceMappingURL=a.js.map`,
      ],
    ])('runs the compiled output without its source, .%s: %j', async (extension, code) => {
      const folder = folderWith({
        'package.json': manifest,
        [`versions/a.${extension}`]: code,
        'versions/a.js.map': '{}',
        'versions/a.d.ts': 'export declare const revision: string',
      })
      const script = ScriptDirectory.fromConfig(
        new Config({ settings: { scriptLocation: folder, sourceless: true } }),
      )
      const [step] = script.upgradeRevs('head', [])
      expect(await (await step!.load(STANDARD_SYNTAX))()).toBe('ran')
    })
  })

  it('shows the right line in a stack', async () => {
    const source = revisionFile('a', null).replace(
      '{}',
      '{\n  const x: number = 1\n  throw new RangeError(String(x))\n}',
    )
    const script = directory({ 'versions/a.ts': source })
    const upgrade = await script.upgradeRevs('head', [])[0]!.load(STANDARD_SYNTAX)
    const line = source.split('\n').findIndex((text) => text.includes('throw')) + 1
    const error = (await (upgrade() as Promise<unknown>).catch((each: unknown) => each)) as Error
    expect(error.stack).toContain(`a.ts:${line}:`)
  })
})

it('says how to make a folder that is not there', () => {
  expect(() => new ScriptDirectory({ dir: '/nowhere' })).toThrow(
    "Path doesn't exist: /nowhere.  Please use the 'init' command to create a new scripts folder.",
  )
})
