// What is said of the way out where the message is Alembic's own, which names none: on a terminal, and in --json.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeFailure } from '../../src/cli/failure.ts'
import { check } from '../../src/command/check.ts'
import { init } from '../../src/command/init.ts'
import { revision } from '../../src/command/revision.ts'
import { Config } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { AutogenProject } from './environment.ts'

let project: AutogenProject

beforeEach(() => {
  project = new AutogenProject()
})

afterEach(() => project.dispose())

const ID = "sa.Column('id', sa.Integer(), { primaryKey: true })"

const failureOf = async (config: Config): Promise<unknown> => {
  const error: unknown = await check(config).catch((caught: unknown) => caught)
  const { message, hint, status } = describeFailure(error)
  return { message, hint, status }
}

const write = (models: string): void =>
  project.write({ url: `sqlite:///${project.project.folder}/app.db`, models })

it('a database that is behind the files', async () => {
  write(`const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${ID})`)
  await revision(project.project.config, { revId: 'aaa1' })
  expect(await failureOf(project.project.config)).toEqual({
    message: 'Target database is not up to date.',
    hint: "models are compared with the database as all files leave it: run 'alembic upgrade heads' first",
    status: 255,
  })
})

it('a table in two MetaData', async () => {
  write(
    `const a = sa.MetaData()\nconst b = sa.MetaData()\nsa.Table('t', a, ${ID})\nsa.Table('t', b, ${ID})\nconst targetMetadata = [a, b]`,
  )
  expect(await failureOf(project.project.config)).toEqual({
    message: 'Duplicate table keys across multiple MetaData objects: "t"',
    hint: 'define each of these tables in one MetaData only, or give it a schema in the other',
    status: 255,
  })
})

it.each(['null', '[]', '{}'])('no models in the env file: %s', async (models) => {
  write(`const targetMetadata: any = ${models}`)
  expect(await failureOf(project.project.config)).toMatchObject({
    hint: 'give context.configure() as targetMetadata the models: one MetaData, or a list of them, with the tables that the database is to have',
    status: 255,
  })
})

it('no models in a project without an env file', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-no-models-')))
  try {
    const stdout = null
    const ini = new Config({ file: join(folder, 'alembic.ini'), stdout })
    await init(ini, join(folder, 'alembic'), { template: 'config' })
    const file = join(folder, 'alembic.config.ts')
    writeFileSync(
      file,
      `export default { url: 'sqlite:///${folder}/app.db', models: null, scriptLocation: 'alembic' }`,
    )
    expect(await failureOf(await loadConfig({ files: [file], stdout }))).toEqual({
      message:
        "Can't proceed with --autogenerate option; the configuration has no models: set 'models' to one MetaData, or a list of them, with the tables that the database is to have",
      hint: null,
      status: 255,
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
