// Which code of a project a command runs. Revision files here do harm as soon as they are loaded.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { everyCommandLine } from './every-command.ts'
import { runHere } from './run-here.ts'

/** Nothing of the project but its configuration is run for these. */
const GRAPH_ONLY = [
  ...['branches', 'completion', 'edit', 'heads', 'history', 'init', 'list_templates', 'merge'],
  ...['revision', 'show'],
]
/** These run the env file as well, which connects to the database. */
const RUNS_ENVIRONMENT = ['check', 'current', 'ensure_version', 'lock', 'stamp', 'status']
/** And these what the history says. */
const RUNS_REVISIONS = ['downgrade', 'upgrade']

let folder: string
const marker = (name: string): string => join(folder, `${name}.ran`)
const ran = (name: string): boolean => existsSync(marker(name))

function writeRevision(id: string, down: string | null): void {
  writeFileSync(
    join(folder, `alembic/versions/${id}.ts`),
    `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(marker('revision'))}, '')
export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = null
export const dependsOn = null
throw new Error('a revision file ran')
`,
  )
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-graph-only-')))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(process.cwd(), join(folder, 'node_modules/alembic-ts'))
})
beforeEach(() => {
  for (const part of ['alembic', 'new-folder', 'app.db', 'revision.ran', 'env.ran'])
    rmSync(join(folder, part), { recursive: true, force: true })
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
  vi.stubEnv('EDITOR', 'true')
  writeFileSync(
    join(folder, 'alembic.ini'),
    `[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:///${folder}/app.db\n`,
  )
  for (const [id, down] of [
    ['a1', null],
    ['b2', 'a1'],
  ] as const)
    writeRevision(id, down)
  cpSync('templates/generic/script.ts.eta', join(folder, 'alembic/script.ts.eta'))
  writeFileSync(
    join(folder, 'alembic/env.ts'),
    `import { writeFileSync } from 'node:fs'
import { context, engineFromConfig, sa } from 'alembic-ts'
writeFileSync(${JSON.stringify(marker('env'))}, '')
const targetMetadata = sa.MetaData()
if (context.isOfflineMode()) {
  await context.configure({ url: context.config.getMainOption('sqlalchemy.url'), targetMetadata })
  await context.beginTransaction(() => context.runMigrations())
} else {
  const engine = engineFromConfig(context.config.getSection(context.config.configIniSection, {}))
  const connection = await engine.connect()
  await context.configure({ connection, targetMetadata })
  await context.beginTransaction(() => context.runMigrations())
  await connection.close()
}
`,
  )
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

it('every command is in one of the lists', () => {
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(
    [...GRAPH_ONLY, ...RUNS_ENVIRONMENT, ...RUNS_REVISIONS].toSorted(),
  )
})

const commandOf = (line: readonly string[]): string =>
  line.find((word) => COMMANDS.some(({ name }) => name === word)) ?? ''

describe('no revision file is loaded by', () => {
  it.each(
    everyCommandLine()
      .filter((line) => !RUNS_REVISIONS.includes(commandOf(line)))
      .map((line) => [line.join(' '), line] as const),
  )('%s', async (_title, line) => {
    await runHere(folder, line)
    expect(ran('revision')).toBe(false)
  })
})

describe('no env file is loaded by', () => {
  it.each(
    everyCommandLine()
      .filter((line) => GRAPH_ONLY.includes(commandOf(line)))
      // What asks for the database by its options.
      .filter((line) =>
        ['--autogenerate', '--sql', '--indicate-current', '--verify'].every(
          (option) => !line.includes(option),
        ),
      )
      .map((line) => [line.join(' '), line] as const),
  )('%s', async (_title, line) => {
    await runHere(folder, line)
    expect(ran('env')).toBe(false)
  })

  it.each([
    [['show', 'b2']],
    [['edit', 'b2']],
    [['history', '-r', 'a1:b2']],
    [['merge', 'b2', 'c3']],
    [['branches', '-v']],
    [['revision', '--head', 'c3', '-m', 'more']],
  ])('%j, which succeeds', async (line) => {
    writeRevision('c3', 'a1')
    expect(await runHere(folder, line)).toMatchObject({ status: 0 })
    expect([ran('env'), ran('revision')]).toEqual([false, false])
  })
})

it.each(RUNS_ENVIRONMENT)('the env file is loaded by %s', async (name) => {
  const line = everyCommandLine().find((words) => words[0] === name)!
  await runHere(folder, line)
  expect([ran('env'), ran('revision')]).toEqual([true, false])
})

it('the files of revisions that run are loaded by upgrade and downgrade', async () => {
  await runHere(folder, ['upgrade', 'head'])
  expect([ran('env'), ran('revision')]).toEqual([true, true])
  rmSync(marker('revision'))
  await runHere(folder, ['stamp', 'head'])
  await runHere(folder, ['upgrade', 'head'])
  expect(ran('revision')).toBe(false)
  await runHere(folder, ['downgrade', '-1'])
  expect(ran('revision')).toBe(true)
})
