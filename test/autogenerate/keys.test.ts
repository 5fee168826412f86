import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint
const int = (name: string, options: sa.ColumnOptions = {}): sa.Column =>
  sa.Column(name, sa.Integer(), { autoincrement: false, ...options })
const key = (name: string): sa.Column => int(name, { primaryKey: true })
const model = (...tables: readonly (readonly [name: string, ...items: readonly Item[]])[]) =>
  models((metadata) => {
    for (const [name, ...items] of tables) sa.Table(name, metadata, ...items)
  })

describeEachDatabase('keys', (db) => {
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

  const isSqlite = db.name === 'sqlite'
  const target = isSqlite ? 'batchOp' : 'op'
  const calls = (code: string): readonly string[] =>
    [...code.matchAll(/(?:op|batchOp)\.(?!batchAlterTable|f\()(\w+)\(/g)].map(
      ([, name = '']) => name,
    )

  describe('primary keys', () => {
    it('get and lose columns', async () => {
      const { upgrade, downgrade } = await trip.walk(
        model(['t', key('a'), int('b', { nullable: false })]),
        model(['t', key('a'), key('b')]),
      )
      expect(calls(upgrade)).toEqual(['dropConstraint', 'createPrimaryKey'])
      expect(calls(downgrade)).toEqual(['dropConstraint', 'createPrimaryKey'])
      const name = db.name === 'postgresql' ? "op.f('t_pkey')" : 'null'
      expect(upgrade).toContain(`${target}.createPrimaryKey(${name},`)
    })

    it('lose a column that may be empty from then on, and get one that was', async () => {
      const { upgrade } = await trip.walk(
        model(['t', key('a'), key('b'), int('c')]),
        model(['t', key('a'), int('b'), key('c')]),
      )
      expect(calls(upgrade)).toEqual([
        'dropConstraint',
        'alterColumn',
        'alterColumn',
        'createPrimaryKey',
      ])
    })

    it('are made, and dropped', async () => {
      const { upgrade } = await trip.walk(
        model(['t', int('a', { nullable: false })]),
        model(['t', key('a')]),
      )
      expect(calls(upgrade)).toEqual(['createPrimaryKey'])
    })

    it('follow their columns', async () => {
      const { upgrade } = await trip.walk(
        model(['t', key('a'), int('x')]),
        model(['t', int('b', { primaryKey: true, serverDefault: sa.text('1') }), int('x')]),
      )
      expect(calls(upgrade)).toEqual([
        'dropConstraint',
        'addColumn',
        'createPrimaryKey',
        'dropColumn',
      ])
    })

    it('keep the numbers of a column', async () => {
      const id = (): sa.Column =>
        sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: true })
      const { upgrade } = await trip.walk(
        model(['t', id(), int('b', { nullable: false })]),
        isSqlite
          ? model(['t', sa.Column('id', sa.Integer(), { primaryKey: true }), key('b')])
          : model(['t', id(), key('b')]),
      )
      expect(calls(upgrade)).toEqual(
        db.name === 'mariadb'
          ? ['alterColumn', 'dropConstraint', 'createPrimaryKey', 'alterColumn']
          : ['dropConstraint', 'createPrimaryKey'],
      )
      if (isSqlite) return
      await trip.connection.execute('INSERT INTO t (b) VALUES (7), (7)')
      const { rows } = await trip.connection.execute('SELECT id FROM t ORDER BY id')
      expect(rows).toEqual([{ id: 1 }, { id: 2 }])
    })

    it('come with a new column that numbers the rows', async () => {
      const before = model(['t', int('x')])
      const after = model(['t', int('x'), sa.Column('id', sa.Integer(), { primaryKey: true })])
      await trip.walk(before, after)
      await trip.run(await trip.code((await trip.script(before)).upgradeOps))
      await trip.connection.execute('INSERT INTO t (x) VALUES (5), (6)')
      const upgrade = await trip.code((await trip.script(after)).upgradeOps)
      expect(upgrade).toContain('inlinePrimaryKey: true')
      await trip.run(upgrade)
      await trip.connection.execute('INSERT INTO t (x) VALUES (7)')
      const { rows } = await trip.connection.execute('SELECT id FROM t ORDER BY id')
      expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    })

    it('are left alone where the switch is off, or the user hides a column', async () => {
      const before = model(['t', key('a'), int('b', { nullable: false })])
      const after = model(['t', key('a'), key('b')])
      await trip.walk(before, after)
      const off = new ThereAndBack(trip.connection, { detect: { primaryKeys: false } })
      expect(await off.differences(before)).toBe('[]')
      const hidden = new ThereAndBack(trip.connection, {
        includeObject: (_object, name, type) => type !== 'column' || name !== 'b',
      })
      expect(await hidden.differences(before)).toBe('[]')
    })

    if (db.name === 'mariadb') return

    it('are renamed where both sides have names', async () => {
      const named = (name: string | null): sa.MetaData =>
        model(['t', int('a', { nullable: false }), sa.PrimaryKeyConstraint('a', { name })])
      const { upgrade } = await trip.walk(named('pk_old'), named('pk_new'))
      expect(upgrade).toContain(`${target}.dropConstraint(${target}.f('pk_old')`)
      expect(upgrade).toContain(`${target}.createPrimaryKey('pk_new'`)
      expect(await trip.differences(named(null))).toBe('[]')
    })
  })

  it('get names that a downgrade drops them by', async () => {
    const { upgrade, downgrade } = await trip.walk(
      model(['a', key('id')], ['t', key('id'), int('x', { index: true }), int('y')]),
      model(
        ['a', key('id')],
        [
          't',
          key('id'),
          int('x', { index: true }),
          int('y'),
          sa.UniqueConstraint('x', 'y'),
          sa.ForeignKeyConstraint(['x'], ['a.id']),
        ],
      ),
    )
    for (const name of ['t_x_y_key', 't_x_fkey']) {
      expect(upgrade).toContain(`${target}.f('${name}')`)
      expect(downgrade).toContain(`${target}.f('${name}')`)
    }
  })

  if (isSqlite) return

  const foreignKey = (column: string, reference: string): sa.Constraint =>
    sa.ForeignKeyConstraint([column], [reference], { name: `fk_${column}` })

  describe('foreign keys', () => {
    it('are dropped and made again around the key that they depend on', async () => {
      const { upgrade } = await trip.walk(
        model(
          ['a', key('id'), int('to_t'), foreignKey('to_t', 't.id')],
          ['t', key('id'), int('b', { nullable: false })],
          ['z', key('id'), int('z_to_t'), foreignKey('z_to_t', 't.id')],
        ),
        model(
          ['a', key('id'), int('to_t'), foreignKey('to_t', 't.id')],
          ['t', key('id'), key('b'), sa.UniqueConstraint('id', { name: 'uq' })],
          ['z', key('id'), int('z_to_t'), foreignKey('z_to_t', 't.id')],
        ),
      )
      expect(calls(upgrade)).toEqual([
        'dropConstraint',
        'dropConstraint',
        'dropConstraint',
        'createPrimaryKey',
        'createUniqueConstraint',
        'createForeignKey',
        'createForeignKey',
      ])
    })

    it('to a new key come after it, from old tables and new ones', async () => {
      const pair = (name: string): readonly Item[] => [
        int(`${name}_a`),
        int(`${name}_b`),
        sa.Index(`ix_${name}`, `${name}_a`, `${name}_b`),
        sa.ForeignKeyConstraint([`${name}_a`, `${name}_b`], ['t.id', 't.b'], {
          name: `fk_${name}`,
        }),
      ]
      const { upgrade } = await trip.walk(
        model(
          ['a', key('id'), int('x_a'), int('x_b'), sa.Index('ix_x', 'x_a', 'x_b')],
          ['t', key('id'), int('b', { nullable: false })],
        ),
        model(
          ['a', key('id'), ...pair('x')],
          ['n', key('id'), ...pair('y')],
          ['t', key('id'), key('b')],
        ),
      )
      expect(calls(upgrade)).toEqual([
        'createTable',
        'createIndex',
        'dropConstraint',
        'createPrimaryKey',
        'createForeignKey',
        'createForeignKey',
      ])
    })

    it('of tables in a circle are apart from the tables, in both directions', async () => {
      const other = () => ['other', key('id')] as const
      const circle = model(
        other(),
        ['x', key('id'), int('to_y', { index: true }), foreignKey('to_y', 'y.id')],
        ['y', key('id'), int('to_x'), sa.ForeignKeyConstraint(['to_x'], ['x.id'])],
        ['zz', key('id'), int('to_self', { index: true }), foreignKey('to_self', 'zz.id')],
      )
      const { upgrade, downgrade } = await trip.walk(model(other()), circle)
      expect(calls(upgrade).filter((name) => name === 'createForeignKey')).toHaveLength(2)
      expect(calls(downgrade).at(0)).toBe('dropConstraint')
      // The other way round: the tables are dropped, and come back by the downgrade.
      const script = await trip.script(model(other()))
      await trip.run(await trip.code(script.upgradeOps))
      expect(await trip.differences(model(other()))).toBe('[]')
      await trip.run(await trip.code(script.downgradeOps))
      expect(await trip.differences(circle)).toBe('[]')
    })

    it('let go of a table that is dropped', async () => {
      await trip.walk(
        model(
          ['a', key('id'), int('to_t', { index: true }), foreignKey('to_t', 't.id')],
          ['s', key('id'), int('s_to_t', { index: true }), foreignKey('s_to_t', 't.id')],
          ['t', key('id'), int('t_to_t', { index: true }), foreignKey('t_to_t', 't.id')],
        ),
        model(['a', key('id'), int('to_t', { index: true })]),
      )
    })

    it('let go of columns that get another type', async () => {
      const linked = (type: () => sa.TypeEngine): sa.MetaData =>
        model(
          ['a', sa.Column('id', type(), { primaryKey: true, autoincrement: false })],
          ['t', key('id'), sa.Column('x', type(), { index: true }), foreignKey('x', 'a.id')],
        )
      const { upgrade } = await trip.walk(
        linked(() => sa.Integer()),
        linked(() => sa.BigInteger()),
      )
      expect(calls(upgrade)).toEqual(
        db.name === 'mariadb'
          ? ['dropConstraint', 'alterColumn', 'alterColumn', 'createForeignKey']
          : ['alterColumn', 'alterColumn'],
      )
    })

    it('let go of an index that they need', async () => {
      const table = (...indexes: readonly sa.Index[]): sa.MetaData =>
        model(
          ['a', key('id')],
          ['t', key('id'), int('x'), int('y'), foreignKey('x', 'a.id'), ...indexes],
        )
      await trip.walk(table(sa.Index('ix', 'x')), table(sa.Index('ix', 'x', 'y')))
    })

    it('go together with their index', async () => {
      await trip.walk(
        model(
          ['a', key('id')],
          ['t', key('id'), int('x', { index: true }), foreignKey('x', 'a.id')],
        ),
        model(['a', key('id')], ['t', key('id'), int('x')]),
      )
    })

    it('let go of a unique constraint of a table that sorts before them', async () => {
      await trip.walk(
        model(
          ['a', key('id'), int('u'), sa.UniqueConstraint('u', { name: 'uq' })],
          ['t', key('id'), int('x'), foreignKey('x', 'a.u')],
        ),
        model(['a', key('id'), int('u')], ['t', key('id'), int('x')]),
      )
    })
  })
})
