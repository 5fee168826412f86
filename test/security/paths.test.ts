// Words from outside (ids, messages, labels, templates) never lead a file out of the folders that the configuration names.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newFilePath } from '../../src/script/new-file-path.ts'
import { runHere } from './run-here.ts'

let outside: string
let folder: string
beforeEach(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-paths-')))
  folder = join(outside, 'deep/project')
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
  configure()
})
afterEach(() => rmSync(outside, { recursive: true }))

function configure(more: string = ''): void {
  writeFileSync(
    join(folder, 'alembic.config.ts'),
    `export default { url: 'sqlite://', scriptLocation: 'alembic', ${more} }\n`,
  )
}

/** Everything in the temporary folder, without what is in `alembic/versions`. */
const beside = (): string[] =>
  readdirSync(outside, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('deep/project/alembic/versions/'))
    .toSorted()
const inside = (): string[] =>
  readdirSync(join(folder, 'alembic/versions'), { recursive: true, encoding: 'utf8' })

/** It either made one file in its place, or said in one line why not. */
async function writesInsideOrRefuses(argv: readonly string[]): Promise<'written' | 'refused'> {
  const [before, filesBefore] = [beside(), inside().length]
  const { status, output } = await runHere(folder, argv)
  expect(beside()).toEqual(before)
  if (status === 0) {
    expect(inside().length).toBeGreaterThan(filesBefore)
    return 'written'
  }
  expect(output).toMatch(/^(?:ERROR [^\n]+\n)?FAILED: [^\n]+\n$/)
  expect(inside().length).toBe(filesBefore)
  return 'refused'
}

const WAYS_OUT = ['../../x', '/etc/x', '..', 'a/../../../x', String.raw`..\..\x`, 'C:\\x', '~/x']
const ODD = [
  'a\0b',
  'a\nb',
  'a\rb',
  '\u202Eexe.ts',
  '．．／x',
  'a\u2028b',
  ' ',
  'é'.normalize('NFD'),
  '%00',
  '${x}',
  '$(x)',
  '`x`',
]

describe('a revision is written inside, or refused, with', () => {
  it.each([...WAYS_OUT, ...ODD, 'con', 'NUL', 'aux.x'])('the message %j', async (message) => {
    expect(await writesInsideOrRefuses(['revision', '-m', message, '--rev-id', 'a1'])).toBe(
      'written',
    )
    expect(inside()).toHaveLength(1)
    expect(inside()[0]).toMatch(/^a1_[\p{L}\p{N}_]*\.ts$/u)
  })

  it.each([...WAYS_OUT, ...ODD])('the revision id %j', async (id) => {
    await writesInsideOrRefuses(['revision', '-m', 'x', `--rev-id=${id}`])
    for (const name of inside()) expect(name).not.toMatch(/[/\\\n\r\0]/)
  })

  it.each(['../x', 'a/b', 'a\\b', 'a\0b', 'a\nb'])('the revision id %j: refused', async (id) => {
    expect(await writesInsideOrRefuses(['revision', '-m', 'x', `--rev-id=${id}`])).toBe('refused')
  })

  it.each([...WAYS_OUT, ...ODD])('the branch label %j', async (label) => {
    await writesInsideOrRefuses(['revision', '-m', 'x', '--head=base', `--branch-label=${label}`])
  })

  it.each(WAYS_OUT)('the version path %j', async (path) => {
    expect(await writesInsideOrRefuses(['revision', '-m', 'x', `--version-path=${path}`])).toBe(
      'refused',
    )
  })

  it.each(['../%(rev)s', '../../%(slug)s', 'a/../../%(rev)s', '..', '.', ''])(
    'the file template %j',
    async (template) => {
      configure(`fileTemplate: ${JSON.stringify(template)}`)
      await writesInsideOrRefuses(['revision', '-m', 'x', '--rev-id', 'a1'])
    },
  )

  it.each(['../%(rev)s', '../../%(slug)s', 'a/../../%(rev)s'])(
    'the file template %j: refused',
    async (template) => {
      configure(`fileTemplate: ${JSON.stringify(template)}`)
      const { output } = await runHere(folder, ['revision', '-m', 'x', '--rev-id', 'a1'])
      expect(output).toContain(`which is not in ${join(folder, 'alembic/versions')}`)
    },
  )

  it.each(['/tmp/%(rev)s', '%(year)d/%(rev)s'])('the file template %j: below', async (template) => {
    configure(`fileTemplate: ${JSON.stringify(template)}, recursiveVersionLocations: true`)
    expect(await writesInsideOrRefuses(['revision', '-m', 'x', '--rev-id', 'a1'])).toBe('written')
    expect(existsSync('/tmp/a1.ts')).toBe(false)
  })

  it('a symbolic link in the folder of revisions', async () => {
    configure("fileTemplate: 'sub/%(rev)s', recursiveVersionLocations: true")
    mkdirSync(join(outside, 'elsewhere'))
    symlinkSync(join(outside, 'elsewhere'), join(folder, 'alembic/versions/sub'))
    const { status, output } = await runHere(folder, ['revision', '-m', 'x', '--rev-id', 'a1'])
    expect(status).not.toBe(0)
    expect(output).toContain(`leads out of ${join(folder, 'alembic/versions')}`)
    expect(readdirSync(join(outside, 'elsewhere'))).toEqual([])
  })

  it('a symbolic link where the file is to be', async () => {
    configure("fileTemplate: '%(rev)s'")
    symlinkSync(join(outside, 'victim.ts'), join(folder, 'alembic/versions/a1.ts'))
    const { status } = await runHere(folder, ['revision', '-m', 'x', '--rev-id', 'a1'])
    expect(status).not.toBe(0)
    expect(existsSync(join(outside, 'victim.ts'))).toBe(false)
  })

  it.each(['con', 'NUL', 'aux.more', 'com1', 'LPT9'])(
    'the name %j, a device of Windows: refused',
    (name) => {
      expect(() => newFilePath(folder, `${name}.ts`)).toThrow(/Windows has a device of that name/)
    },
  )
})

it('folders outside are used where the configuration names them', async () => {
  mkdirSync(join(outside, 'elsewhere'))
  configure(`versionLocations: [${JSON.stringify(join(outside, 'elsewhere'))}]`)
  const { status } = await runHere(folder, ['revision', '-m', 'x', '--rev-id', 'a1'])
  expect({ status, files: readdirSync(join(outside, 'elsewhere')) }).toEqual({
    status: 0,
    files: ['a1_x.ts'],
  })
})

describe('init', () => {
  it.each(['../generic', '../../x', '/etc', '.', '..', 'generic/../generic', 'a\\b', ''])(
    'takes no way for the name of a template: %j',
    async (template) => {
      const before = beside()
      const { status, output } = await runHere(folder, ['init', '-t', template, 'new'])
      expect(status).not.toBe(0)
      expect(output).toMatch(/FAILED: .* is no name of a template; alembic list_templates/)
      expect(beside()).toEqual(before)
    },
  )

  it('writes into no folder that has something in it', async () => {
    for (const directory of ['..', '../..', '.', outside]) {
      const before = beside()
      const { status, output } = await runHere(folder, ['init', directory])
      expect(status).not.toBe(0)
      expect(output).toContain('already exists and is not empty')
      expect(beside()).toEqual(before)
    }
  })
})

it('a file of renames is only read', async () => {
  writeFileSync(join(outside, 'renames'), 'not renames')
  const before = beside()
  await runHere(folder, ['revision', '--autogenerate', '-m', 'x', '--renames', '../../renames'])
  expect(beside()).toEqual(before)
  expect(inside()).toEqual([])
})
