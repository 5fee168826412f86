import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint

const model = (...items: readonly Item[]): sa.MetaData =>
  models((metadata) => {
    sa.Table(
      'p',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    )
    sa.Table(
      't',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('a', sa.Integer()),
      sa.Column('b', sa.Integer()),
      ...items,
    )
  })

describeEachDatabase('constraints without a name', (db) => {
  let scratch: ScratchDatabase
  let trip: ThereAndBack

  beforeEach(async () => {
    scratch = await db.createScratch()
    trip = new ThereAndBack(await createEngine(scratch.url).connect(), {
      detect: { serverNamedChecks: true },
    })
  })

  afterEach(async () => {
    await trip.connection.close()
    await scratch.dispose()
  })

  const isSqlite = db.name === 'sqlite'

  it('that are CHECKs are known by their conditions', async () => {
    const { upgrade, downgrade } = await trip.walk(
      model(sa.CheckConstraint('a > 0'), sa.CheckConstraint('a > b')),
      model(sa.CheckConstraint('a>b'), sa.CheckConstraint('b < 100')),
    )
    expect(upgrade.match(/(?:drop|createCheck)Constraint/g)).toEqual([
      'dropConstraint',
      'createCheckConstraint',
    ])
    expect(upgrade).toContain("f('t_b_check')")
    expect(downgrade).toContain("f('t_b_check')")
    if (isSqlite) expect(upgrade).toContain("condition: 'a > 0'")
  })

  it('that are CHECKs change with their condition', async () => {
    const usual = new ThereAndBack(trip.connection)
    const { upgrade } = await usual.walk(
      model(sa.CheckConstraint('a > 0')),
      model(sa.CheckConstraint('a > 18')),
    )
    expect(upgrade.match(/(?:drop|createCheck)Constraint/g)).toHaveLength(2)
  })

  it('that are CHECKs go for nothing else unless asked to, and are overlooked where asked to', async () => {
    await createAll(model(sa.CheckConstraint('a > 0')), trip.connection)
    const usual = new ThereAndBack(trip.connection)
    expect(await usual.differences(model())).toBe('[]')
    expect(await trip.differences(model())).toContain('remove_constraint')
    const off = new ThereAndBack(trip.connection, { detect: { unnamedConstraints: false } })
    expect(await off.differences(model(sa.CheckConstraint('a > 99')))).toBe('[]')
  })

  it('that are keys or unique are dropped by their columns where they have none in the database', async () => {
    const { upgrade, downgrade } = await trip.walk(
      model(sa.UniqueConstraint('a', 'b'), sa.ForeignKeyConstraint(['a'], ['p.id'])),
      model(sa.ForeignKeyConstraint(['a'], ['p.id'], { ondelete: 'CASCADE' })),
    )
    if (!isSqlite) return
    expect(upgrade).toContain(
      "batchOp.dropConstraint(null, { type: 'unique', columns: ['a', 'b'] })",
    )
    expect(upgrade).toContain(
      "batchOp.dropConstraint(null, { type: 'foreignkey', columns: ['a'] })",
    )
    expect(downgrade).toContain(
      "batchOp.createUniqueConstraint(batchOp.f('t_a_b_key'), ['a', 'b'])",
    )
  })
})
