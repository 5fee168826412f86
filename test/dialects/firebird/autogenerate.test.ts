// Autogenerate on a Firebird server: silent on what the models made, and there and back by the code that it writes.
import { afterEach, expect, it } from 'vitest'
import * as sa from '../../../src/sa.ts'
import { createAll } from '../../../src/runtime/create-all.ts'
import { models, ThereAndBack } from '../../autogenerate/there-and-back.ts'
import { describeFirebird } from './live.ts'

const TYPES: Readonly<Record<string, () => sa.TypeEngine>> = {
  integer: () => sa.Integer(),
  small: () => sa.SmallInteger(),
  big: () => sa.BigInteger(),
  text20: () => sa.String(20),
  unicode20: () => sa.Unicode(20),
  fixed: () => sa.CHAR(5),
  long: () => sa.Text(),
  money: () => sa.Numeric(10, 2),
  whole: () => sa.Numeric(8),
  plain: () => sa.Numeric(),
  decimal: () => sa.DECIMAL(12, 3),
  single: () => sa.Float(),
  precise: () => sa.Float(53),
  double: () => sa.Double(),
  real: () => sa.REAL(),
  flag: () => sa.Boolean(),
  checkedFlag: () => sa.Boolean({ createConstraint: true, name: 'flag_is_one' }),
  kind: () => sa.Enum('a', "b's", { name: 'kind' }),
  checkedKind: () => sa.Enum('a', 'b', { name: 'kind_is_one', createConstraint: true }),
  day: () => sa.Date(),
  time: () => sa.Time(),
  moment: () => sa.DateTime(),
  bytes: () => sa.LargeBinary(),
  uuid: () => sa.Uuid(),
  span: () => sa.Interval(),
}

const DEFAULTS: Readonly<Record<string, sa.Column>> = {
  number: sa.Column('number', sa.Integer(), { serverDefault: '5' }),
  negative: sa.Column('negative', sa.Numeric(8, 2), { serverDefault: sa.text('-1.5') }),
  quoted: sa.Column('quoted', sa.String(20), { serverDefault: "it's" }),
  empty: sa.Column('empty', sa.String(20), { serverDefault: '' }),
  now: sa.Column('now', sa.DateTime(), { serverDefault: sa.func.now() }),
  today: sa.Column('today', sa.Date(), { serverDefault: sa.text('CURRENT_DATE') }),
  computed: sa.Column('computed', sa.Integer(), sa.Computed('1 + 2')),
}

describeFirebird('autogenerate on Firebird', (connection) => {
  const bench = (): ThereAndBack => new ThereAndBack(connection())

  const drop = async (condition: string, sql: (name: string, table: string) => string) => {
    const { rows } = await connection().execute(condition)
    for (const { name, relation } of rows) {
      await connection().execute(sql(String(name).trim(), String(relation).trim()))
    }
  }

  afterEach(async () => {
    await drop(
      `SELECT rdb$constraint_name AS "name", rdb$relation_name AS "relation" FROM rdb$relation_constraints
       WHERE rdb$constraint_type = 'FOREIGN KEY'`,
      (name, table) => `ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`,
    )
    await drop(
      'SELECT rdb$relation_name AS "name", \'\' AS "relation" FROM rdb$relations WHERE rdb$system_flag = 0',
      (name) => `DROP TABLE "${name}"`,
    )
  })

  it.each(Object.entries(TYPES))(
    'finds nothing in a table with a column of %s',
    async (_, type) => {
      const make = (): sa.MetaData =>
        models((metadata) =>
          sa.Table(
            't',
            metadata,
            sa.Column('id', sa.Integer(), { primaryKey: true }),
            sa.Column('c', type()),
          ),
        )
      await createAll(make(), connection())
      expect(await bench().differences(make())).toBe('[]')
    },
  )

  it.each(Object.entries(DEFAULTS))(
    'finds nothing in a column with a default: %s',
    async (_, column) => {
      const make = (): sa.MetaData =>
        models((metadata) =>
          sa.Table(
            't',
            metadata,
            sa.Column('id', sa.Integer(), { primaryKey: true }),
            column.copy(),
          ),
        )
      await createAll(make(), connection())
      expect(await bench().differences(make())).toBe('[]')
    },
  )

  const owners = (metadata: sa.MetaData): unknown =>
    sa.Table(
      'owners',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('email', sa.String(40), { nullable: false }),
      sa.UniqueConstraint('email', { name: 'uq_email' }),
      { comment: "who owns it, isn't it" },
    )

  it('finds nothing in tables with everything that belongs to them', async () => {
    const make = (): sa.MetaData =>
      models((metadata) => {
        owners(metadata)
        sa.Table(
          'Cars',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('Owner', sa.Integer(), { comment: 'a comment' }),
          sa.Column('speed', sa.Integer()),
          sa.ForeignKeyConstraint(['Owner'], ['owners.id'], {
            name: 'fk_owner',
            ondelete: 'CASCADE',
          }),
          sa.CheckConstraint('speed > 0', { name: 'ck_speed' }),
          sa.Index('ix_speed', 'speed'),
          sa.Index('ix_both', 'speed', 'Owner', { unique: true }),
        )
      })
    await createAll(make(), connection())
    expect(await bench().differences(make())).toBe('[]')
  })

  it('makes and drops tables that refer to each other, there and back', async () => {
    const { upgrade, downgrade } = await bench().walk(
      models(owners),
      models((metadata) => {
        owners(metadata)
        sa.Table(
          'cars',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('owner_id', sa.Integer(), sa.ForeignKey('owners.id', { name: 'fk_owner' })),
          sa.Index('ix_owner', 'owner_id'),
        )
      }),
    )
    expect(upgrade).toContain("op.createTable(\n  'cars'")
    expect(downgrade).toContain("op.dropTable('cars')")
  })

  const table = (...columns: readonly sa.Column[]): sa.MetaData =>
    models((metadata) =>
      sa.Table('t', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }), ...columns),
    )

  it.each<[string, () => sa.Column[], () => sa.Column[]]>([
    ['a column', () => [], () => [sa.Column('a', sa.String(20))]],
    [
      'a key',
      () => [sa.Column('a', sa.Integer(), { nullable: false })],
      () => [sa.Column('a', sa.Integer(), { primaryKey: true })],
    ],
    ['a generated column', () => [sa.Column('a', sa.Integer(), sa.Computed('id + 1'))], () => []],
    [
      'a default',
      () => [sa.Column('a', sa.Integer())],
      () => [sa.Column('a', sa.Integer(), { serverDefault: '3' })],
    ],
    [
      'NOT NULL',
      () => [sa.Column('a', sa.Integer(), { nullable: true })],
      () => [sa.Column('a', sa.Integer(), { nullable: false })],
    ],
    [
      'a comment',
      () => [sa.Column('a', sa.Integer())],
      () => [sa.Column('a', sa.Integer(), { comment: "it's" })],
    ],
    [
      'an index',
      () => [sa.Column('a', sa.Integer())],
      () => [sa.Column('a', sa.Integer(), { index: true })],
    ],
    [
      'a unique index',
      () => [sa.Column('a', sa.Integer())],
      () => [sa.Column('a', sa.Integer(), { index: true, unique: true })],
    ],
  ])('changes %s, there and back', async (_, before, after) => {
    await bench().walk(table(...before()), table(...after()))
  })

  it.each<[string, (metadata: sa.MetaData) => unknown]>([
    ['a unique constraint', () => sa.UniqueConstraint('a', { name: 'uq_a' })],
    ['a CHECK', () => sa.CheckConstraint('a > 0', { name: 'ck_a' })],
  ])('adds %s, there and back', async (_, make) => {
    const with_ = (...more: readonly unknown[]): sa.MetaData =>
      models((metadata) =>
        sa.Table(
          't',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('a', sa.Integer()),
          ...(more as sa.Column[]),
        ),
      )
    await bench().walk(with_(), with_(make(sa.MetaData())))
  })

  // Firebird 3.0, Language Reference, ALTER TABLE: a column gets no smaller.
  it.each<[string, () => sa.TypeEngine, () => sa.TypeEngine, RegExp]>([
    ['a longer text', () => sa.String(20), () => sa.String(40), /at least 40 characters/],
    [
      'a larger number',
      () => sa.Integer(),
      () => sa.BigInteger(),
      /BIGINT to INTEGER is not supported/,
    ],
  ])('makes %s; the server refuses the way back', async (_, from, to, reason) => {
    const only = bench()
    const [before, after] = [table(sa.Column('a', from())), table(sa.Column('a', to()))]
    await createAll(before, connection())
    const script = await only.script(after)
    await only.run(await only.code(script.upgradeOps))
    expect(await only.differences(after)).toBe('[]')
    await expect(only.run(await only.code(script.downgradeOps))).rejects.toThrow(reason)
    expect(await only.differences(after)).toBe('[]')
  })
})
