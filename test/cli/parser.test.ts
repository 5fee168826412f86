import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { parseCommandLine } from '../../src/cli/parser.ts'

let stdout = ''
let stderr = ''
beforeEach(() => {
  stdout = stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())

function parse(...argv: string[]): unknown {
  const result = parseCommandLine(argv, { prog: 'alembic', commands: COMMANDS })
  if ('exitCode' in result) return result.exitCode
  const { command, args, options, global } = result
  return { command: command.name, args, options, global }
}

test('global options stand before the command, which has its own', () => {
  expect(
    parse('-c', 'a.ini', '-xone=1', '-x', 'two', '-n', 'other', '-q', 'current', '-c', '-v'),
  ).toEqual({
    command: 'current',
    args: [],
    options: { checkHeads: true, verbose: true },
    global: { config: ['a.ini'], x: ['one=1', 'two'], name: 'other', quiet: true },
  })
})

test.each([
  [['downgrade', '-1'], 'downgrade', ['-1'], {}],
  [['upgrade', '+1', '--sql'], 'upgrade', ['+1'], { sql: true }],
  [['upgrade', '--tag', 'v1', 'ab@-2'], 'upgrade', ['ab@-2'], { tag: 'v1' }],
  [['history', '--rev-range=-3:current'], 'history', [], { revRange: '-3:current' }],
  [['history', '-r', '-3', '-i'], 'history', [], { revRange: '-3', indicateCurrent: true }],
  [['merge', 'a', 'b', '-m', 'both'], 'merge', ['a', 'b'], { message: 'both' }],
  [['stamp', '--purge', 'a', 'b'], 'stamp', ['a', 'b'], { purge: true }],
  [
    ['revision', '-m', 'x', '--depends-on', 'a', '--depends-on', 'b', '--head', 'c', '--head', 'd'],
    'revision',
    [],
    { message: 'x', dependsOn: ['a', 'b'], head: 'd' },
  ],
  [['ensure-version'], 'ensure_version', [], {}],
  [['list_templates'], 'list_templates', [], {}],
])('%j', (argv, command, args, options) => {
  expect(parse(...argv)).toEqual({ command, args, options, global: {} })
})

test.each([
  [[], "alembic: error: too few arguments; 'alembic --help' lists the commands"],
  [['-q'], "alembic: error: too few arguments; 'alembic --help' lists the commands"],
  [['bogus'], "alembic: error: invalid choice: 'bogus'; 'alembic --help' lists the commands"],
  [['upgrad', 'head'], "alembic: error: invalid choice: 'upgrad'; did you mean 'upgrade'?"],
  [
    ['upgrad', '--sql', 'head'],
    "alembic: error: invalid choice: 'upgrad'; did you mean 'upgrade'?",
  ],
  [
    ['heads', '-q'],
    "alembic: error: unknown option '-q'; it stands before the command: alembic -q … heads",
  ],
  [
    ['--color', 'sometimes', 'heads'],
    "alembic: error: option '--color <when>' argument 'sometimes' is invalid. Allowed choices are auto, always, never.",
  ],
  [['upgrade'], "alembic: error: missing required argument 'revision'"],
  [
    ['heads', 'x'],
    "alembic: error: too many arguments for 'heads'. Expected 0 arguments but got 1.",
  ],
  [
    ['upgrade', '-x', 'late=1', '+1'],
    "alembic: error: unknown option '-x'; it stands before the command: alembic -x … upgrade",
  ],
  [
    ['history', '-r', '-1:current'],
    "alembic: error: option '-r, --rev-range <range>' expects a value; one that begins with '-' is written " +
      '--rev-range=-1:current',
  ],
  [
    ['merge', 'a', '--rev-id', 'b', 'c'],
    "alembic: error: unexpected argument 'c': name all revisions side by side",
  ],
])('%j is a usage error', (argv, message) => {
  expect(parse(...argv)).toBe(2)
  const [usage, error] = stderr.split('\n')
  expect(usage).toMatch(/^Usage: alembic /)
  expect(error).toBe(message)
  expect(stdout).toBe('')
})

test('version and help end well', () => {
  expect(parse('--version')).toBe(0)
  expect(stdout).toMatch(/^alembic \d+\.\d+\.\d+\n$/)
  for (const { name } of COMMANDS) {
    stdout = ''
    expect(parse(name, '--help')).toBe(0)
    expect(stdout).toMatch(new RegExp(`^Usage: alembic ${name}`))
  }
})

test('a mistyped option has a suggestion', () => {
  expect(parse('history', '--verbos')).toBe(2)
  expect(stderr).toContain("unknown option '--verbos'\n(Did you mean --verbose?)")
})

test('every command has examples in its help, and each of them can be parsed', () => {
  for (const { name, examples = [] } of COMMANDS) {
    stdout = ''
    parse(name, '--help')
    expect(examples.length).toBeGreaterThan(0)
    for (const [example, meaning] of examples) {
      expect(stdout).toContain(`  alembic ${example}\n      ${meaning}`)
      const words = example.split(' >')[0]!.match(/"[^"]*"|\S+/g) ?? []
      expect(parse(...words.map((word) => word.replaceAll('"', '')))).toMatchObject({
        command: name,
      })
    }
  }
})
