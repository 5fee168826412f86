import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

// Each proof makes and drops databases.
vi.setConfig({ testTimeout: 60_000 })

/** What stands in front of names: on MariaDB schemas are databases, whose names are the whole server's. */
const OTHER = `verify_${process.pid}_sales`
const THIRD = `verify_${process.pid}_audit`
const KEY = "sa.Column('id', sa.Integer(), { primaryKey: true })"

describeDatabases(['sqlite', 'postgresql', 'mariadb'], '--verify with several schemas', (db) => {
  let project: AutogenProject
  let scratch: ScratchDatabase
  const isSqlite = db.name === 'sqlite'
  const isMariadb = db.name === 'mariadb'

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
    if (isSqlite) return
    for (const schema of [OTHER, THIRD]) await scratch.query(`CREATE SCHEMA ${schema}`)
  })

  afterEach(async () => {
    if (isMariadb) {
      for (const schema of [OTHER, THIRD]) await scratch.query(`DROP SCHEMA IF EXISTS ${schema}`)
    }
    await scratch.dispose()
    project.dispose()
  })

  const ownName = (): string =>
    isMariadb ? (new URL(scratch.url).pathname.slice(1) ?? '') : isSqlite ? 'main' : 'public'

  /** Models in three schemas; `more` are columns of `orders`. */
  const writeModels = (more: string, options = ''): void => {
    const place = project.project.folder
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()
sa.Table('customers', targetMetadata, ${KEY}, sa.Column('name', sa.String(20))${isMariadb ? `, { schema: '${ownName()}' }` : ''})
sa.Table('orders', targetMetadata, ${KEY}, ${more}${isSqlite ? '' : `sa.Column('customer', sa.Integer(), sa.ForeignKey('${isMariadb ? `${ownName()}.` : ''}customers.id')),`}
  sa.Index('ix_orders_id_more', 'id'), { schema: '${OTHER}' })
sa.Table('orders', targetMetadata, ${KEY}, sa.Column('note', sa.Text()), { schema: '${THIRD}' })`,
      options: `includeSchemas: true, renderAsBatch: ${isSqlite}, ${
        isMariadb
          ? `includeName: (name, type) => type !== 'schema' || ['${OTHER}', '${THIRD}', null].includes(name),`
          : ''
      } ${options}`,
      onConnect: isSqlite
        ? [OTHER, THIRD]
            .map(
              (name) =>
                `await connection.execute("ATTACH DATABASE '${place}/${name}.db' AS ${name}")`,
            )
            .join('\n')
        : '',
    })
  }

  const place = {
    sqlite: 'a database in memory',
    postgresql: 'a scratch database',
    mariadb: '3 scratch databases',
  }[db.name]

  it('proves new, changed and dropped tables in all of them', async () => {
    writeModels('')
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place })
    await upgrade(project.project.config, 'head')
    expect(await check(project.project.config, { verify: true })).toMatchObject({
      verification: { status: 'verified', place },
    })
    writeModels("sa.Column('total', sa.Numeric(8, 2), { nullable: false, serverDefault: '0' }),")
    expect(await project.verify('bbb2')).toEqual({ status: 'verified', place })
    expect(project.source('bbb2')).toContain(`schema: '${OTHER}'`)
    await upgrade(project.project.config, 'head')
    project.write({
      url: scratch.url,
      models: 'const targetMetadata = sa.MetaData()',
      options: `includeSchemas: true, ${isMariadb ? `includeName: (name, type) => type !== 'schema' || ['${OTHER}', '${THIRD}', null].includes(name),` : ''}`,
      onConnect: isSqlite
        ? [OTHER, THIRD]
            .map(
              (name) =>
                `await connection.execute("ATTACH DATABASE '${project.project.folder}/${name}.db' AS ${name}")`,
            )
            .join('\n')
        : '',
    })
    expect(await project.verify('ccc3')).toEqual({ status: 'verified', place })
    expect(project.source('ccc3').match(/dropTable\(/g)).toHaveLength(3)
  })

  it('proves the default schema by its name', async () => {
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${KEY}, { schema: '${ownName()}' })`,
    })
    if (isSqlite) return
    expect(await project.verify('aaa1')).toEqual({
      status: 'verified',
      place: expect.any(String) as string,
    })
  })

  it('fails where a schema is missing that the models name', async () => {
    writeModels('')
    const missing = `verify_${process.pid}_nowhere`
    const { folder } = project.project
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${KEY}, { schema: '${missing}' })`,
      options:
        'includeSchemas: true, includeName: (name, type) => type !== "schema" || name === null',
    })
    await expect(project.verify('aaa1')).rejects.toThrow(
      /^Verification failed: upgrade\(\) failed in .*(?:schema|database)/i,
    )
    expect(folder).not.toBe('')
  })
})
