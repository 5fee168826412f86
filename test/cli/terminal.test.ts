import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CliProject, makeCliProject } from './project.ts'
import { runAlembic } from './run-alembic.ts'

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const SLOW =
  "await new Promise((resolve) => setTimeout(resolve, 650))\n  console.log('half way')\n  await new Promise((resolve) => setTimeout(resolve, 650))"

let project: CliProject
beforeAll(() => {
  project = makeCliProject()
  project.addRevision('aaaa', null, { message: 'add users, and (head) words' })
})
beforeEach(() => {
  project.addRevision('bbbb', 'aaaa', { message: 'slow one', upgrade: SLOW })
  runAlembic(project.folder, ['stamp', '--purge', 'base'])
})
afterAll(() => project.dispose())

/** Runs a command on a terminal, 80 columns wide, and returns all that the terminal was sent. */
function onTerminal(args: string, env: Readonly<Record<string, string>> = {}): string {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env
  const { stdout } = spawnSync(
    'script',
    ['-qec', `stty cols 80; ${process.execPath} ${BIN} ${args}`, '/dev/null'],
    { cwd: project.folder, encoding: 'utf8', env: { ...inherited, TERM: 'xterm', ...env } },
  )
  return stdout.replaceAll('\r\n', '\n')
}

/** What is to be read in the end: a rewritten line as it was last, without colours. */
function asRead(sent: string): string[] {
  return (
    sent
      // oxlint-disable-next-line no-control-regex -- that is what a terminal gets
      .replace(/\u001B\[\d*m/g, '')
      .split('\n')
      .map((line) => line.slice(line.lastIndexOf('\u001B[2K') + 1).replace('[2K', ''))
  )
}

/** Each line that took the place of another, as it was drawn. */
function drawings(sent: string): string[] {
  return sent.split('\r\u001B[2K').map((text) => text.split(/[\r\n]/)[0] ?? '')
}

test('progress: which step of how many, its message and duration; log lines and output stay', () => {
  const sent = onTerminal('upgrade head')
  const lines = asRead(sent)
  expect(lines.map((line) => line.replace(/\d+\.\d s/, '<T> s'))).toEqual([
    'INFO  [alembic.runtime.migration] Context impl SQLiteImpl.',
    'INFO  [alembic.runtime.migration] Will assume non-transactional DDL.',
    'INFO  [alembic.runtime.migration] Running upgrade  -> aaaa, add users, and (head) words',
    '[1/2] <T> s  upgrade base -> aaaa, add users, and (head) words',
    'INFO  [alembic.runtime.migration] Running upgrade aaaa -> bbbb, slow one',
    'half way',
    '[2/2] <T> s  upgrade aaaa -> bbbb, slow one',
    '',
  ])
  expect(Number(/(\d+\.\d) s/.exec(lines[6] ?? '')?.[1])).toBeGreaterThanOrEqual(1.3)

  // The clock runs, and the line is written ten times a second at most.
  const drawn = drawings(sent).flatMap(
    (line) => /^\[2\/2\] (\d\.\d) s {2}upgrade aaaa -> bbbb, slow one/.exec(line)?.[1] ?? [],
  )
  const clock = drawn.map(Number)
  expect(new Set(clock).size).toBeGreaterThan(5)
  expect(clock).toEqual(clock.toSorted((a, b) => a - b))
  expect(clock.length).toBeLessThanOrEqual(Math.ceil(Math.max(...clock) * 10) + 2)
}, 30_000)

test('no line of progress is longer than the terminal is wide', () => {
  const message = 'a message that goes on and on '.repeat(5).trim()
  project.addRevision('bbbb', 'aaaa', { message, upgrade: SLOW })
  const drawn = drawings(onTerminal('upgrade head')).filter((line) => line.startsWith('[2/2]'))
  expect(drawn.length).toBeGreaterThan(5)
  for (const line of drawn) expect(line.length).toBeLessThanOrEqual(79)
}, 30_000)

test('no progress with --quiet, --sql, --json, a terminal that can do nothing, and without a terminal', () => {
  for (const args of ['-q upgrade aaaa', 'upgrade aaaa --sql', 'upgrade aaaa --json'])
    expect(onTerminal(args)).not.toContain('[1/')
  runAlembic(project.folder, ['stamp', '--purge', 'base'])
  expect(onTerminal('upgrade aaaa', { TERM: 'dumb' })).not.toContain('\u001B')
  runAlembic(project.folder, ['stamp', '--purge', 'base'])
  const { stdout, stderr } = runAlembic(project.folder, ['upgrade', 'aaaa'])
  expect(stdout).toBe('')
  expect(stderr).toBe(
    'INFO  [alembic.runtime.migration] Context impl SQLiteImpl.\n' +
      'INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n' +
      'INFO  [alembic.runtime.migration] Running upgrade  -> aaaa, add users, and (head) words\n',
  )
})

const id = (text: string): string => `\u001B[33m${text}\u001B[0m`
const good = (text: string): string => `\u001B[32m${text}\u001B[0m`
const COLORED =
  `aaaa -> ${id('bbbb')} ${good('(head)')}, slow one\n` +
  `<base> -> ${id('aaaa')}, add users, and (head) words\n`
const PLAIN = 'aaaa -> bbbb (head), slow one\n<base> -> aaaa, add users, and (head) words\n'

test.each([
  ['history', {}, COLORED],
  ['history', { NO_COLOR: '1' }, PLAIN],
  ['history', { NO_COLOR: '1', FORCE_COLOR: '1' }, COLORED],
  ['history', { TERM: 'dumb' }, PLAIN],
  ['--color never history', {}, PLAIN],
  ['--color always history', { NO_COLOR: '1' }, COLORED],
])('on a terminal: alembic %s with %j', (args, env, expected) => {
  expect(onTerminal(args, env)).toBe(expected)
})

test.each([
  [['history'], {}, PLAIN],
  [['history'], { FORCE_COLOR: '1' }, COLORED],
  [['history'], { FORCE_COLOR: '0' }, PLAIN],
  [['--color', 'always', 'history'], {}, COLORED],
])('without a terminal: alembic %j with %j', (args, env, expected) => {
  expect(runAlembic(project.folder, args, { NO_COLOR: '', ...env }).stdout).toBe(expected)
})

test('a mistyped revision: what may have been meant, on a terminal', () => {
  expect(onTerminal('--color never show aaab')).toBe(
    "  FAILED: Can't locate revision identified by 'aaab'\n  did you mean 'aaaa'?\n",
  )
  expect(runAlembic(project.folder, ['show', 'aaab']).stdout).toBe(
    "FAILED: Can't locate revision identified by 'aaab'\n",
  )
})

test('a failing migration: the line of progress is taken away first', () => {
  project.addRevision('cccc', 'aaaa', { upgrade: "throw new RangeError('boom')" })
  const lines = asRead(onTerminal('upgrade cccc'))
  expect(lines.slice(2, 5)).toEqual([
    'INFO  [alembic.runtime.migration] Running upgrade  -> aaaa, add users, and (head) words',
    expect.stringMatching(/^\[1\/2\] \d\.\d s {2}upgrade base -> aaaa, add users/),
    'INFO  [alembic.runtime.migration] Running upgrade aaaa -> cccc, make cccc',
  ])
  expect(lines.join(' ')).toContain('FAILED: boom')
  expect(lines.join(' ')).not.toContain('[2/2]')
})
