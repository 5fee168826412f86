import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Config } from '../../src/config/config.ts'
import { EnvironmentContext } from '../../src/runtime/environment-context.ts'
import { ScriptDirectory } from '../../src/script/script-directory.ts'
import * as sa from '../../src/sa.ts'
import '../../src/dialects/builtin.ts'
import { describePostgresql } from '../dialects/postgresql/live.ts'

describePostgresql('a pool of one connection', (_connection, _connect, url) => {
  let pool: Pool
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alembic-pool-'))
    pool = new Pool({ connectionString: url(), max: 1, connectionTimeoutMillis: 2000 })
  })
  afterAll(async () => {
    await pool.end()
    rmSync(folder, { recursive: true })
  })

  it('gets it back after a run, also where configure() is called again or fails', async () => {
    const script = new ScriptDirectory({ dir: folder })
    const run = async (body: (context: EnvironmentContext) => Promise<void>): Promise<void> => {
      const context = new EnvironmentContext(new Config(), script, { fn: () => [] })
      await context.run(() => body(context))
    }
    const twice = (versionTable: string): Promise<void> =>
      run(async (context) => {
        await context.configure({ connection: pool, versionTable })
        await context.runMigrations()
        await context.configure({ versionTable: `${versionTable}_again` })
        await context.beginTransaction(() => context.runMigrations())
      })
    await twice('one')
    await twice('two')
    await expect(
      run(async (context) => {
        await context.configure({ connection: pool })
        throw new RangeError('the env file fails')
      }),
    ).rejects.toThrow(RangeError)
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
    const { rows } = await pool.query(
      "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'",
    )
    expect(rows).toEqual([{ tables: 4 }])
  })

  it('gets it back from createAll() and dropAll()', async () => {
    const metadata = sa.MetaData()
    sa.Table('pooled', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
    await sa.createAll(metadata, pool)
    await sa.dropAll(metadata, pool)
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
  })
})
