import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { downgrade } from '../../src/command/downgrade.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 60_000 })

const TABLE = "sa.Table('t', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }))"
const MODELS = `const targetMetadata = sa.MetaData()\n${TABLE}`

describeEachDatabase('bad input of autogenerate', (db) => {
  let project: AutogenProject
  let scratch: ScratchDatabase

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  afterEach(async () => {
    await scratch.dispose()
    project.dispose()
  })

  /** Both commands fail alike, by an error of this package's, and nothing is written. */
  const expectFailure = async (message: string | RegExp, code: string): Promise<void> => {
    const expected = expect.objectContaining({
      code,
      message: expect.stringMatching(message) as string,
    }) as Error
    await expect(project.generate('aaa1')).rejects.toThrow(expected)
    await expect(check(project.project.config)).rejects.toThrow(expected)
    expect(project.files()).toEqual([])
  }

  it('the same table twice in one MetaData', async () => {
    project.write({ url: scratch.url, models: `${MODELS}\n${TABLE}` })
    await expectFailure(
      /^Table 't' is already defined for this MetaData instance. Give it another name, or a MetaData of its own$/,
      'SCHEMA_INVALID',
    )
  })

  it('the same table in two MetaData', async () => {
    project.write({
      url: scratch.url,
      models: `const [one, two] = [sa.MetaData(), sa.MetaData()]
for (const metadata of [one, two]) sa.Table('t', metadata, sa.Column('id', sa.Integer()))
const targetMetadata = [one, two]`,
    })
    await expectFailure(
      /^Duplicate table keys across multiple MetaData objects: "t"$/,
      'SCHEMA_INVALID',
    )
  })

  it.each(['undefined', 'null', '{}', '[]', '[null]', "'models'", '[sa.MetaData(), 1]'])(
    'targetMetadata: %s',
    async (target) => {
      project.write({ url: scratch.url, models: `const targetMetadata = ${target}` })
      await expectFailure(
        /^Can't proceed with --autogenerate option; environment script \S+env.ts does not provide a MetaData object or sequence of objects to the context\.$/,
        'COMMAND_FAILED',
      )
    },
  )

  it('a database at a revision that no file has', async () => {
    await scratch.query('CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)')
    await scratch.query("INSERT INTO alembic_version VALUES ('fffffff')")
    project.write({ url: scratch.url, models: MODELS })
    await expectFailure(/'fffffff'/, 'DATABASE_REVISION_UNKNOWN')
  })

  it('a database behind the files', async () => {
    project.write({ url: scratch.url, models: MODELS })
    await project.generate('aaa1')
    await expect(project.generate('bbb2')).rejects.toThrow('Target database is not up to date.')
    expect(project.files()).toEqual(['aaa1_x.ts'])
  })

  it('a view whose table is gone', async () => {
    if (db.name === 'postgresql') return
    await scratch.query('CREATE TABLE gone (a INTEGER)')
    await scratch.query('CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INTEGER)')
    await scratch.query('CREATE VIEW broken AS SELECT a FROM gone')
    await scratch.query('DROP TABLE gone')
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }), sa.Column('a', sa.String(10)))`,
      options: 'renderAsBatch: true',
    })
    await project.generate('aaa1')
    expect(project.source('aaa1')).not.toContain('broken')
    await upgrade(project.project.config, 'head')
    await check(project.project.config)
    await downgrade(project.project.config, 'base')
    const connection = await createEngine(scratch.url).connect()
    const inspector = await inspect(connection)
    expect(await inspector.getViewNames()).toEqual(['broken'])
    await expect(inspector.reflectTable('broken')).rejects.toMatchObject({
      code: 'REFLECTION_FAILED',
      message: expect.stringContaining("'broken'") as string,
    })
    await expect(inspector.getColumns('broken')).rejects.toMatchObject({
      code: 'REFLECTION_FAILED',
      message: expect.stringContaining("'broken'") as string,
    })
    await connection.close()
  })

  it('a hook that throws', async () => {
    await scratch.query('CREATE TABLE old (id INTEGER NOT NULL PRIMARY KEY)')
    for (const hook of [
      'includeName: () => { throw new Error("from a hook") }',
      'includeObject: () => { throw new Error("from a hook") }',
      'processRevisionDirectives: async () => { throw new Error("from a hook") }',
    ]) {
      project.write({ url: scratch.url, models: MODELS, options: hook })
      await expect(project.generate('aaa1')).rejects.toThrow('from a hook')
      expect(project.files()).toEqual([])
    }
    project.write({
      url: scratch.url,
      models: MODELS,
      options: 'renderItem: () => { throw new Error("from a hook") }',
    })
    await expect(project.generate('aaa1')).rejects.toThrow('from a hook')
    expect(project.files()).toEqual([])
  })
})
