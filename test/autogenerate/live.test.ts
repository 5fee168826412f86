import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { describeDiffs } from '../../src/autogenerate/describe-diffs.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { compareMetadata } from '../../src/autogenerate/produce.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'

describeEachDatabase('autogenerate', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  const diffs = async (
    metadata: sa.MetaData,
    options: AutogenerateOptions = {},
  ): Promise<string> => {
    const context = await MigrationContext.configure({
      connection,
      compareServerDefault: true,
      ...options,
    })
    return describeDiffs(await compareMetadata(context, metadata))
  }

  it('finds nothing right after the tables were made', async () => {
    const model = (): sa.MetaData => {
      const metadata = sa.MetaData({
        namingConvention: { ck: 'ck_%(table_name)s_%(column_0_name)s' },
      })
      sa.Table(
        't',
        metadata,
        sa.Column('id', sa.BigInteger(), { primaryKey: true }),
        sa.Column('flag', sa.Boolean({ createConstraint: true }), { serverDefault: sa.false() }),
        sa.Column('kind', sa.Enum('a', "b's", { name: 'kind', createConstraint: true })),
        sa.Column('text', sa.String(30), { serverDefault: "it's 'quoted' :here" }),
        sa.Column('amount', sa.Numeric(8, 2), { serverDefault: sa.text('1.50') }),
        sa.Column('at', sa.DateTime(), { serverDefault: sa.func.now() }),
        sa.Column('data', sa.JSON()),
        sa.Column('id_of_other', sa.Uuid()),
        sa.CheckConstraint('amount >= 0', { name: 'positive' }),
      )
      return metadata
    }
    await createAll(model(), connection)
    expect(await diffs(model())).toBe('[]')
  })

  it('never drops a CHECK that the server named', async () => {
    await connection.execute('CREATE TABLE t (a INTEGER, b INTEGER, CHECK (a > 0), CHECK (a > b))')
    const metadata = sa.MetaData()
    sa.Table('t', metadata, sa.Column('a', sa.Integer()), sa.Column('b', sa.Integer()))
    expect(await diffs(metadata)).toBe('[]')
  })

  it('asks a number of statements that does not grow with the tables', async () => {
    const counts: number[] = []
    for (const tables of [3, 30]) {
      const metadata = sa.MetaData()
      for (let at = 0; at < tables; at += 1) {
        sa.Table(
          `t${at}`,
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('a', sa.String(20), { serverDefault: `x${at}` }),
          sa.Index(`ix_${at}`, 'a'),
        )
      }
      await createAll(metadata, connection)
      let count = 0
      const stop = connection.observe(() => {
        count += 1
      })
      expect(await diffs(metadata)).toBe('[]')
      stop()
      counts.push(count)
    }
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeLessThanOrEqual(12)
  })

  it('sees changed defaults and types', async () => {
    await connection.execute(
      "CREATE TABLE t (a VARCHAR(10) DEFAULT 'x', b INTEGER DEFAULT 5, c NUMERIC(8, 2) DEFAULT 1.5)",
    )
    const model = (a: string, b: string, c: number): sa.MetaData => {
      const metadata = sa.MetaData()
      sa.Table(
        't',
        metadata,
        sa.Column('a', sa.String(10), { serverDefault: a }),
        sa.Column('b', sa.Integer(), { serverDefault: sa.text(b) }),
        sa.Column('c', sa.Numeric(c, 2), { serverDefault: '1.5' }),
      )
      return metadata
    }
    expect(await diffs(model('x', '5', 8))).toBe('[]')
    const found = await diffs(model('y', '6', 9))
    expect(found.match(/modify_\w+/g)).toEqual(['modify_default', 'modify_default', 'modify_type'])
  })

  if (db.name === 'postgresql') {
    it('never runs a default to compare it', async () => {
      await connection.execute('CREATE SEQUENCE s')
      await connection.execute(
        `CREATE TABLE t (a INTEGER DEFAULT nextval('s'), b JSON DEFAULT '{"k": "it''s"}')`,
      )
      const metadata = sa.MetaData()
      sa.Table(
        't',
        metadata,
        sa.Column('a', sa.Integer(), { serverDefault: sa.text("nextval('s'::text::regclass)") }),
        sa.Column('b', sa.JSON(), { serverDefault: `{"k": "it's"}` }),
      )
      expect(await diffs(metadata)).toContain("'modify_default', null, 't', 'a'")
      const { rows } = await connection.execute('SELECT is_called FROM s')
      expect(rows).toEqual([{ is_called: false }])
    })
  }
})
