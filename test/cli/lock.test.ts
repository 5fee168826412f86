import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CliProject, makeCliProject } from './project.ts'
import { runAlembic } from './run-alembic.ts'

let project: CliProject
beforeEach(() => {
  project = makeCliProject()
  project.addRevision('aaaa', null)
})
afterEach(() => project.dispose())

function alembic(...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = runAlembic(project.folder, args)
  return { status, stdout: stdout.replaceAll(project.folder, '<DIR>') }
}

/** What `alembic` says while somebody writes to the database. */
function whileWriting(...args: string[]): ReturnType<typeof alembic> {
  const writer = new Database(`${project.folder}/app.db`)
  try {
    writer.exec('BEGIN IMMEDIATE')
    return alembic(...args)
  } finally {
    writer.close()
  }
}

test('lock status: exit status 0 where nobody holds the lock, 1 where somebody does', () => {
  expect(alembic('lock', 'status')).toEqual({
    status: 0,
    stdout: 'Database: sqlite:///<DIR>/app.db\nLock:     alembic_version is free\n',
  })
  expect(whileWriting('lock', 'status')).toEqual({
    status: 1,
    stdout:
      'Database: sqlite:///<DIR>/app.db\nLock:     alembic_version is held\n' +
      'Activity: another connection is writing to the database\n',
  })
  const { status, stdout } = whileWriting('lock', 'status', '--json')
  expect({ status, document: JSON.parse(stdout) as unknown }).toEqual({
    status: 1,
    document: {
      isHeld: true,
      databases: [
        {
          url: 'sqlite:///<DIR>/app.db',
          versionTable: 'alembic_version',
          holder: {
            session: null,
            application: null,
            client: null,
            since: null,
            activity: 'another connection is writing to the database',
          },
        },
      ],
    },
  })
  expect(alembic('lock', 'break')).toEqual({
    status: 2,
    stdout: "FAILED: There is no 'lock break'; did you mean 'lock status'?\n",
  })
})

test('upgrade --lock says what to do where another run holds it', () => {
  const { status, stdout } = whileWriting('upgrade', 'head', '--lock', 'skip', '--json')
  expect({ status, document: JSON.parse(stdout) as unknown }).toEqual({
    status: 0,
    document: {
      databases: [{ url: 'sqlite:///<DIR>/app.db', steps: [], rows: [], skipped: true }],
    },
  })
  expect(whileWriting('upgrade', 'head', '--lock=fail').status).toBe(255)
  expect(whileWriting('upgrade', 'head', '--lock-timeout', '0.2').stdout).toContain('after 200 ms')
  expect(alembic('upgrade', 'head', '--lock-timeout', 'soon').status).toBe(2)
  expect(alembic('upgrade', 'head', '--lock', 'skip').status).toBe(0)
  expect(alembic('current').stdout).toContain('aaaa')
})
