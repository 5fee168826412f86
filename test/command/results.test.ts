import Database from 'better-sqlite3'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as command from '../../src/command/index.ts'
import type { Progress } from '../../src/command/index.ts'
import { Config } from '../../src/config/config.ts'
import { UnknownRowError } from '../../src/errors/command-error.ts'
import { defineConfig } from '../../src/runtime/define-config.ts'
import { getLogger } from '../../src/util/logging.ts'
import { makeProject, type Project } from './project.ts'

let project: Project
let database: Database.Database
beforeEach(() => {
  project = makeProject()
  database = new Database(':memory:')
  project.addRevision('aaaa', null, { message: 'first' })
  project.addRevision('bbbb', 'aaaa', { message: 'left', labels: ['left'] })
  project.addRevision('cccc', 'aaaa', { message: 'right', dependsOn: ['bbbb'] })
})
afterEach(() => {
  database.close()
  project.dispose()
})

const logged: string[] = []
const logger = {
  debug: (message: string) => void logged.push(`debug ${message}`),
  info: (message: string) => void logged.push(`info ${message}`),
  warn: (message: string) => void logged.push(`warn ${message}`),
  error: (message: string) => void logged.push(`error ${message}`),
}
beforeEach(() => logged.splice(0))

/** What a server or a test would make: no file but the revisions, its own connection and logger, nothing printed. */
function quiet(): Config {
  return new Config({
    settings: defineConfig({ scriptLocation: `${project.folder}/alembic` }),
    attributes: { connection: database },
    stdout: null,
    logger,
  })
}

function rows(): unknown[] {
  return database.prepare('SELECT version_num FROM alembic_version ORDER BY 1').pluck().all()
}

describe('results', () => {
  test('of what reads files', async () => {
    const config = quiet()
    const { heads } = await command.heads(config)
    expect(heads.map(({ revision, isEffectiveHead }) => [revision, isEffectiveHead])).toEqual([
      ['bbbb', true],
      ['cccc', false],
    ])
    expect(heads[1]).toEqual({
      revision: 'cccc',
      downRevisions: ['aaaa'],
      dependsOn: ['bbbb'],
      branchLabels: [],
      message: 'right',
      path: `${project.folder}/alembic/versions/cccc_x.ts`,
      isHead: true,
      isEffectiveHead: false,
      isBranchPoint: false,
      isMergePoint: false,
    })
    const { heads: real } = await command.heads(config, { resolveDependencies: true })
    expect(real.map(({ revision }) => revision)).toEqual(['cccc'])
    const { branchPoints } = await command.branches(config)
    expect(branchPoints.map(({ revision, branches }) => [revision, branches.length])).toEqual([
      ['aaaa', 2],
    ])
    const { revisions } = await command.show(config, 'left@head')
    expect(revisions[0]).toMatchObject({ revision: 'bbbb', doc: 'left\n\nRevision ID: bbbb' })
    const { templates } = await command.listTemplates(config)
    expect(templates.map(({ name }) => name)).toEqual(['config', 'generic', 'multidb'])
  })

  test('of a whole life: ensureVersion, status, upgrade, current, history, downgrade, stamp', async () => {
    const config = quiet()
    expect(await command.ensureVersion(config)).toMatchObject({ databases: [{ rows: [] }] })
    const before = await command.status(config)
    expect(before.isUpToDate).toBe(false)
    expect(before.databases[0]?.pending.map(({ revision }) => revision)).toEqual([
      'aaaa',
      'bbbb',
      'cccc',
    ])
    const upgraded = await command.upgrade(config, 'heads')
    expect(upgraded.databases[0]?.steps.map(({ to, message }) => [to, message])).toEqual([
      [['aaaa'], 'first'],
      [['bbbb'], 'left'],
      [['cccc'], 'right'],
    ])
    expect(rows()).toEqual(['cccc'])
    expect(upgraded.databases[0]?.rows).toEqual(['cccc'])
    expect((await command.status(config)).isUpToDate).toBe(true)
    const { databases } = await command.current(config)
    expect(databases[0]).toMatchObject({ rows: ['cccc'], isAtHeads: false })
    expect(databases[0]?.revisions.map(({ revision }) => revision).toSorted()).toEqual([
      'bbbb',
      'cccc',
    ])
    const { revisions } = await command.history(config, { revRange: 'aaaa:current' })
    expect(revisions.map(({ revision, isCurrent }) => [revision, isCurrent])).toContainEqual([
      'cccc',
      true,
    ])
    const downgraded = await command.downgrade(config, 'base')
    expect(downgraded.databases[0]?.steps).toHaveLength(3)
    expect(downgraded.databases[0]?.rows).toEqual([])
    const stamped = await command.stamp(config, 'left@head')
    expect(stamped.databases[0]).toMatchObject({
      steps: [{ kind: 'stamp', from: [], to: ['bbbb'], message: '' }],
      rows: ['bbbb'],
    })
    expect(rows()).toEqual(['bbbb'])
  })

  test('init: what was written', async () => {
    const { folder } = project
    const result = await command.init(
      new Config({ file: `${folder}/new.ini`, stdout: null }),
      `${folder}/made`,
      { package: true },
    )
    expect(result).toEqual({
      directory: `${folder}/made`,
      configFile: `${folder}/new.ini`,
      created: [
        `${folder}/made/README`,
        `${folder}/new.ini`,
        `${folder}/made/env.ts`,
        `${folder}/made/script.ts.eta`,
        `${folder}/made/package.json`,
      ],
    })
  })
})

test('the connection that is handed over is used, and stays open', async () => {
  await command.upgrade(quiet(), 'left@head')
  expect(database.open).toBe(true)
  expect(rows()).toEqual(['bbbb'])
})

test('an INI project hands it to its env file', async () => {
  project.write(
    'alembic/env.ts',
    `import { context } from 'alembic-ts'
     const { connection } = context.config.attributes
     await context.configure({ connection, targetMetadata: null })
     await context.beginTransaction(() => context.runMigrations())`,
  )
  project.config.attributes['connection'] = database
  await command.upgrade(project.config, 'left@head')
  expect(rows()).toEqual(['bbbb'])
})

test('the injected logger gets everything, the program its own loggers nothing', async () => {
  const others: string[] = []
  const root = getLogger()
  const handler = ({ message }: { readonly message: string }): void => void others.push(message)
  root.handlers.add(handler)
  getLogger('alembic').level = 'INFO'
  await command.upgrade(quiet(), 'aaaa')
  root.handlers.delete(handler)
  getLogger('alembic').level = 'NOTSET'
  expect(others).toEqual([])
  expect(logged).toEqual([
    'info Context impl SQLiteImpl.',
    'info Will assume non-transactional DDL.',
    'info Running upgrade  -> aaaa, first',
    'debug new branch insert aaaa',
  ])
})

test('side by side, each with its own logger', async () => {
  const other = new Database(':memory:')
  const lines: string[] = []
  const note = (message: string): void => void lines.push(message)
  const config = new Config({
    settings: defineConfig({ scriptLocation: `${project.folder}/alembic` }),
    attributes: { connection: other },
    logger: { debug: () => undefined, info: note, warn: note, error: note },
  })
  await Promise.all([command.upgrade(quiet(), 'aaaa'), command.upgrade(config, 'left@head')])
  other.close()
  expect(lines.at(-1)).toBe('Running upgrade aaaa -> bbbb, left')
  expect(logged).not.toContain('info Running upgrade aaaa -> bbbb, left')
})

test('progress', async () => {
  const events: Progress[] = []
  await command.upgrade(quiet(), 'left@head', { onProgress: (event) => events.push(event) })
  const first = { kind: 'upgrade', from: [], to: ['aaaa'], message: 'first' }
  const second = { kind: 'upgrade', from: ['aaaa'], to: ['bbbb'], message: 'left' }
  const durationMs = expect.any(Number) as number
  expect(events).toEqual([
    { kind: 'plan', url: expect.any(String) as string, steps: [first, second] },
    { kind: 'begin', number: 1, count: 2, step: first },
    { kind: 'end', number: 1, count: 2, step: { ...first, durationMs } },
    { kind: 'begin', number: 2, count: 2, step: second },
    { kind: 'end', number: 2, count: 2, step: { ...second, durationMs } },
  ])
})

test('a revision of the database that no file has is an error of its own', async () => {
  const config = quiet()
  await command.upgrade(config, 'aaaa')
  database.exec("UPDATE alembic_version SET version_num = 'gone'")
  for (const run of [
    () => command.upgrade(config, 'heads'),
    () => command.current(config),
    () => command.status(config),
    () => command.stamp(config, 'aaaa'),
  ]) {
    const error = await run().then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(UnknownRowError)
    expect(error).toMatchObject({
      code: 'DATABASE_REVISION_UNKNOWN',
      row: 'gone',
      message: "Can't locate revision identified by 'gone'",
    })
  }
  await command.stamp(config, 'aaaa', { purge: true })
  await expect(command.upgrade(config, 'aaab')).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
    cause: { suggestions: ['aaaa'] },
  })
})

test('no command ends the process, or asks', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    // The command line alone ends the process, and asks about renames where it has a terminal.
    (path) => path.endsWith('.ts') && !/^cli.(?:bin|ask-rename)\.ts$/.test(path),
  )
  expect(sources.length).toBeGreaterThan(100)
  const offenders = sources.filter((path) =>
    /process\.exit\(|\breadline\b|process\.stdin/.test(readFileSync(join('src', path), 'utf8')),
  )
  expect(offenders).toEqual([])
})
