// `--verify` on a Firebird server: in a database file of its own beside the user's.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { check } from '../../../src/command/check.ts'
import { upgrade } from '../../../src/command/upgrade.ts'
import { AutogenProject } from '../../autogenerate/environment.ts'
import { describeDatabases, type ScratchDatabase } from '../../live/servers.ts'

vi.setConfig({ testTimeout: 60_000 })

const place = 'a scratch database'
const models = (...columns: readonly string[]): string =>
  `const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }), ${columns.join(', ')})
sa.Table('child', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('t_id', sa.Integer(), sa.ForeignKey('t.id', { name: 'fk_child' })), sa.Index('ix_child', 't_id'))`

const NAME = "sa.Column('name', sa.String(20), { nullable: false, serverDefault: 'x' })"

describeDatabases(['firebird'], '--verify', (db) => {
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

  const tables = async (): Promise<unknown[]> =>
    await scratch.query(
      'SELECT TRIM(rdb$relation_name) AS name FROM rdb$relations WHERE rdb$system_flag = 0 ORDER BY 1',
    )

  it('proves a file, and models', async () => {
    project.write({ url: scratch.url, models: models(NAME) })
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place })
    expect(await tables()).not.toContainEqual({ name: 'T' })
    await upgrade(project.project.config, 'head')
    expect(await check(project.project.config, { verify: true })).toMatchObject({
      verification: { status: 'verified', place },
    })
    project.write({
      url: scratch.url,
      models: models("sa.Column('name', sa.String(20))", "sa.Column('more', sa.Numeric(10, 2))"),
    })
    expect(await project.verify('bbb2')).toEqual({ status: 'verified', place })
  })

  it('finds that the server makes no column shorter, as a downgrade must', async () => {
    await scratch.query('CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))')
    project.write({ url: scratch.url, models: models("sa.Column('name', sa.String(40))") })
    await expect(project.verify('aaa1')).rejects.toThrow(
      /^Verification failed: downgrade\(\) failed in a scratch database: .*New size specified for column NAME must be at least 40 characters/,
    )
  })

  it('says what has no copy, and finds what fails', async () => {
    await scratch.query('CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))')
    await scratch.query('CREATE VIEW v AS SELECT id FROM t')
    await scratch.query('CREATE SEQUENCE numbers')
    await scratch.query('CREATE DOMAIN price AS NUMERIC(10, 2)')
    project.write({ url: scratch.url, models: models(NAME) })
    expect(await project.verify('aaa1')).toEqual({
      status: 'verified',
      place,
      lacks: ['domain price', 'sequence numbers', 'view v'],
    })
    project.forget()
    project.write({
      url: scratch.url,
      models: `import { ExecuteSQLOp } from 'alembic-ts/operations'\n${models(NAME)}`,
      options: `processRevisionDirectives: (_context, _row, [script]) => {
        script.upgradeOps.ops.push(new ExecuteSQLOp('DROP TABLE nowhere'))
      }`,
    })
    await expect(project.verify('bbb2')).rejects.toThrow(
      /^Verification failed: upgrade\(\) failed in a scratch database: .*NOWHERE/,
    )
  })

  it('refuses a statement that reaches another database', async () => {
    project.write({
      url: scratch.url,
      models: `import { ExecuteSQLOp } from 'alembic-ts/operations'\n${models(NAME)}`,
      options: `processRevisionDirectives: (_context, _row, [script]) => {
        script.upgradeOps.ops.push(new ExecuteSQLOp("EXECUTE BLOCK AS BEGIN EXECUTE STATEMENT 'DELETE FROM t' ON EXTERNAL 'x'; END"))
      }`,
    })
    expect(await project.verify('aaa1')).toEqual({
      status: 'impossible',
      reason:
        "a statement reaches another database, which is not done for a proof: EXECUTE BLOCK AS BEGIN EXECUTE STATEMENT 'DELETE FROM t' ON EXTERNAL 'x'; END",
    })
  })
})
