import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint
const int = (name: string, options: sa.ColumnOptions = {}): sa.Column =>
  sa.Column(name, sa.Integer(), { autoincrement: false, ...options })
const model = (...tables: readonly (readonly [name: string, ...items: readonly Item[]])[]) =>
  models((metadata) => {
    for (const [name, ...items] of tables) sa.Table(name, metadata, ...items)
  })
const named = (...columns: readonly string[]): sa.Constraint =>
  sa.PrimaryKeyConstraint(...columns, { name: 'pk_t' })

describeEachDatabase('the order of changes', (db) => {
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

  const columns = (): sa.Column[] => ['a', 'b'].map((name) => int(name, { nullable: false }))

  it('puts a foreign key behind the key that it refers to, from old tables and new ones', async () => {
    const pair = (name: string): sa.Constraint =>
      sa.ForeignKeyConstraint(['x', 'y'], ['t.a', 't.b'], { name })
    const { upgrade, downgrade } = await trip.walk(
      model(['o', int('x'), int('y'), sa.Index('ix', 'x', 'y')], ['t', ...columns(), named('a')]),
      model(
        ['o', int('x'), int('y'), sa.Index('ix', 'x', 'y'), pair('fk_o')],
        ['t', ...columns(), named('a', 'b')],
        ['n', int('x'), int('y'), sa.Index('ix_n', 'x', 'y'), pair('fk_n')],
      ),
    )
    const places = ['createPrimaryKey', 'fk_o', 'fk_n'].map((text) => upgrade.indexOf(text))
    expect(places.toSorted((a, b) => a - b)[0]).toBe(places[0])
    const back = ["'fk_o'", "dropTable('n')", 'createPrimaryKey'].map((text) =>
      downgrade.indexOf(text),
    )
    expect(back[0]).toBeLessThan(back[2] ?? 0)
    if (db.name === 'sqlite') expect(back[1]).toBeLessThan(back[2] ?? 0)
  })

  it('of a primary key counts where it is a constraint of its own', async () => {
    await trip.walk(
      model(['t', ...columns(), named('a', 'b')]),
      model(['t', ...columns(), named('b', 'a')]),
    )
    const reordered = model(['t', int('a', { primaryKey: true }), int('b', { primaryKey: true })])
    expect(await trip.differences(reordered)).toBe('[]')
    const off = new ThereAndBack(trip.connection, { detect: { keyOrder: false } })
    expect(await off.differences(model(['t', ...columns(), named('a', 'b')]))).toBe('[]')
  })

  describe.runIf(db.name === 'mariadb')('on MariaDB', () => {
    it('takes the foreign key away before an index of yours that serves it', async () => {
      const items = (...more: readonly Item[]): sa.MetaData =>
        model(
          ['p', int('id', { primaryKey: true })],
          ['t', int('x'), sa.ForeignKeyConstraint(['x'], ['p.id'], { name: 'fk' }), ...more],
        )
      const { upgrade, downgrade } = await trip.walk(
        items(),
        items(sa.UniqueConstraint('x', { name: 'uq' })),
      )
      expect(upgrade).toBe("await op.createUniqueConstraint('uq', 't', ['x'])")
      expect(downgrade).toBe(
        [
          "await op.dropConstraint(op.f('fk'), 't', { type: 'foreignkey' })",
          "await op.dropConstraint('uq', 't', { type: 'unique' })",
          "await op.createForeignKey(op.f('fk'), 't', 'p', ['x'], ['id'])",
        ].join('\n'),
      )
    })

    it('brings a JSON column back as one', async () => {
      const json = (...more: readonly Item[]): sa.MetaData => model(['t', int('x'), ...more])
      const { downgrade } = await trip.walk(json(sa.Column('j', sa.JSON())), json())
      expect(downgrade).toContain("sa.Column('j', sa.mysql.JSON(), { nullable: true })")
      await trip.run(downgrade)
      const { rows } = await trip.connection.execute('SHOW CREATE TABLE t')
      expect(JSON.stringify(rows)).toContain('json_valid(`j`)')
    })
  })
})
