import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint

const model = (...items: readonly Item[]): sa.MetaData =>
  models((metadata) =>
    sa.Table(
      't',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('a', sa.Integer()),
      ...items,
    ),
  )
const computed = (formula: string): sa.Column =>
  sa.Column('g', sa.Integer(), sa.Computed(formula, { persisted: true }))

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

  const target = db.name === 'sqlite' ? 'batchOp' : 'op'
  const calls = (code: string): readonly string[] =>
    [...code.matchAll(/(?:op|batchOp)\.(?!batchAlterTable|f\()(\w+)\(/g)].map(
      ([, name = '']) => name,
    )
  const valuesOf = async (): Promise<readonly unknown[]> => {
    const { rows } = await trip.connection.execute('SELECT g FROM t ORDER BY id')
    return rows.map(({ g }) => (g === null ? null : Number(g)))
  }

  it('are dropped and added again with another formula, between what is on them', async () => {
    const around = (): Item[] => [
      sa.Index('ix_g', 'g'),
      sa.CheckConstraint('g > -100', { name: 'ck_g' }),
    ]
    const { upgrade, downgrade } = await trip.walk(
      model(computed('a + 1'), ...around()),
      model(computed('a + 2'), ...around()),
    )
    const expected = [
      'dropIndex',
      'dropConstraint',
      'dropColumn',
      'addColumn',
      'createIndex',
      'createCheckConstraint',
    ]
    expect(calls(upgrade)).toEqual(expected)
    expect(calls(downgrade).toSorted()).toEqual(expected.toSorted())
    expect(upgrade).not.toContain('destructive')
  })

  it('have their values of the new formula, and rows stay', async () => {
    await trip.walk(model(computed('a + 1')), model(computed('a + 2')))
    await trip.run(await trip.code((await trip.script(model(computed('a + 1')))).upgradeOps))
    await trip.connection.execute('INSERT INTO t (id, a) VALUES (1, 5), (2, NULL)')
    await trip.run(await trip.code((await trip.script(model(computed('a + 3')))).upgradeOps))
    expect(await valuesOf()).toEqual([8, null])
  })

  it('come in the place of plain ones, with a warning, and the other way round', async () => {
    const plain = model(sa.Column('g', sa.Integer()))
    const { upgrade, downgrade } = await trip.walk(plain, model(computed('a + 1')))
    expect(calls(upgrade)).toEqual(['dropColumn', 'addColumn'])
    expect(calls(downgrade)).toEqual(['dropColumn', 'addColumn'])
    expect(upgrade).toContain("// destructive: drops column 't.g'")
  })

  it('are dropped before what they are computed of, and added behind it', async () => {
    const pair = (plain: string, other: string): sa.MetaData =>
      model(
        sa.Column(plain, sa.Integer()),
        sa.Column(other, sa.Integer(), sa.Computed(`${plain} + 1`, { persisted: true })),
      )
    const { upgrade } = await trip.walk(pair('x', 'y'), pair('y', 'x'))
    const order = [...upgrade.matchAll(/(dropColumn|addColumn)\([^]*?'([xy])'/g)]
    expect(order.map(([, call, column]) => `${call} ${column}`)).toEqual([
      'dropColumn y',
      'dropColumn x',
      'addColumn y',
      'addColumn x',
    ])
    expect(upgrade).toContain(`${target}.dropColumn(`)
  })
})
