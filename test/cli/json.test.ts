import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
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
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { runAlembic } from './run-alembic.ts'
import { type CliProject, makeCliProject } from './project.ts'

const SCHEMAS = 'schemas'

/** The schemas as they are shipped, except that here nothing may be in a document which they don't name. */
function loadSchemas(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
  for (const file of readdirSync(SCHEMAS)) {
    const schema = JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8'), (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'properties' in value
        ? { ...value, additionalProperties: false }
        : value,
    ) as object
    ajv.addSchema(schema)
  }
  return ajv
}

const ajv = loadSchemas()

function schemaOf(name: string): ValidateFunction {
  const validate = ajv.getSchema(`https://unpkg.com/alembic-ts/schemas/${name}.schema.json`)
  if (validate === undefined) throw new Error(`there is no schema ${name}`)
  return validate
}

let project: CliProject
beforeAll(() => {
  project = makeCliProject()
  project.addRevision('aaaa', null, {
    message: 'users',
    upgrade: "console.log('from a migration')",
  })
  project.addRevision('bbbb', 'aaaa', { message: 'left', labels: ['left'] })
  project.addRevision('cccc', 'aaaa', { message: 'right' })
})
afterAll(() => project.dispose())

/** Runs a command, whose standard output has to be one document of its schema, and returns that. */
function run(args: readonly string[], { status = 0, schema = args[0]!, env = {} } = {}): unknown {
  const finished = runAlembic(project.folder, [...args, '--json'], env)
  const document: unknown = JSON.parse(finished.stdout)
  const validate = schemaOf(schema)
  validate(document)
  expect(validate.errors ?? []).toEqual([])
  expect(finished.status).toBe(status)
  return document
}

const left = {
  revision: 'bbbb',
  downRevisions: ['aaaa'],
  dependsOn: [],
  branchLabels: ['left'],
  message: 'left',
  isHead: true,
  isEffectiveHead: false,
  isBranchPoint: false,
  isMergePoint: false,
}

describe('documents, each of its schema', () => {
  test('heads, history, branches, show', () => {
    expect(run(['heads'])).toEqual({
      heads: [
        { ...left, path: `${project.folder}/alembic/versions/bbbb.ts` },
        expect.objectContaining({ revision: 'cccc' }),
      ],
    })
    expect(run(['history'])).toMatchObject({
      revisions: [
        { revision: 'bbbb', isCurrent: null },
        { revision: 'cccc' },
        { revision: 'aaaa', message: 'users', downRevisions: [], isBranchPoint: true },
      ],
    })
    expect(run(['history', '-i'])).toMatchObject({ revisions: [{ isCurrent: false }, {}, {}] })
    expect(run(['branches'])).toMatchObject({
      branchPoints: [{ revision: 'aaaa', branches: [{ revision: 'bbbb' }, { revision: 'cccc' }] }],
    })
    expect(run(['show', 'aaaa'])).toMatchObject({
      revisions: [{ doc: 'users\n\nRevision ID: aaaa', nextRevisions: ['bbbb', 'cccc'] }],
    })
  })

  test('ensure_version, status, upgrade, current, downgrade, stamp', () => {
    const url = `sqlite:///${project.folder}/app.db`
    expect(run(['ensure_version'])).toEqual({ databases: [{ url, rows: [] }] })
    expect(run(['status'], { status: 1 })).toMatchObject({
      isUpToDate: false,
      heads: [{ revision: 'bbbb' }, { revision: 'cccc' }],
      databases: [
        {
          current: [],
          pending: [{ revision: 'aaaa' }, { revision: 'cccc' }, { revision: 'bbbb' }],
        },
      ],
      differences: null,
    })
    const step = { kind: 'upgrade', durationMs: expect.any(Number) as number }
    expect(run(['upgrade', 'left@head'])).toEqual({
      databases: [
        {
          url,
          steps: [
            { ...step, from: [], to: ['aaaa'], message: 'users' },
            { ...step, from: ['aaaa'], to: ['bbbb'], message: 'left' },
          ],
          rows: ['bbbb'],
          skipped: false,
        },
      ],
    })
    expect(run(['current'])).toMatchObject({
      databases: [{ rows: ['bbbb'], revisions: [{ revision: 'bbbb' }], isAtHeads: false }],
    })
    expect(run(['stamp', 'heads'])).toMatchObject({
      databases: [{ steps: [{ kind: 'stamp', from: [], to: ['cccc'] }], rows: ['bbbb', 'cccc'] }],
    })
    expect(run(['downgrade', 'aaaa'])).toMatchObject({
      databases: [
        { steps: [{ kind: 'downgrade', to: ['aaaa'] }, { to: ['aaaa'] }], rows: ['aaaa'] },
      ],
    })
    expect(run(['upgrade', 'heads'])).toMatchObject({ databases: [{ rows: ['bbbb', 'cccc'] }] })
    expect(run(['upgrade', 'heads'])).toMatchObject({ databases: [{ steps: [] }] })
    expect(run(['status'])).toMatchObject({ isUpToDate: true })
  })

  test('--sql: the script is in the document', () => {
    expect(run(['upgrade', 'base:aaaa', '--sql'])).toMatchObject({
      sql: expect.stringContaining(
        "INSERT INTO alembic_version (version_num) VALUES ('aaaa');",
      ) as string,
    })
    expect(run(['stamp', 'aaaa:bbbb', '--sql'])).toMatchObject({
      sql: expect.stringContaining('UPDATE alembic_version') as string,
    })
    expect(run(['ensure_version', '--sql'])).toMatchObject({
      sql: expect.stringContaining('CREATE TABLE alembic_version') as string,
    })
  })

  test('check and status --check: the differences as data', () => {
    const difference = {
      kind: 'add_table',
      schema: null,
      table: 'users',
      name: null,
      description: expect.stringContaining("'add_table'") as string,
    }
    run(['upgrade', 'heads'])
    expect(run(['check'], { status: 255, schema: 'error' })).toMatchObject({
      error: { code: 'AUTOGENERATE_DIFFS_DETECTED', differences: [difference] },
    })
    expect(run(['status', '--check'], { status: 1 })).toMatchObject({
      isUpToDate: false,
      differences: [difference],
    })
    project.execute('CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50))')
    expect(run(['check'])).toEqual({ differences: [] })
    expect(run(['status', '--check'])).toMatchObject({ isUpToDate: true, differences: [] })
  })

  test('revision, merge, edit, init, list_templates', () => {
    expect(run(['merge', 'heads', '-m', 'both', '--rev-id', 'dddd'])).toMatchObject({
      created: [{ revision: 'dddd', downRevisions: ['bbbb', 'cccc'], isMergePoint: true }],
    })
    run(['upgrade', 'heads'])
    expect(run(['revision', '--autogenerate', '-m', 'more', '--rev-id', 'eeee'])).toMatchObject({
      created: [{ revision: 'eeee', message: 'more' }],
    })
    expect(run(['edit', 'aaaa'], { env: { EDITOR: '/bin/echo' } })).toEqual({
      opened: [`${project.folder}/alembic/versions/aaaa.ts`],
    })
    expect(run(['list_templates'])).toMatchObject({
      templates: [{ name: 'config' }, { name: 'generic' }, { name: 'multidb' }],
    })
    expect(run(['init', 'other'])).toMatchObject({
      directory: `${project.folder}/other`,
      configFile: `${project.folder}/alembic.ini`,
      created: [expect.stringContaining('README'), expect.anything(), expect.anything()],
    })
  })
})

test('every command has a schema, and --json; completion prints a script', () => {
  for (const { name, options } of COMMANDS) {
    if (name === 'completion') continue
    expect(options).toContain('json')
    schemaOf(name)
  }
})

test('what migrations print goes to standard error', () => {
  run(['downgrade', 'base'])
  const { stdout, stderr } = runAlembic(project.folder, ['upgrade', 'aaaa', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ databases: [{ rows: ['aaaa'] }] })
  expect(stderr).toContain('from a migration\n')
})

describe('errors', () => {
  const failure = { schema: 'error', status: 255 }

  test('a revision that there is not', () => {
    expect(run(['show', 'aaab'], failure)).toEqual({
      error: {
        code: 'COMMAND_FAILED',
        message: "Can't locate revision identified by 'aaab'",
        hint: "did you mean 'aaaa'?",
        suggestions: ['aaaa'],
        cause: { code: 'REVISION_NOT_FOUND', message: "No such revision or branch 'aaab'" },
      },
    })
    expect(run(['show', 'lfet@head'], failure)).toMatchObject({ error: { suggestions: ['left'] } })
  })

  test('usage', () => {
    expect(run(['upgrad', 'head'], { schema: 'error', status: 2 })).toMatchObject({
      error: {
        code: 'USAGE_ERROR',
        message: "invalid choice: 'upgrad'; did you mean 'upgrade'?",
        suggestions: ['upgrade'],
      },
    })
    expect(run(['heads', '--verbos'], { schema: 'error', status: 2 })).toMatchObject({
      error: { code: 'USAGE_ERROR', suggestions: ['--verbose'] },
    })
  })

  test('a row that no file has; status fails with 2', () => {
    project.execute("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('gone')")
    expect(run(['status'], { schema: 'error', status: 2 })).toMatchObject({
      error: {
        code: 'DATABASE_REVISION_UNKNOWN',
        message: "Can't locate revision identified by 'gone'",
        hint: expect.stringContaining("the version table has 'gone', which no file has") as string,
      },
    })
    run(['stamp', '--purge', 'base'])
  })

  test('a statement that the database refuses, a migration that throws, a file that is broken', () => {
    project.addRevision('f001', 'eeee', { upgrade: "await op.execute('NO SQL')" })
    run(['stamp', 'eeee'])
    expect(run(['upgrade', 'f001'], failure)).toMatchObject({
      error: { code: 'STATEMENT_FAILED', sql: 'NO SQL', cause: { code: null } },
    })
    project.addRevision('f001', 'eeee', { upgrade: "throw new RangeError('boom')" })
    expect(run(['upgrade', 'f001'], { schema: 'error', status: 1 })).toMatchObject({
      error: {
        code: 'UNEXPECTED_ERROR',
        message: expect.stringMatching(/^boom \(.*f001\.ts:\d+\)$/) as string,
      },
    })
    const path = project.addRevision('f001', 'eeee', { upgrade: 'this is no code' })
    expect(run(['upgrade', 'f001'], failure)).toMatchObject({
      error: { code: 'SCRIPT_FILE_BROKEN', path },
    })
    rmSync(path)
  })

  test('no configuration', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-json-')))
    writeFileSync(join(folder, 'alembic.ini'), '[alembic\n')
    const { stdout, status } = runAlembic(folder, ['heads', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONFIG_INVALID' } })
    expect(status).toBe(255)
    rmSync(folder, { recursive: true })
  })
})
