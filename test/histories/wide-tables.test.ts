import { expect } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { runsLive, writesScripts, type History } from './history.ts'

const LONG = 'organisation_membership_invitation_reminder_deliveries' // 54 characters

const document = () =>
  sa
    .JSON()
    .withVariant(sa.postgresql.JSONB({ astextType: sa.Text() }), 'postgresql')
    .withVariant(sa.mysql.LONGTEXT(), 'mysql', 'mariadb')

const history: History = [
  {
    upgrade: async () => {
      const kinds = op.createTable(
        'order',
        sa.Column('select', sa.Integer(), { autoincrement: true, nullable: false }),
        sa.Column('from', sa.String({ length: 20 }), { nullable: false, default: 'nobody' }),
        sa.Column('Group', sa.Integer(), { nullable: true }),
        sa.Column('key', sa.Enum('a', "it's", { name: 'kind', nativeEnum: false }), {
          serverDefault: '',
        }),
        sa.PrimaryKeyConstraint('select'),
        sa.UniqueConstraint('from'),
        sa.UniqueConstraint('Group', 'key', { name: 'table' }),
        sa.UniqueConstraint('from', 'Group'),
        sa.UniqueConstraint('key', 'from', 'Group', { name: 'Unique Rows' }),
        {
          mysql: { ENGINE: 'InnoDB', row_format: 'DYNAMIC', DEFAULT_CHARSET: 'utf8mb4' },
          mariadb: { ENGINE: 'InnoDB', row_format: 'DYNAMIC', DEFAULT_CHARSET: 'utf8mb4' },
        },
      )
      await op.bulkInsert(kinds, [
        { select: 1, from: "O'Neill", Group: null, key: 'a' },
        { select: 2, from: 'x:y %s 50%', Group: 7, key: "it's" },
      ])
    },
    downgrade: async () => {
      await op.dropTable('order')
    },
  },
  {
    upgrade: () => {
      void op.createTable(
        LONG,
        sa.Column('id', sa.BigInteger(), { autoincrement: false, nullable: false }),
        sa.Column('parent_id', sa.BigInteger(), { nullable: true }),
        sa.Column(
          'root_id',
          sa.BigInteger(),
          sa.ForeignKey(`${LONG}.id`, { name: 'fk_root', ondelete: 'SET NULL' }),
        ),
        sa.Column('order_id', sa.Integer(), { nullable: false }),
        sa.Column('document', document(), { nullable: true }),
        sa.Column('created_at', sa.DateTime(), {
          nullable: false,
          serverDefault: sa.func.now(),
          default: () => new Date(),
        }),
        sa.Column('amount', sa.Numeric({ precision: 12, scale: 3 }), {
          serverDefault: sa.text('0'),
        }),
        ...Array.from({ length: 20 }, (_, n) =>
          sa.Column(`item_${n}`, n % 2 === 0 ? sa.String({ length: 10 }) : sa.Integer(), {
            nullable: n % 3 !== 0,
            serverDefault: n % 4 === 0 ? '' : null,
            index: n === 5,
          }),
        ),
        sa.ForeignKeyConstraint(['parent_id'], [`${LONG}.id`], {
          name: 'fk_parent',
          ondelete: 'CASCADE',
          onupdate: 'CASCADE',
        }),
        sa.ForeignKeyConstraint(['order_id'], ['order.select']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('parent_id', 'order_id', { name: 'uq_parent_order' }),
        sa.UniqueConstraint('item_0', 'item_1'),
        sa.UniqueConstraint('item_2', 'item_3', 'item_4'),
        sa.CheckConstraint('item_1 >= 0', { name: 'ck_item_1' }),
        sa.CheckConstraint(sa.column('item_3').gt(-5)),
      )
      void op.createIndex(`ix_${LONG}_o`, LONG, ['order_id', 'item_0'])
    },
    downgrade: () => {
      void op.dropIndex(op.f(`ix_${LONG}_item_5`), LONG)
      void op.execute(`DELETE FROM ${LONG};`)
      void op.dropTable(LONG)
    },
  },
]

writesScripts('wide tables', ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql'], history)

runsLive('wide tables', history, async ({ inspector, query, db }) => {
  const columns = await inspector.getColumns(LONG)
  expect(columns).toHaveLength(27)
  expect((await inspector.getColumns('order')).map(({ name }) => name)).toEqual([
    'select',
    'from',
    'Group',
    'key',
  ])
  expect(await inspector.getPkConstraint(LONG)).toMatchObject({ constrainedColumns: ['id'] })
  expect(
    (await inspector.getForeignKeys(LONG))
      .map(
        ({ constrainedColumns, referredTable }) => `${constrainedColumns.join()} ${referredTable}`,
      )
      .toSorted(),
  ).toEqual(['order_id order', `parent_id ${LONG}`, `root_id ${LONG}`])
  expect(await inspector.getUniqueConstraints(LONG)).toHaveLength(3)
  expect(await inspector.getUniqueConstraints('order')).toHaveLength(4)
  expect((await inspector.getCheckConstraints(LONG)).some(({ name }) => name === 'ck_item_1')).toBe(
    true,
  )
  const quote = db === 'mariadb' ? '`' : '"'
  const q = (name: string) => `${quote}${name}${quote}`
  const rows = await query(
    `SELECT ${q('from')} AS f, ${q('key')} AS k FROM ${q('order')} ORDER BY ${q('select')}`,
  )
  expect(rows).toEqual([
    { f: "O'Neill", k: 'a' },
    { f: 'x:y %s 50%', k: "it's" },
  ])
  await query(
    `INSERT INTO ${LONG} (id, order_id, item_0, item_3, item_6, item_9, item_12, item_15, item_18) VALUES (1, 2, 'a', 1, 'b', 2, 'c', 3, 'd')`,
  )
  await expect(
    query(
      `INSERT INTO ${LONG} (id, parent_id, order_id, item_1, item_3, item_9, item_15, item_6, item_18) VALUES (2, 1, 2, -1, 1, 1, 1, 'x', 'x')`,
    ),
  ).rejects.toThrow()
})
