import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/index.ts'
import type { Verification } from '../../src/autogenerate/verify/verification.ts'
import { check } from '../../src/command/check.ts'
import { revision, type RevisionOptions } from '../../src/command/revision.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { dumpSchema } from '../examples/schema-dump.ts'
import { makeProject, type Project } from './project.ts'

const template = readFileSync(
  join(import.meta.dirname, '../../templates/generic/script.ts.eta'),
  'utf8',
)

const PLACES = {
  sqlite: 'a database in memory',
  postgresql: 'a scratch database',
  mariadb: 'a scratch database',
} as const

describeEachDatabase('--verify', (db) => {
  let project: Project
  let scratch: ScratchDatabase
  const place = PLACES[db.name]

  beforeEach(async () => {
    project = makeProject()
    scratch = await db.createScratch()
    project.write('alembic/script.ts.eta', template)
  })

  afterEach(async () => {
    await scratch.dispose()
    project.dispose()
  })

  const writeModels = (columns: string, options = ''): void => {
    project.write(
      'alembic/env.ts',
      `import { context, createEngine, sa } from 'alembic-ts'
const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }), ${columns})
const connection = await createEngine('${scratch.url}').connect()
try {
  await context.configure({ connection, targetMetadata, renderAsBatch: true, ${options} })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`,
    )
  }

  const generate = async (
    id: string,
    options: RevisionOptions = {},
  ): Promise<Verification | undefined> => {
    let found: Verification | undefined
    await revision(project.config, {
      autogenerate: true,
      revId: id,
      message: 'x',
      verify: true,
      onVerified: (verification) => (found = verification),
      ...options,
    })
    return found
  }

  /** Schemas and databases of scratch places. */
  const leftBehind = async (): Promise<readonly unknown[]> => {
    if (db.name === 'sqlite') return []
    return await scratch.query(
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'alembic\\_verify\\_%'",
    )
  }

  const files = (): string[] => readdirSync(join(project.folder, 'alembic/versions'))

  it('proves a revision, and leaves the database as it was', async () => {
    writeModels("sa.Column('a', sa.String(20), { serverDefault: 'x' }), sa.Index('ix_a', 'a')")
    expect(await generate('aaa1')).toEqual({ status: 'verified', place })
    expect(await dumpSchema(db.name, scratch)).not.toContain('ix_a')
    await upgrade(project.config, 'head')
    await scratch.query("INSERT INTO t (id, a) VALUES (1, 'kept')")
    const before = await dumpSchema(db.name, scratch)
    writeModels("sa.Column('a', sa.String(40)), sa.Column('b', sa.Numeric(8, 2))")
    const printed = await project.printed(async () => {
      expect(await generate('bbb2')).toEqual({ status: 'verified', place })
    })
    expect(printed).toContain(
      `Verified in ${place}: upgrade() leads to the models, and downgrade() back.\n`,
    )
    expect(await dumpSchema(db.name, scratch)).toBe(before)
    expect(await scratch.query('SELECT a FROM t')).toEqual([{ a: 'kept' }])
    expect(await leftBehind()).toEqual([])
  })

  it('fails with what is left, and keeps the file', async () => {
    writeModels("sa.Column('a', sa.String(20))")
    const forget: RevisionOptions['processRevisionDirectives'] = (_context, _row, [script]) => {
      script?.upgradeOps?.ops.splice(0)
      script?.downgradeOps?.ops.splice(0)
    }
    await expect(generate('aaa1', { processRevisionDirectives: forget })).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
      message: expect.stringMatching(
        /^Verification failed: after upgrade\(\) there are differences to the models: \[\['add_table', .*; the file is kept: .*aaa1_x\.ts$/,
      ) as string,
    })
    expect(files()).toEqual(['aaa1_x.ts'])
    expect(await leftBehind()).toEqual([])
  })

  it('fails where a function of the file throws', async () => {
    writeModels("sa.Column('a', sa.String(20))")
    const twice: RevisionOptions['processRevisionDirectives'] = (_context, _row, [script]) => {
      script?.upgradeOps?.ops.push(...script.upgradeOps.ops)
    }
    await expect(generate('aaa1', { processRevisionDirectives: twice })).rejects.toThrow(
      `Verification failed: upgrade() failed in ${place}: `,
    )
    expect(await leftBehind()).toEqual([])
    expect(await scratch.query('SELECT 1 AS one')).toHaveLength(1)
  })

  it('says why it could not be done', async () => {
    writeModels("sa.Column('a', sa.String(20)), { schema: 'other' }")
    const printed = await project.printed(async () => {
      expect(await generate('aaa1')).toEqual({
        status: 'impossible',
        reason:
          "table 't' names the schema 'other', and without includeSchemas: true only the default one is compared",
      })
    })
    expect(printed).toContain("Not verified: table 't' names the schema 'other'")
  })

  it('proves the models of check', async () => {
    writeModels("sa.Column('a', sa.String(20))")
    await revision(project.config, { autogenerate: true, revId: 'aaa1' })
    await upgrade(project.config, 'head')
    expect(await check(project.config, { verify: true })).toEqual({
      differences: [],
      verification: { status: 'verified', place },
    })
    expect(await leftBehind()).toEqual([])
  })

  if (db.name === 'sqlite') return

  it('removes what a killed run left behind', async () => {
    await scratch.query('CREATE SCHEMA alembic_verify_0123456789abcdef')
    writeModels("sa.Column('a', sa.String(20))")
    await generate('aaa1')
    expect(await leftBehind()).toEqual([])
  })
})
