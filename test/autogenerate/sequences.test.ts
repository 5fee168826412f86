import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { AlterSequenceOp } from '../../src/operations/alter-sequence.ts'
import { CreateSequenceOp, DropSequenceOp } from '../../src/operations/create-sequence.ts'
import type { MigrateOperation } from '../../src/operations/migrate-operation.ts'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { scriptOf } from '../operations/op-fixture.ts'
import { generate, run } from './round-trip.ts'

type SequenceGiven = ConstructorParameters<typeof sa.Sequence>

function models(...sequences: readonly SequenceGiven[]): sa.MetaData {
  const metadata = sa.MetaData()
  for (const given of sequences) metadata.addSequence(sa.Sequence(...given))
  sa.Table('t', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
  return metadata
}

const NOTHING = { upgrade: '', downgrade: '' }

interface Case {
  readonly title: string
  readonly from: readonly SequenceGiven[]
  readonly to: readonly SequenceGiven[]
  readonly upgrade: string
  readonly downgrade: string
}

const cases: readonly Case[] = [
  {
    title: 'new ones',
    from: [],
    to: [['a'], ['B c', { start: 1000, increment: 10, minvalue: 5, maxvalue: 5000, cycle: true }]],
    upgrade: `await op.createSequence('a')
await op.createSequence('B c', {
  start: 1000,
  increment: 10,
  minvalue: 5,
  maxvalue: 5000,
  cycle: true,
})`,
    downgrade: `await op.dropSequence('B c')
await op.dropSequence('a')`,
  },
  {
    title: 'old ones',
    from: [
      ['a', { increment: -1, cache: 20 }],
      ['b', { start: 7 }],
    ],
    to: [],
    upgrade: `await op.dropSequence('a')
await op.dropSequence('b')`,
    downgrade: `await op.createSequence('b', { start: 7 })
await op.createSequence('a', { increment: -1, cache: 20 })`,
  },
  {
    title: 'changed ones',
    from: [['a', { start: 1, maxvalue: 100 }], ['b'], ['c', { cycle: true }]],
    to: [['a', { start: 3, increment: 5, minvalue: 1 }], ['b', { start: 1, cycle: false }], ['c']],
    upgrade: `await op.alterSequence('a', {
  increment: 5,
  start: 3,
  maxvalue: HIGHEST,
  existing: { increment: 1, start: 1, maxvalue: 100 },
})
await op.alterSequence('c', { cycle: false, existing: { cycle: true } })`,
    downgrade: `await op.alterSequence('c', { cycle: true, existing: { cycle: false } })
await op.alterSequence('a', {
  increment: 1,
  start: 1,
  maxvalue: 100,
  existing: { increment: 5, start: 3, maxvalue: HIGHEST },
})`,
  },
]

describeDatabases(['postgresql', 'mariadb'], 'autogenerate of sequences', (db) => {
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

  const highest = db.name === 'postgresql' ? '9223372036854775807n' : '9223372036854775806n'
  const named = (code: string): string => code.replaceAll('HIGHEST', highest)

  it.each(cases)('$title', async ({ from, to, upgrade, downgrade }) => {
    await run(connection, (await generate(connection, models(...from))).upgrade)
    expect(await generate(connection, models(...from))).toEqual(NOTHING)
    const change = await generate(connection, models(...to))
    expect(change).toEqual({ upgrade: named(upgrade), downgrade: named(downgrade) })
    await run(connection, change.upgrade)
    expect(await generate(connection, models(...to))).toEqual(NOTHING)
    await run(connection, change.downgrade)
    expect(await generate(connection, models(...from))).toEqual(NOTHING)
  })

  it('are left alone where that is asked', async () => {
    await run(connection, (await generate(connection, models(['a']))).upgrade)
    const detect = { sequences: false }
    expect(await generate(connection, models(['b']), { detect })).toEqual(NOTHING)
    const options = {
      includeName: (_: unknown, type: string) => type !== 'sequence',
      includeObject: (_: unknown, __: unknown, type: string) => type !== 'sequence',
    }
    expect(await generate(connection, models(['b']), options)).toEqual(NOTHING)
  })

  it('one that a default needs stays as long as that does', async () => {
    await connection.execute('CREATE SEQUENCE used')
    const used = db.name === 'postgresql' ? "nextval('used')" : 'nextval(used)'
    await connection.execute(`CREATE TABLE u (a BIGINT DEFAULT (${used}))`)
    const metadata = models()
    sa.Table('u', metadata, sa.Column('a', sa.BigInteger(), { serverDefault: sa.text(used) }))
    await run(connection, (await generate(connection, metadata)).upgrade)
    expect(await generate(connection, metadata)).toEqual(NOTHING)
    const { upgrade } = await generate(connection, models())
    expect(upgrade).toMatch(/await op\.dropTable\('u'\)\nawait op\.dropSequence\('used'\)$/)
    await run(connection, upgrade)
    expect(await generate(connection, models())).toEqual(NOTHING)
  })

  if (db.name === 'postgresql') {
    it('those of columns are not free, unless the model names them', async () => {
      await connection.execute('CREATE SCHEMA s')
      await connection.execute('CREATE SEQUENCE s.free AS smallint')
      await connection.execute(
        'CREATE TABLE u (a SERIAL, b INTEGER NOT NULL GENERATED ALWAYS AS IDENTITY)',
      )
      const metadata = sa.MetaData()
      sa.Table(
        'u',
        metadata,
        sa.Column('a', sa.Integer(), { nullable: false }),
        sa.Column('b', sa.Integer(), sa.Identity({ always: true })),
      )
      metadata.addSequence(sa.Sequence('free', { schema: 's', maxvalue: 32_767 }))
      expect(await generate(connection, metadata, { includeSchemas: true })).toEqual(NOTHING)
      const numbers = sa.Sequence('numbers')
      sa.Table(
        'w',
        metadata,
        sa.Column('c', sa.Integer(), numbers, { serverDefault: numbers.nextValue() }),
      )
      const { upgrade } = await generate(connection, metadata, { includeSchemas: true })
      expect(upgrade).toMatch(/^await op\.createSequence\('numbers'\)\nawait op\.createTable\(/)
      await run(connection, upgrade)
      expect(await generate(connection, metadata, { includeSchemas: true })).toEqual(NOTHING)
    })
  }
})

describe('operations on sequences', () => {
  const sqlOf = (operation: MigrateOperation<unknown>, dialect: string): Promise<string[]> =>
    scriptOf(dialect, () => op.invoke(operation))
  const create = new CreateSequenceOp('S', { schema: 's', start: 5, cycle: false })
  const alter = new AlterSequenceOp('s', { increment: 2, existing: { increment: 1 } })

  it.each([
    ['postgresql', 'CREATE SEQUENCE s."S" START WITH 5 NO CYCLE;'],
    ['mariadb', 'CREATE SEQUENCE s.`S` START WITH 5 NOCYCLE;'],
    ['oracle', 'CREATE SEQUENCE s."S" START WITH 5 NOCYCLE'],
    ['mssql', 'CREATE SEQUENCE s.[S] START WITH 5 NO CYCLE;'],
    ['db2', 'CREATE SEQUENCE s."S" START WITH 5 NO CYCLE;'],
  ])('on %s', async (dialect, sql) => {
    expect((await sqlOf(create, dialect))[0]).toBe(sql)
    expect((await sqlOf(alter, dialect))[0]).toMatch(/^ALTER SEQUENCE s INCREMENT BY 2;?$/)
    expect((await sqlOf(alter.reverse(), dialect))[0]).toMatch(/^ALTER SEQUENCE s INCREMENT BY 1/)
    expect((await sqlOf(create.reverse(), dialect))[0]).toMatch(/^DROP SEQUENCE s\../)
  })

  it('where a sequence starts can be altered on some', async () => {
    const start = new AlterSequenceOp('s', { start: 5 })
    expect(await sqlOf(start, 'postgresql')).toEqual(['ALTER SEQUENCE s START WITH 5;'])
    expect(await sqlOf(start, 'mariadb')).toEqual(['ALTER SEQUENCE s START WITH 5;'])
    for (const dialect of ['oracle', 'mssql', 'db2', 'firebird', 'informix']) {
      await expect(sqlOf(start, dialect)).rejects.toThrow(
        `Dialect ${dialect} has no statement for alterSequence; it has none that changes where sequence 's' starts`,
      )
    }
  })

  it.each(['mysql', 'sqlite', 'sybase'])('are an error on %s', async (dialect) => {
    for (const operation of [create, alter, new DropSequenceOp('s')]) {
      await expect(sqlOf(operation, dialect)).rejects.toThrow(/has no statement for \w+Sequence; /)
    }
  })

  it('have no reverse without what was there', () => {
    expect(() => new DropSequenceOp('s').reverse()).toThrow('write op.createSequence() by hand')
    expect(() => new AlterSequenceOp('s', { start: 1 }).reverse()).toThrow('say existing')
    expect(() => new AlterSequenceOp('s', {})).toThrow("alterSequence('s') is to change nothing")
  })
})
