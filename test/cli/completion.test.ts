import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliProject, makeCliProject } from './project.ts'
import { runAlembic } from './run-alembic.ts'

let project: CliProject
let env: NodeJS.ProcessEnv
beforeAll(() => {
  project = makeCliProject()
  project.addRevision('ae10', null, { message: 'add users' })
  project.addRevision('bf20', 'ae10', { message: 'bills: the first', labels: ['billing'] })
  const bin = join(project.folder, 'bin')
  mkdirSync(bin)
  symlinkSync(
    fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url)),
    join(bin, 'alembic'),
  )
  env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` }
})
afterAll(() => project.dispose())

function complete(...words: string[]): string[] {
  const { stdout, status } = runAlembic(project.folder, ['__complete', ...words])
  expect(status).toBe(0)
  return stdout === '' ? [] : stdout.trimEnd().split('\n')
}

describe('what is offered', () => {
  test('commands, and global options', () => {
    expect(complete('up')).toEqual(['upgrade\tgo on to a later revision'])
    expect(complete('-c', 'alembic.ini', 'h').map((line) => line.split('\t')[0])).toEqual([
      'heads',
      'history',
    ])
    expect(complete('--co').map((line) => line.split('\t')[0])).toEqual(['--config', '--color'])
    expect(complete('--color', 'a')).toEqual(['auto', 'always'])
    expect(complete('-c', '')).toEqual([':files'])
  })

  test('options of the command, and their values', () => {
    expect(complete('upgrade', '--s')).toEqual([
      '--sql\twrite the SQL to standard output instead of running it (offline mode)',
    ])
    expect(complete('init', '-t', 'g')).toEqual(['generic\tGeneric single-database configuration.'])
    expect(complete('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(complete('revision', '-m', '')).toEqual([])
    expect(complete('revision', '--version-path', '')).toEqual([':files'])
    expect(complete('heads', '')).toEqual([])
  })

  test('revisions, labels and symbols', () => {
    expect(complete('upgrade', '')).toEqual([
      'head',
      'heads',
      '+1',
      'billing@head\tbills: the first',
      'billing\tbills: the first',
      'bf20\tbills: the first',
      'ae10\tadd users',
    ])
    expect(complete('show', 'ae')).toEqual(['ae10\tadd users'])
    expect(complete('upgrade', 'billing@')).toContain('billing@head')
    expect(complete('upgrade', 'ae10:b')).toEqual([
      'ae10:billing@head\tbills: the first',
      'ae10:billing\tbills: the first',
      'ae10:bf20\tbills: the first',
    ])
    expect(complete('revision', '--head', 'h')).toEqual(['head'])
    expect(complete('history', '--rev-range=ae')).toEqual(['--rev-range=ae10\tadd users'])
  })

  test('in a folder without a project: what needs none', () => {
    const { stdout } = runAlembic('/', ['__complete', 'show', ''])
    expect(stdout).toBe('head\nheads\nbase\ncurrent\n')
  })
})

/** Types a line in a shell of the project, and returns what it offers. */
function inBash(line: string, words: readonly string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ')
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `eval "$(alembic completion bash)"
       COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${list}) COMP_CWORD=${words.length - 1}
       "$(complete -p alembic | sed 's/.*-F \\([^ ]*\\).*/\\1/')" alembic
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    { cwd: project.folder, env, encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

test('bash', () => {
  expect(inBash('alembic upg', ['alembic', 'upg'])).toEqual(['upgrade'])
  expect(inBash('alembic history --ver', ['alembic', 'history', '--ver'])).toEqual(['--verbose'])
  expect(inBash('alembic show a', ['alembic', 'show', 'a'])).toEqual(['ae10'])
  // What stands before a colon, an equals sign or an at sign is a word of its own to bash.
  expect(inBash('alembic upgrade ae10:bf', ['alembic', 'upgrade', 'ae10', ':', 'bf'])).toEqual([
    'bf20',
  ])
  expect(inBash('alembic upgrade billing@h', ['alembic', 'upgrade', 'billing', '@', 'h'])).toEqual([
    'head',
  ])
})

/** Zsh and fish are tested where they are; where `ALEMBIC_TEST_REQUIRE` names them they have to be. */
function testIn(shell: string, body: () => void): void {
  const isThere = spawnSync(shell, ['--version']).status === 0
  const isRequired = (process.env['ALEMBIC_TEST_REQUIRE'] ?? '').split(',').includes(shell)
  if (isThere || isRequired) test(shell, body)
  else {
    const skipped = `SKIPPED: ${shell} is not installed: its completion`
    console.warn(skipped)
    test(skipped, ({ skip }) => skip())
  }
}

testIn('zsh', () => {
  const script = `
    zmodload zsh/zpty
    zpty z 'zsh -f -i'
    zpty -w z 'PS1=; fpath+=($PWD/zfunc); autoload -Uz compinit; compinit -u -D; source $PWD/zfunc/_alembic; bindkey "^I" complete-word; echo RE\\ADY'
    zpty -r z line '*READY*'
    zpty -w -n z $'alembic show a\\t'
    zpty -r z line '*ae10*'
    print -r -- "$line"`
  mkdirSync(join(project.folder, 'zfunc'))
  project.write('zfunc/_alembic', runAlembic(project.folder, ['completion', 'zsh']).stdout)
  expect(spawnSync('zsh', ['-n', join(project.folder, 'zfunc/_alembic')]).status).toBe(0)
  const { stdout } = spawnSync('zsh', ['-f', '-c', script], {
    cwd: project.folder,
    env,
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stdout).toContain('ae10')
})

testIn('fish', () => {
  project.write('alembic.fish', runAlembic(project.folder, ['completion', 'fish']).stdout)
  const offers = (line: string): string[] =>
    spawnSync('fish', ['-N', '-c', `source alembic.fish; complete -C '${line}'`], {
      cwd: project.folder,
      env,
      encoding: 'utf8',
    })
      .stdout.trimEnd()
      .split('\n')
  expect(offers('alembic upg')).toEqual(['upgrade\tgo on to a later revision'])
  expect(offers('alembic show a')).toEqual(['ae10\tadd users'])
})
