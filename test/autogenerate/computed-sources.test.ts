// Generated columns in keys, and those whose source column changes.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint

const model = (type: sa.TypeEngine, ...items: readonly Item[]): sa.MetaData =>
  models((metadata) =>
    sa.Table(
      't',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('a', type),
      ...items,
    ),
  )
const computed = (name: string, formula: string, options: sa.ColumnOptions = {}): sa.Column =>
  sa.Column(name, sa.BigInteger(), sa.Computed(formula, { persisted: true }), options)

describeEachDatabase('generated columns', (db) => {
  let scratch: ScratchDatabase
  let trip: ThereAndBack

  beforeEach(async () => {
    scratch = await db.createScratch()
    trip = new ThereAndBack(await createEngine(scratch.url).connect())
  })

  afterEach(async () => {
    await trip.connection.close()
    await scratch.dispose()
  })

  const calls = (code: string): readonly string[] =>
    [...code.matchAll(/(?:op|batchOp)\.(?!batchAlterTable|f\()(\w+)\(/g)].map(
      ([, name = '']) => name,
    )

  it('are taken away while the type of their source changes', async () => {
    const around = (): Item[] => [
      computed('g', 'a + 1'),
      computed('h', 'id * 2'),
      sa.Index('ix_g', 'g'),
      sa.CheckConstraint('g > -100', { name: 'ck_g' }),
    ]
    const { upgrade } = await trip.walk(
      model(sa.Integer(), ...around()),
      model(sa.BigInteger(), ...around()),
    )
    await trip.connection.execute('INSERT INTO t (id, a) VALUES (1, 4000000000)')
    const { rows } = await trip.connection.execute('SELECT g, h FROM t')
    expect(rows.map(({ g, h }) => [Number(g), Number(h)])).toEqual([[4000000001, 2]])
    expect(calls(upgrade)).toEqual(
      db.name === 'postgresql'
        ? [
            'dropIndex',
            'dropConstraint',
            'dropColumn',
            'alterColumn',
            'addColumn',
            'createIndex',
            'createCheckConstraint',
          ]
        : ['alterColumn'],
    )
  })

  it('in keys keep them', async () => {
    // SQLite and MariaDB have none there.
    if (db.name !== 'postgresql') return
    const keyed = (formula: string): sa.MetaData =>
      models((metadata) => {
        const id = (): sa.Column => sa.Column('id', sa.Integer(), { autoincrement: false })
        sa.Table('p', metadata, sa.Column('id', sa.BigInteger(), { primaryKey: true }))
        sa.Table(
          't',
          metadata,
          id(),
          sa.Column('a', sa.Integer()),
          computed('g', formula, { nullable: false }),
          sa.PrimaryKeyConstraint('id', 'g', { name: 'pk_t' }),
          sa.ForeignKeyConstraint(['g'], ['p.id'], { name: 'fk_p' }),
        )
        sa.Table(
          'c',
          metadata,
          id(),
          sa.Column('t_g', sa.BigInteger()),
          sa.ForeignKeyConstraint(['id', 't_g'], ['t.id', 't.g'], { name: 'fk_t' }),
        )
      })
    const { upgrade } = await trip.walk(keyed('a + 1'), keyed('a + 2'))
    expect(calls(upgrade)).toEqual([
      'dropConstraint',
      'dropConstraint',
      'dropConstraint',
      'dropColumn',
      'addColumn',
      'createForeignKey',
      'createPrimaryKey',
      'createForeignKey',
    ])
  })
})
