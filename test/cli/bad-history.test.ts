import Database from 'better-sqlite3'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  expectFailure,
  project,
  makeProject,
  useFolder,
  write,
  writeRevision,
} from './bad-project.ts'
import { runAlembic, startAlembic } from './run-alembic.ts'

useFolder()

test('a circle', () => {
  makeProject()
  writeRevision('a1', 'b2', '')
  for (const args of [['heads'], ['history'], ['upgrade', 'head'], ['revision', '-m', 'x']])
    expectFailure(args, {
      message: 'Cycle is detected in revisions (a1, b2)',
      code: 'REVISION_CYCLE',
    })
})

test('a missing parent', () => {
  makeProject()
  writeRevision('b2', 'a2', '')
  for (const args of [['heads'], ['upgrade', 'head'], ['revision', '-m', 'x']])
    expectFailure(args, {
      message: /b2\.ts names down revision 'a2', which no file has; did you mean 'a1'\?$/,
      code: 'REVISION_ERROR',
    })
})

test('an id in two files', () => {
  makeProject()
  writeRevision('b3', 'a1', '')
  write(
    'alembic/versions/b3.ts',
    readFileSync(join(project.folder, 'alembic/versions/b2.ts'), 'utf8'),
  )
  const { status, stdout, stderr } = runAlembic(project.folder, ['heads'])
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'b2 (head)\nb2 (head)\n' })
  expect(stderr).toContain('Revision b2 is present more than once')
  // The reference's line, and no more; --json has the files, as a terminal has.
  expect(stderr).not.toContain('b3.ts')
  const versions = join(project.folder, 'alembic/versions')
  expect(runAlembic(project.folder, ['heads', '--json']).stderr).toContain(
    `Revision b2 is present more than once\nit is in ${versions}/b2.ts and in ${versions}/b3.ts\n`,
  )
})

test('a branch label in two files', () => {
  makeProject()
  for (const [id, down] of [
    ['c3', 'b2'],
    ['d4', 'b2'],
  ] as const) {
    writeRevision(id, down, '')
    write(
      `alembic/versions/${id}.ts`,
      readFileSync(join(project.folder, `alembic/versions/${id}.ts`), 'utf8').replace(
        'branchLabels = null',
        "branchLabels = ['shop']",
      ),
    )
  }
  expectFailure(['heads'], {
    message: "Branch name 'shop' in revision d4 already used by revision c3",
    code: 'REVISION_ERROR',
  })
})

test('the beginning of several ids', () => {
  makeProject()
  writeRevision('abcd11', 'b2', '')
  writeRevision('abcd22', 'abcd11', '')
  for (const args of [
    ['upgrade', 'abcd'],
    ['show', 'abcd'],
  ])
    expectFailure(args, {
      message: "Can't locate revision identified by 'abcd'",
      code: 'COMMAND_FAILED',
    })
  expect(runAlembic(project.folder, ['--raiseerr', 'show', 'abcd']).stderr).toContain(
    "Multiple revisions start with 'abcd': 'abcd11', 'abcd22'...",
  )
})

test('a row of the version table that no file has', () => {
  makeProject()
  const database = new Database(join(project.folder, 'app.db'))
  database.exec(`UPDATE alembic_version SET version_num = 'gone'`)
  database.close()
  for (const args of [['upgrade', 'head'], ['downgrade', '-1'], ['current'], ['stamp', 'head']])
    expectFailure(args, {
      message: "Can't locate revision identified by 'gone'",
      code: 'DATABASE_REVISION_UNKNOWN',
    })
  expect(runAlembic(project.folder, ['stamp', '--purge', 'a1']).status).toBe(0)
  expect(runAlembic(project.folder, ['upgrade', 'head']).status).toBe(0)
})

test('an id that the version table can not hold', () => {
  makeProject()
  const id = 'c'.repeat(33)
  expectFailure(['revision', '-m', 'x', '--rev-id', id], {
    message: `Revision identifier '${id}' has 33 characters; the version table takes 32`,
    code: 'REVISION_NAME_INVALID',
  })
  writeRevision(id, 'b2', '')
  expectFailure(['upgrade', 'head'], {
    message:
      `Revision id '${id}' has 33 characters, but alembic_version.version_num holds 32; give the revision a shorter ` +
      'id, or widen the column',
    code: 'COMMAND_FAILED',
  })
})

test('a file that exports nothing, or no id', () => {
  makeProject()
  rmSync(join(project.folder, 'alembic/versions/b2.ts'))
  write('alembic/versions/b2_x.ts', '')
  expectFailure(['heads'], {
    message:
      /^Could not determine revision id from filename b2_x\.ts\. Be sure the 'revision' variable is declared/,
    code: 'SCRIPT_FILE_BROKEN',
  })
  write('alembic/versions/b2_x.ts', `export const revision = 'b2'\n`)
  expectFailure(['upgrade', 'head'], {
    message:
      "<DIR>/alembic/versions/b2_x.ts has no 'downRevision'; export the id of the revision before it, or null if it is " +
      'the first',
    code: 'SCRIPT_FILE_BROKEN',
  })
  write('alembic/versions/b2.sql', '-- upgrade\nSELECT 1;\n')
  rmSync(join(project.folder, 'alembic/versions/b2_x.ts'))
  expectFailure(['heads'], {
    message:
      "<DIR>/alembic/versions/b2.sql has no line '-- revision: <id>' among the comment lines at its top",
    code: 'SCRIPT_FILE_BROKEN',
  })
})

test('a file that may not be read', () => {
  makeProject()
  chmodSync(join(project.folder, 'alembic/versions/b2.ts'), 0)
  chmodSync(project.folder, 0o755)
  // Permissions don't stop root.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const { status, stdout } = runAlembic(project.folder, ['heads'], {}, user)
  expect({ status, stdout }).toEqual({
    status: 255,
    stdout: `FAILED: Can't read ${project.folder}/alembic/versions/b2.ts: EACCES: permission denied, open '${project.folder}/alembic/versions/b2.ts'\n`,
  })
})

test('plain SQL that makes no sense, before anything runs', () => {
  makeProject()
  write(
    'alembic/versions/c3.sql',
    `-- revision: c3\n-- down revision: b2\n-- upgrade\nSELECT 1;\nSELECT 'no end;\n`,
  )
  expectFailure(['upgrade', 'head'], {
    message: '<DIR>/alembic/versions/c3.sql:5 begins a quote that has no end',
    code: 'SCRIPT_FILE_BROKEN',
  })
  write(
    'alembic/versions/c3.sql',
    `-- revision: c3\n-- down revision: b2\n-- upgrade\nSELECT 1;\n\nSELECT * FROM\n nowhere;\n`,
  )
  const { stdout } = runAlembic(project.folder, ['upgrade', 'head'])
  expect(stdout).toBe(
    `FAILED: no such table: nowhere [SQL: SELECT * FROM nowhere] (${project.folder}/alembic/versions/c3.sql:6)\n`,
  )
  runAlembic(project.folder, ['stamp', 'c3'])
  expectFailure(['downgrade', '-1'], {
    message:
      "<DIR>/alembic/versions/c3.sql has no section '-- downgrade', so that it can not be undone; add the line, with " +
      'nothing below it where there is nothing to do',
    code: 'SCRIPT_FILE_BROKEN',
  })
})

test('two processes that write a revision at once', async () => {
  makeProject()
  const made = (...args: readonly string[]): Promise<string> =>
    startAlembic(project.folder, ['revision', ...args])
  // The same file: one wins.
  const same = await Promise.all([1, 2].map(() => made('-m', 'same', '--rev-id', 'c3')))
  expect(same.filter((text) => text.endsWith('done\n'))).toHaveLength(1)
  const path = `${project.folder}/alembic/versions/c3_same.ts`
  expect(same.join('')).toMatch(
    /c3_same\.ts exists already; choose another message or revision id, or delete it|Revision c3 can't follow itself; choose another id/,
  )
  expect(existsSync(path)).toBe(true)
  // Two files: two heads at worst, none lost.
  await Promise.all(['d4', 'e5'].map((id) => made('-m', id, '--rev-id', id)))
  const { status, stdout } = runAlembic(project.folder, ['heads'])
  expect(status).toBe(0)
  expect(stdout).toMatch(
    /^(d4 \(head\)\ne5 \(head\)|e5 \(head\)\nd4 \(head\)|[de][45] \(head\))\n$/,
  )
  for (const id of ['d4', 'e5'])
    expect(existsSync(`${project.folder}/alembic/versions/${id}_${id}.ts`)).toBe(true)
})
