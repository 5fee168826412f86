import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliProject, makeCliProject } from './project.ts'
import { runAlembic } from './run-alembic.ts'

let project: CliProject
beforeAll(() => {
  project = makeCliProject()
  project.addRevision('aaaa', null, { message: 'add users' })
  project.addRevision('bbbb', 'aaaa', { message: 'add cars' })
})
afterAll(() => project.dispose())

function status(...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const { status: exit, stdout } = runAlembic(project.folder, ['status', ...args])
  return { status: exit, stdout: stdout.replaceAll(project.folder, '<DIR>') }
}

test('exit status 1 while revisions are pending, 0 when none is; nothing is changed', () => {
  const pending = {
    status: 1,
    stdout:
      'Database: sqlite:///<DIR>/app.db\nCurrent:  <base>\nHeads:    bbbb\nPending:  2\n' +
      '  aaaa add users\n  bbbb add cars\n',
  }
  expect(status()).toEqual(pending)
  expect(status()).toEqual(pending)
  expect(status('--check')).toEqual({
    status: 1,
    stdout: `${pending.stdout}Models:   not compared while revisions are pending\n`,
  })
  runAlembic(project.folder, ['upgrade', 'head'])
  expect(status()).toEqual({
    status: 0,
    stdout: 'Database: sqlite:///<DIR>/app.db\nCurrent:  bbbb\nHeads:    bbbb\nPending:  none\n',
  })
})

test('--check: exit status 1 where models and database differ', () => {
  runAlembic(project.folder, ['stamp', 'head'])
  const { status: exit, stdout } = status('--check')
  expect(exit).toBe(1)
  expect(stdout).toContain("Pending:  none\nModels:   1 difference\n  'add_table', Table('users'")
  project.execute('CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50))')
  expect(status('--check').status).toBe(0)
  expect(status('--check').stdout).toMatch(/\nModels: {3}as the database\n$/)
})

test('exit status 2 for an error', () => {
  project.execute("UPDATE alembic_version SET version_num = 'gone'")
  expect(status()).toEqual({
    status: 2,
    stdout: "FAILED: Can't locate revision identified by 'gone'\n",
  })
  expect(status('--bogus').status).toBe(2)
})
