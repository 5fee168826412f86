import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  databaseState,
  ENV,
  expectFailure,
  project,
  makeProject,
  setUrl,
  useFolder,
  write,
  writeRevision,
} from './bad-project.ts'
import { runAlembic } from './run-alembic.ts'

useFolder()

describe('configuration', () => {
  test('no config file', () => {
    for (const args of [['heads'], ['upgrade', 'head']])
      expectFailure(args, {
        message: "No 'script_location' key found in configuration.",
        code: 'COMMAND_FAILED',
      })
    expectFailure(['-c', 'nope.ini', 'current'], {
      message: "No config file 'nope.ini' found",
      code: 'CONFIG_INVALID',
    })
  })

  test('a named alembic.config.ts that is missing, or does not parse', () => {
    expectFailure(['-c', 'alembic.config.ts', 'heads'], {
      message: "No config file 'alembic.config.ts' found",
      code: 'CONFIG_INVALID',
    })
    write('alembic.config.ts', 'export default {')
    expectFailure(['heads'], {
      message: /^Can't load 'alembic.config.ts': ParseError: .*alembic\.config\.ts:1:\d+$/,
      code: 'CONFIG_INVALID',
    })
  })

  test('an option twice, a lone percent sign, a variable that is not set', () => {
    makeProject()
    write('alembic.ini', '[alembic]\nscript_location = alembic\nTimezone = UTC\ntimezone = UTC\n')
    expectFailure(['heads'], {
      message:
        "While reading from 'alembic.ini' [line 4]: option 'timezone' in section 'alembic' already exists",
      code: 'CONFIG_INVALID',
    })
    setUrl('postgresql://u:p%40w@h/db')
    expectFailure(['current'], {
      message:
        "'%' must be followed by '%' or '(' in option 'sqlalchemy.url' in section 'alembic' of alembic.ini; a percent sign is written %%",
      code: 'CONFIG_INVALID',
    })
    setUrl('${ALEMBIC_TEST_NOT_SET}')
    expectFailure(['current'], {
      message:
        "Environment variable ALEMBIC_TEST_NOT_SET is not set; option 'sqlalchemy.url' in section 'alembic' of alembic.ini needs it. " +
        'Set it, or give a default: ${ALEMBIC_TEST_NOT_SET:-default}',
      code: 'CONFIG_INVALID',
    })
  })
})

describe('databases', () => {
  test('a wrong URL', () => {
    makeProject('not a url')
    expectFailure(['upgrade', 'head'], {
      message: /^Can't read the database URL; it is written /,
      code: 'URL_INVALID',
    })
  })

  test('a server that is down', () => {
    makeProject('postgresql://nobody@127.0.0.1:1/none')
    expectFailure(['upgrade', 'head'], { message: /127\.0\.0\.1:1\b/, code: 'CONNECTION_FAILED' })
  })

  test('a driver that is not installed', () => {
    makeProject('db2://user@127.0.0.1:1/none')
    expectFailure(['upgrade', 'head'], { message: /npm install .*ibm_db/, code: 'DRIVER_MISSING' })
  })
})

describe('revisions', () => {
  test('an unknown one', () => {
    makeProject()
    for (const args of [
      ['upgrade', 'nope'],
      ['downgrade', 'nope'],
      ['stamp', 'nope'],
      ['show', 'nope'],
    ])
      expectFailure(args, {
        message: "Can't locate revision identified by 'nope'",
        code: 'COMMAND_FAILED',
      })
  })

  test('two heads', () => {
    makeProject()
    writeRevision('c3', 'a1', `await op.dropTable('t')`)
    expectFailure(['upgrade', 'head'], {
      message:
        "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, " +
        "'<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
      code: 'COMMAND_FAILED',
    })
    expectFailure(['revision', '-m', 'x'], {
      message:
        'Multiple heads are present; please specify the head revision on which the new revision should be based, or ' +
        'perform a merge.',
      code: 'COMMAND_FAILED',
    })
  })

  test('a file that does not parse', () => {
    makeProject()
    writeRevision('b2', 'a1', 'this is no code')
    expectFailure(['upgrade', 'head'], {
      message:
        /^Can't load .*b2\.ts: ParseError: .*b2\.ts:\d+:\d+; correct b2\.ts, then run the command again$/,
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('a file without upgrade()', () => {
    makeProject()
    writeRevision('b2', 'a1', '')
    expectFailure(['upgrade', 'head'], {
      message:
        "<DIR>/alembic/versions/b2.ts has no function 'upgrade'; add: export async function upgrade() {}",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('a file that throws when it is loaded', () => {
    makeProject()
    writeRevision('b2', 'a1', 'await Promise.resolve()', `throw new RangeError('not today')`)
    expectFailure(['upgrade', 'head'], {
      message:
        "Can't load <DIR>/alembic/versions/b2.ts: RangeError: not today; correct b2.ts, then run the command again",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('a migration that throws', () => {
    makeProject()
    writeRevision(
      'b2',
      'a1',
      `await op.addColumn('t', sa.Column('x', sa.Integer()))\nthrow new RangeError('boom')`,
    )
    const before = databaseState()
    const { status, stdout } = runAlembic(project.folder, ['upgrade', 'head'])
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: `FAILED: boom (${project.folder}/alembic/versions/b2.ts:9)\n`,
    })
    expect(databaseState()).toEqual(before)
  })

  test('a statement that the database refuses', () => {
    makeProject()
    writeRevision(
      'b2',
      'a1',
      `await op.execute('CREATE TABLE half (id INTEGER)')\nawait op.dropTable('nowhere')`,
    )
    expectFailure(['upgrade', 'head'], { message: /nowhere/, code: 'STATEMENT_FAILED' })
  })

  test("a value that can't be converted", () => {
    makeProject()
    writeRevision(
      'b2',
      'a1',
      `const t = sa.table('t', sa.column('id', sa.Integer()))\nawait op.bulkInsert(t, [{ id: Symbol('no number') }])`,
    )
    expectFailure(['upgrade', 'head'], {
      message: /^SQLite3 can only bind .* \[SQL: INSERT INTO t \(id\) VALUES \(\?\)\]$/,
      code: 'STATEMENT_FAILED',
    })
  })
})

describe('the environment', () => {
  test('an env file that throws', () => {
    makeProject()
    write('alembic/env.ts', `const x: number = 1\n\nthrow new RangeError('no environment ' + x)\n`)
    const { status, stdout } = runAlembic(project.folder, ['upgrade', 'head'])
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: `FAILED: no environment 1 (${project.folder}/alembic/env.ts:3)\n`,
    })
  })

  test('an env file that does not parse, or imports what is not there', () => {
    makeProject()
    write('alembic/env.ts', 'const x = = 1\n')
    expectFailure(['current'], {
      message:
        /^Can't load .*env\.ts: ParseError: .*env\.ts:1:\d+; correct env\.ts, then run the command again$/,
      code: 'SCRIPT_FILE_BROKEN',
    })
    write('alembic/env.ts', `import '../src/models.ts'\n`)
    expectFailure(['current'], {
      message:
        "Can't load <DIR>/alembic/env.ts: Cannot find module '../src/models.ts'; correct env.ts, then run the command again",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('an env file that forgets to await its own work', () => {
    makeProject()
    write(
      'alembic/env.ts',
      ENV.replace('const engine', 'void main()\nasync function main() {\nconst engine') + '}\n',
    )
    expectFailure(['upgrade', 'head'], {
      message:
        "<DIR>/alembic/env.ts ended without context.runMigrations(): is an 'await' missing in front of what leads to it?",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('an env file that forgets to await a call of context: the call counts', () => {
    for (const [from, to] of [
      ['await context.configure', 'context.configure'],
      ['() => context.runMigrations()', '() => { context.runMigrations() }'],
    ] as const) {
      makeProject()
      write('alembic/env.ts', ENV.replace(from, to))
      expect(runAlembic(project.folder, ['upgrade', 'head']).status).toBe(0)
      expect(runAlembic(project.folder, ['current']).stdout).toBe('b2 (head)\n')
      rmSync(join(project.folder, 'app.db'))
    }
    makeProject()
    write(
      'alembic/env.ts',
      ENV.replace('await context.beginTransaction', 'context.beginTransaction'),
    )
    expectFailure(['upgrade', 'head'], {
      message:
        "This connection is closed; is an 'await' missing in front of a call that still needs it?",
      code: 'CONNECTION_FAILED',
    })
  })

  test('no env file', () => {
    makeProject()
    rmSync(join(project.folder, 'alembic/env.ts'))
    expectFailure(['current'], {
      message: "There is no environment script <DIR>/alembic/env.ts; 'alembic init' makes one",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('a folder that takes no files', () => {
    makeProject()
    // Permissions don't stop root; a file in the place of the folder stops everybody.
    rmSync(join(project.folder, 'alembic/versions'), { recursive: true })
    write('alembic/versions', '')
    expectFailure(['revision', '-m', 'x'], {
      message: /alembic\/versions/,
      code: 'SCRIPT_FILE_BROKEN',
    })
  })
})
