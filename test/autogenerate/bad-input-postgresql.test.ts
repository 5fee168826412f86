import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { downgrade } from '../../src/command/downgrade.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { getLogger, type LogHandler } from '../../src/util/logging.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 60_000 })

const NO_MODELS = 'const targetMetadata = sa.MetaData()'

describeDatabases(['postgresql'], 'bad input of autogenerate', (db) => {
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

  describe('a schema that the role may not use', () => {
    const role = `bad_input_role_${process.pid}`
    let url: string

    beforeEach(async () => {
      for (const sql of [
        'CREATE SCHEMA secret',
        'CREATE TABLE secret.owners (id integer PRIMARY KEY)',
        "CREATE TYPE secret.mood AS ENUM ('a', 'b')",
        'CREATE DOMAIN secret.posint AS integer CHECK (VALUE > 0)',
        'CREATE TABLE t (id serial PRIMARY KEY, owner integer REFERENCES secret.owners, m secret.mood, p secret.posint)',
        `CREATE ROLE ${role} LOGIN`,
        `GRANT ALL ON SCHEMA public TO ${role}`,
        `ALTER TABLE t OWNER TO ${role}`,
      ])
        await scratch.query(sql)
      const own = new URL(scratch.url)
      own.username = role
      url = own.href
    })

    afterEach(async () => {
      await scratch.query(`REASSIGN OWNED BY ${role} TO postgres`)
      await scratch.query(`DROP OWNED BY ${role}`)
      await scratch.query(`DROP ROLE ${role}`)
    })

    it('is known of by what refers to it, and left as it is', async () => {
      const columns = `sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('owner', sa.Integer(), sa.ForeignKey('secret.owners.id')),
  sa.Column('m', sa.Enum('a', 'b', { name: 'mood', schema: 'secret' })), sa.Column('p', sa.postgresql.DOMAIN('posint', sa.Integer(), { schema: 'secret', createType: false }))`
      const models = (more: string): string => `${NO_MODELS}
sa.Table('owners', sa.MetaData(), sa.Column('id', sa.Integer(), { primaryKey: true }), { schema: 'secret' })
sa.Table('t', targetMetadata, ${columns}${more})`
      project.write({ url, models: models('') })
      expect(await check(project.project.config)).toEqual({ differences: [] })
      project.write({ url, models: models(", sa.Column('n', sa.Integer())") })
      await project.generate('aaa1')
      expect(project.source('aaa1').match(/op\.\w+/g)).toEqual(['op.addColumn', 'op.dropColumn'])
      await upgrade(project.project.config, 'head')
      await downgrade(project.project.config, 'base')
    })

    it('keeps its type where the last column goes, and the way back names what the role may not', async () => {
      project.write({ url, models: NO_MODELS })
      await project.generate('aaa1')
      const source = project.source('aaa1')
      expect(source).not.toContain('dropEnum')
      expect(source).toContain("'secret.owners.id'")
      await upgrade(project.project.config, 'head')
      expect(await scratch.query("SELECT to_regtype('secret.mood') IS NOT NULL AS there")).toEqual([
        { there: true },
      ])
      await expect(downgrade(project.project.config, 'base')).rejects.toMatchObject({
        code: 'STATEMENT_FAILED',
        message: expect.stringContaining('permission denied for schema secret') as string,
      })
      // All of it or nothing.
      expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
        { version_num: 'aaa1' },
      ])
      expect(await scratch.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
    })

    it('is read with includeSchemas, and refused by the server where it is to be changed', async () => {
      project.write({ url, models: NO_MODELS, options: 'includeSchemas: true' })
      await project.generate('aaa1')
      expect(project.source('aaa1')).toContain("op.dropTable('owners', { schema: 'secret' })")
      await expect(upgrade(project.project.config, 'head')).rejects.toThrow(
        'permission denied for schema secret',
      )
      expect(await scratch.query("SELECT to_regclass('t')::text AS t")).toEqual([{ t: 't' }])
    })
  })

  it('types that are not known come back as what they were, with a warning', async () => {
    for (const sql of [
      'CREATE SCHEMA tools',
      'CREATE EXTENSION hstore SCHEMA tools',
      'CREATE EXTENSION ltree',
      'CREATE DOMAIN posint AS integer CHECK (VALUE > 0)',
      "CREATE DOMAIN tools.code AS varchar(5) NOT NULL DEFAULT 'x'",
      'CREATE TYPE place AS (x float8, "Y y" text)',
      'CREATE TYPE tools."Odd Name" AS (x integer)',
      'CREATE TYPE span AS RANGE (subtype = float8)',
      'CREATE TABLE kept (a integer)',
      `CREATE TABLE t (id serial PRIMARY KEY, a posint, b tools.code, c place, d tools."Odd Name", f span,
         g tools.hstore, h ltree, k place[], l tools."Odd Name"[], m kept, s posint[], u "char", v name,
         w oid, x regclass, z bit varying(4), n int2vector, o bpchar, p aclitem, q pg_catalog."char"[])`,
    ])
      await scratch.query(sql)
    const types = async (): Promise<unknown[]> =>
      await scratch.query(
        "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum",
      )
    const before = await types()
    project.write({
      url: scratch.url,
      models: `${NO_MODELS}\nsa.Table('kept', targetMetadata, sa.Column('a', sa.Integer()))`,
    })
    const warnings: string[] = []
    const note: LogHandler = ({ message }) => void warnings.push(message)
    const { handlers } = getLogger('alembic.autogenerate')
    handlers.add(note)
    onTestFinished(() => void handlers.delete(note))
    await project.generate('aaa1')
    expect(warnings).toContain(
      "Type place of column 't.c' has no class here; downgrade() makes it by that text",
    )
    expect(warnings).toHaveLength(14)
    await upgrade(project.project.config, 'head')
    await downgrade(project.project.config, 'base')
    expect(await types()).toEqual(before)
    // And the way there and back is proven on a copy that has them all.
    project.forget()
    expect(await project.verify('bbb2')).toEqual({
      status: 'verified',
      place: 'a scratch database',
    })
  })
})
