import { afterEach, beforeEach, expect, test } from 'vitest'
import { branches } from '../../src/command/branches.ts'
import { heads } from '../../src/command/heads.ts'
import { history } from '../../src/command/history.ts'
import { show } from '../../src/command/show.ts'
import { makeProject, type Project } from './project.ts'

let project: Project
beforeEach(() => {
  project = makeProject()
})
afterEach(() => project.dispose())

function branched(): void {
  project.addRevision('aaaa', null, { message: 'first' })
  project.addRevision('bbbb', 'aaaa', { message: 'left', labels: ['left'] })
  project.addRevision('cccc', 'aaaa', { message: 'right', dependsOn: ['bbbb'] })
}

test('without revisions nothing is printed', async () => {
  for (const command of [heads, history, branches])
    expect(await project.printed((config) => command(config))).toBe('')
})

test('heads', async () => {
  branched()
  expect(await project.printed((config) => heads(config))).toBe(
    'bbbb (left) (effective head)\ncccc (head)\n',
  )
  expect(await project.printed((config) => heads(config, { resolveDependencies: true }))).toBe(
    'cccc (head)\n',
  )
  expect(
    await project.printed((config) => heads(config, { resolveDependencies: true, verbose: true })),
  ).toBe(
    `Rev: cccc (head)\nParent: aaaa\nAlso depends on: bbbb\nPath: ${project.folder}/alembic/versions/cccc_x.ts\n\n` +
      '    right\n    \n    Revision ID: cccc\n\n',
  )
})

test('branches', async () => {
  branched()
  expect(await project.printed((config) => branches(config))).toBe(
    'aaaa (branchpoint)\n     -> bbbb (left) (effective head)\n     -> cccc (head)\n\n',
  )
  expect(await project.printed((config) => branches(config, { verbose: true }))).toContain(
    '\n\n     -> bbbb (left) (effective head), left\n     -> cccc (head), right\n\n',
  )
})

test('history, whole and by range', async () => {
  branched()
  const whole =
    'aaaa (bbbb) -> cccc (head), right\naaaa -> bbbb (left) (effective head), left\n' +
    '<base> -> aaaa (branchpoint), first\n'
  expect(await project.printed((config) => history(config))).toBe(whole)
  expect(await project.printed((config) => history(config, { revRange: ':' }))).toBe(whole)
  expect(await project.printed((config) => history(config, { revRange: 'aaaa:bbbb' }))).toBe(
    'aaaa -> bbbb (left) (effective head), left\n<base> -> aaaa (branchpoint), first\n',
  )
  expect(await project.printed((config) => history(config, { revRange: ':aaaa' }))).toBe(
    '<base> -> aaaa (branchpoint), first\n',
  )
})

test.each([
  ['aaaa', 'History range requires [start]:[end], [start]:, or :[end]'],
  ['a:b:c', 'History range requires [start]:[end], [start]:, or :[end]'],
  [
    'bbbb:aaaa',
    'Requested range bbbb:aaaa does not refer to ancestor/descendant revisions along the same branch',
  ],
  ['nope:', "Can't locate revision identified by 'nope'"],
])('history -r %s', async (revRange, message) => {
  branched()
  await expect(history(project.config, { revRange })).rejects.toThrow(
    expect.objectContaining({ message, code: 'COMMAND_FAILED' }),
  )
})

test('show', async () => {
  branched()
  expect(await project.printed((config) => show(config, 'left@head'))).toBe(
    `Rev: bbbb (head)\nParent: aaaa\nBranch names: left\nPath: ${project.folder}/alembic/versions/bbbb_x.ts\n\n` +
      '    left\n    \n    Revision ID: bbbb\n\n',
  )
  expect(await project.printed((config) => show(config, 'base'))).toBe('')
  await expect(show(project.config, 'head')).rejects.toThrow(
    "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, " +
      "'<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
  )
  await expect(show(project.config, 'nope')).rejects.toThrow(
    "Can't locate revision identified by 'nope'",
  )
})
