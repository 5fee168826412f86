import Database from 'better-sqlite3'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runAlembic } from './run-alembic.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-bad-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** A project with two revisions, of which the first is applied. */
function makeProject(url: string = `sqlite:///${folder}/app.db`): void {
  setUrl(url)
  write('alembic/env.ts', ENV)
  write('alembic/script.ts.eta', readFileSync('templates/generic/script.ts.eta', 'utf8'))
  writeRevision('a1', null, `await op.createTable('t', sa.Column('id', sa.Integer()))`)
  writeRevision('b2', 'a1', `await op.addColumn('t', sa.Column('x', sa.Integer()))`)
  const database = new Database(join(folder, 'app.db'))
  database.exec(`
    CREATE TABLE t (id INTEGER);
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, PRIMARY KEY (version_num));
    INSERT INTO alembic_version VALUES ('a1')`)
  database.close()
}

function setUrl(url: string): void {
  write('alembic.ini', `[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = ${url}\n`)
}

const ENV = `import { context, engineFromConfig } from 'alembic-ts'
const { config } = context
const engine = engineFromConfig(config.getSection(config.configIniSection, {}), { prefix: 'sqlalchemy.' })
const connection = await engine.connect()
try {
  await context.configure({ connection, targetMetadata: null })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`

function writeRevision(id: string, down: string | null, upgrade: string, head: string = ''): void {
  write(
    `alembic/versions/${id}.ts`,
    `import { op, sa } from 'alembic-ts'\n${head}\nexport const revision = '${id}'\n` +
      `export const downRevision = ${JSON.stringify(down)}\nexport const branchLabels = null\n` +
      `export const dependsOn = null\n` +
      (upgrade === '' ? '' : `export async function upgrade(): Promise<void> {\n${upgrade}\n}\n`) +
      `export async function downgrade(): Promise<void> {}\n`,
  )
}

/** The version rows and tables: what must not change. */
function databaseState(): unknown {
  const file = join(folder, 'app.db')
  if (!existsSync(file)) return null
  const database = new Database(file, { readonly: true })
  const versions = database.prepare('SELECT version_num FROM alembic_version').all()
  const tables = database.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()
  database.close()
  return { versions, tables }
}

/** Runs a command that has to fail: one line, no stack, the database as it was; with `--raiseerr` the stable code. */
function expectFailure(
  args: readonly string[],
  { message, code, exit = 255 }: { message: string | RegExp; code: string; exit?: number },
): void {
  const before = databaseState()
  const { status, stdout, stderr } = runAlembic(folder, args)
  expect(stderr).toBe('')
  const line = /^FAILED: (.*)\n$/.exec(stdout)?.[1]
  if (line === undefined) throw new Error(`expected one line: ${stdout}`)
  if (typeof message === 'string') expect(line).toBe(message.replaceAll('<DIR>', folder))
  else expect(line).toMatch(message)
  expect(status).toBe(exit)
  expect(runAlembic(folder, ['--raiseerr', ...args]).stderr).toContain(`code: '${code}'`)
  expect(databaseState()).toEqual(before)
}

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
        "'%' must be followed by '%' or '(' in option 'sqlalchemy.url' in section 'alembic'; a percent sign is written %%",
      code: 'CONFIG_INVALID',
    })
    setUrl('${ALEMBIC_TEST_NOT_SET}')
    expectFailure(['current'], {
      message:
        "Environment variable ALEMBIC_TEST_NOT_SET is not set; option 'sqlalchemy.url' in section 'alembic' needs it. " +
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
    makeProject(`sqlite+libsql:///${folder}/app.db`)
    expectFailure(['upgrade', 'head'], { message: /npm install .*libsql/, code: 'DRIVER_MISSING' })
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
    const { status, stdout } = runAlembic(folder, ['upgrade', 'head'])
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: `FAILED: boom (${folder}/alembic/versions/b2.ts:9)\n`,
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
    const { status, stdout } = runAlembic(folder, ['upgrade', 'head'])
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: `FAILED: no environment 1 (${folder}/alembic/env.ts:3)\n`,
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
      expect(runAlembic(folder, ['upgrade', 'head']).status).toBe(0)
      expect(runAlembic(folder, ['current']).stdout).toBe('b2 (head)\n')
      rmSync(join(folder, 'app.db'))
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
    rmSync(join(folder, 'alembic/env.ts'))
    expectFailure(['current'], {
      message: "There is no environment script <DIR>/alembic/env.ts; 'alembic init' makes one",
      code: 'SCRIPT_FILE_BROKEN',
    })
  })

  test('a folder that takes no files', () => {
    makeProject()
    // Permissions don't stop root; a file in the place of the folder stops everybody.
    rmSync(join(folder, 'alembic/versions'), { recursive: true })
    write('alembic/versions', '')
    expectFailure(['revision', '-m', 'x'], {
      message: /alembic\/versions/,
      code: 'SCRIPT_FILE_BROKEN',
    })
  })
})
