import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { COMMAND_OPTIONS, GLOBAL_OPTIONS } from '../../src/cli/options.ts'
import { runAlembic } from './run-alembic.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-surface-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

const alembic = (...args: string[]): ReturnType<typeof runAlembic> => runAlembic(folder, args)

/** Every command of Alembic 1.19 with its arguments and options. */
const REFERENCE: Readonly<Record<string, string>> = {
  branches: '-v --verbose',
  check: '',
  current: '-c --check-heads -v --verbose',
  downgrade: '<revision> --sql --tag',
  edit: '<revision>',
  ensure_version: '--sql',
  heads: '-v --verbose --resolve-dependencies',
  history: '-r --rev-range -v --verbose -i --indicate-current',
  init: '<directory> -t --template --package',
  list_templates: '',
  merge: '<revisions...> -m --message --branch-label --rev-id --splice',
  revision:
    '-m --message --autogenerate --sql --head --splice --branch-label --version-path --rev-id --depends-on',
  show: '<revision>',
  stamp: '<revisions...> --sql --tag --purge',
  upgrade: '<revision> --sql --tag',
}

test('no command, argument or option of the reference is missing', () => {
  for (const [name, surface] of Object.entries(REFERENCE)) {
    const command = COMMANDS.find((candidate) => candidate.name === name)
    const flags = (command?.options ?? []).flatMap((option) =>
      (typeof option === 'string' ? COMMAND_OPTIONS[option] : option).flags.split(/,? /),
    )
    expect([name, ...(command?.arguments ?? []), ...flags]).toEqual(
      expect.arrayContaining([name, ...surface.split(' ').filter((word) => word !== '')]),
    )
  }
  const global = GLOBAL_OPTIONS.flatMap(({ flags }) => flags.split(/,? /))
  expect(global).toEqual(
    expect.arrayContaining('-c --config -n --name -x --raiseerr -q --quiet'.split(' ')),
  )
})

test('docs/cli.md has every command and option', () => {
  const page = readFileSync('docs/cli.md', 'utf8')
  const own = COMMANDS.flatMap(({ name, options }) => [
    name,
    ...options.map((option) => (typeof option === 'string' ? COMMAND_OPTIONS[option] : option)),
  ])
  const names = [...own, ...GLOBAL_OPTIONS].map((item) =>
    typeof item === 'string'
      ? item
      : (/--[\w-]+/.exec(item.flags)?.[0] ?? item.flags.split(' ')[0]!),
  )
  // `-m` and `-v` stand for themselves in the table.
  const known = new Set(['--message', '--verbose'])
  expect(names.filter((name) => !known.has(name) && !page.includes(name))).toEqual([])
})

test('init: each template, into a folder that may be there and empty; --package', () => {
  expect(alembic('list_templates').stdout).toBe(
    'Available templates:\n\n' +
      'config - One typed alembic.config.ts, without an env file.\n' +
      'generic - Generic single-database configuration.\n' +
      'multidb - Rudimentary multi-database configuration.\n\n' +
      "Templates are used via the 'init' command, e.g.:\n\n  alembic init --template generic ./scripts\n",
  )
  const { stdout } = alembic('init', '--package', 'db')
  expect(stdout).toContain(`Adding ${folder}/db/package.json ...  done\n`)
  expect(readFileSync(join(folder, 'db/package.json'), 'utf8')).toContain('"type": "module"')
  expect(readdirSync(join(folder, 'db'))).toEqual([
    'README',
    'env.ts',
    'package.json',
    'script.ts.eta',
    'versions',
  ])
  expect(alembic('init', 'db').stdout).toBe(
    'FAILED: Directory db already exists and is not empty\n',
  )
  expect(alembic('init', '-t', 'multidb', 'two').stdout).toContain(
    `File ${folder}/alembic.ini already exists, skipping\n`,
  )
  expect(alembic('init', '-t', 'nope', 'three').stdout).toMatch(
    /^FAILED: No such template .*nope\n$/,
  )
})

test('-c, -n and ALEMBIC_CONFIG choose the configuration', () => {
  alembic('init', 'one')
  alembic('revision', '-m', 'x', '--rev-id', 'aaaa')
  const ini = '[alembic]\nscript_location = one\n[other]\nscript_location = two\n'
  writeFileSync(join(folder, 'other.ini'), ini)
  alembic('init', 'two')
  expect(alembic('-c', 'other.ini', 'heads').stdout).toBe('aaaa (head)\n')
  expect(alembic('-c', 'other.ini', '-n', 'other', 'heads').stdout).toBe('')
  rmSync(join(folder, 'alembic.ini'))
  expect(alembic('heads').status).toBe(255)
  const env = { ALEMBIC_CONFIG: 'other.ini' }
  expect(runAlembic(folder, ['heads'], env).stdout).toBe('aaaa (head)\n')
  expect(runAlembic(folder, ['-c', 'nope.ini', 'heads'], env).stdout).toBe(
    "FAILED: No config file 'nope.ini' found\n",
  )
  expect(alembic('-c', 'other.ini', '-c', 'other.ini', 'heads').stdout).toBe(
    'FAILED: only one ini file may be indicated\n',
  )
  expect(alembic('-c', 'pyproject.toml', '-c', 'pyproject.toml', 'heads').stdout).toBe(
    'FAILED: pyproject.toml indicated more than once\n',
  )
})

test('merge --splice and --branch-label; -q says nothing, --raiseerr shows the stack', () => {
  alembic('init', 'db')
  for (const [id, head] of [
    ['aaaa', 'base'],
    ['bbbb', 'aaaa'],
    ['cccc', 'aaaa'],
  ] as const)
    alembic('revision', '-m', id, '--rev-id', id, '--head', head, '--splice')
  expect(alembic('merge', 'aaaa', 'cccc', '--rev-id', 'dddd').stdout).toBe(
    'FAILED: Revision aaaa is not a head revision; please specify --splice to create a new branch from this revision\n',
  )
  const spliced = ['bbbb', 'aaaa', '--splice', '--rev-id', 'dddd', '--branch-label', 'joined']
  expect(alembic('-q', 'merge', ...spliced)).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(alembic('show', 'joined').stdout).toContain(
    'Rev: dddd (head) (mergepoint)\nMerges: bbbb, aaaa\n',
  )
  const { status, stdout, stderr } = alembic('--raiseerr', 'show', 'nope')
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/CommandError: Can't locate revision identified by 'nope'\n {4}at /)
})

test('a file that names a revision which there is not: which file, and what it may mean', () => {
  alembic('init', 'db')
  alembic('revision', '-m', 'first', '--rev-id', 'a1b2c3')
  alembic('revision', '-m', 'second', '--rev-id', 'd4e5f6')
  const file = join(folder, 'db/versions/d4e5f6_second.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/= 'a1b2c3'/, "= 'a1b2c4'"))
  for (const args of [['heads'], ['history'], ['show', 'heads']])
    expect(alembic(...args).stdout).toContain(
      "FAILED: d4e5f6_second.ts names down revision 'a1b2c4', which no file has; did you mean 'a1b2c3'?\n",
    )
})
