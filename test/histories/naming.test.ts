import { expect, it } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { scriptOf } from '../property/run.ts'
import { namesOf, runsLive, writesScripts, type History } from './history.ts'

const targetMetadata = sa.MetaData({
  namingConvention: {
    ix: 'ix_%(column_0_N_label)s',
    uq: 'uq_%(table_name)s_%(column_0_N_name)s',
    ck: 'ck_%(table_name)s_%(constraint_name)s',
    fk: 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s',
    pk: 'pk_%(table_name)s',
  },
})

const history: History = [
  {
    upgrade: () => {
      void op.createTable(
        'groups',
        sa.Column('id', sa.Integer(), { nullable: false }),
        sa.Column('region', sa.Integer(), { nullable: false }),
        sa.Column('open', sa.Boolean({ createConstraint: true, name: 'is_bool' })),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('id', 'region'),
        sa.CheckConstraint('region > 0', { name: 'region_positive' }),
      )
      void op.createTable(
        'members',
        sa.Column('id', sa.Integer(), { nullable: false }),
        sa.Column('group_id', sa.Integer(), sa.ForeignKey('groups.id')),
        sa.Column('group_region', sa.Integer()),
        sa.Column('email', sa.String(50), { nullable: false, unique: true }),
        sa.Column('age', sa.Integer(), { index: true }),
        sa.ForeignKeyConstraint(['group_id', 'group_region'], ['groups.id', 'groups.region']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('email', 'age', { name: op.f('uq_by_hand') }),
      )
    },
    downgrade: () => {
      void op.dropTable('members')
      void op.dropTable('groups')
    },
  },
  {
    upgrade: async () => {
      await op.batchAlterTable('members', (batch) => {
        void batch.createUniqueConstraint(null, ['age', 'email'])
        void batch.createUniqueConstraint(batch.f('uq_named'), ['email', 'group_id'])
        void batch.createCheckConstraint('age_positive', 'age > 0')
        void batch.createForeignKey(null, 'members', ['age'], ['id'])
      })
      await op.createIndex(null, 'members', ['age', 'email'])
      await op.createIndex(op.f('ix_by_hand'), 'members', ['email'], { unique: true })
    },
    downgrade: async () => {
      await op.dropIndex('ix_by_hand', 'members')
      await op.dropIndex(op.f('ix_members_age_members_email'), 'members')
      await op.batchAlterTable('members', (batch) => {
        void batch.dropConstraint('fk_members_age_members', 'foreignkey')
        void batch.dropConstraint('age_positive', 'check')
        void batch.dropConstraint(batch.f('uq_named'), 'unique')
        void batch.dropConstraint('uq_members_age_email', 'unique')
      })
    },
  },
]

writesScripts('conventions', ['postgresql', 'mysql', 'mariadb', 'mssql', 'oracle'], history, {
  targetMetadata,
})

runsLive(
  'conventions',
  history,
  async ({ db, inspector, query }) => {
    expect(namesOf(await inspector.getUniqueConstraints('members'))).toEqual(
      [
        'uq_by_hand',
        'uq_members_age_email',
        'uq_members_email',
        'uq_named',
        ...(db === 'mariadb' ? ['ix_by_hand'] : []),
      ].toSorted(),
    )
    expect(namesOf(await inspector.getForeignKeys('members'))).toEqual([
      'fk_members_age_members',
      'fk_members_group_id_group_region_groups',
      'fk_members_group_id_groups',
    ])
    const indexes = namesOf(await inspector.getIndexes('members'))
    expect(indexes).toEqual(
      expect.arrayContaining(['ix_by_hand', 'ix_members_age', 'ix_members_age_members_email']),
    )
    expect(namesOf(await inspector.getCheckConstraints('members'))).toEqual([
      'ck_members_age_positive',
    ])
    expect(namesOf(await inspector.getCheckConstraints('groups'))).toContain(
      'ck_groups_region_positive',
    )
    // MySQL and MariaDB name every primary key themselves.
    const key = await inspector.getPkConstraint('members')
    expect(key.name).toBe(db === 'mariadb' ? null : 'pk_members')
    await expect(
      query("INSERT INTO members (id, email, age) VALUES (1, 'x', -1)"),
    ).rejects.toThrow()
  },
  { targetMetadata },
)

const unnamed: History = [
  {
    upgrade: () => {
      void op.createTable('a', sa.Column('id', sa.Integer(), { primaryKey: true }))
      void op.createTable(
        'b',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('a_id', sa.Integer(), sa.ForeignKey('a.id')),
        sa.Column('n', sa.Integer(), { unique: true }),
        sa.CheckConstraint('n <> 5'),
      )
    },
    downgrade: () => {
      void op.dropTable('b')
      void op.dropTable('a')
    },
  },
  {
    upgrade: async () => {
      const [key] = await (await sa.inspect(op.getBind())).getForeignKeys('b')
      const convention = {
        fk: 'fk_%(table_name)s_%(column_0_name)s',
        uq: 'uq_%(table_name)s_%(column_0_name)s',
      }
      await op.batchAlterTable('b', { namingConvention: convention }, (batch) => {
        void batch.dropConstraint(key?.name ?? 'fk_b_a_id', 'foreignkey')
        void batch.dropColumn('a_id')
        void batch.createUniqueConstraint('uq_both', ['id', 'n'])
      })
    },
    downgrade: async () => {
      await op.batchAlterTable('b', (batch) => {
        void batch.addColumn(sa.Column('a_id', sa.Integer()))
        void batch.createForeignKey('fk_back', 'a', ['a_id'], ['id'])
      })
    },
  },
]

runsLive('constraints without a name', unnamed, async ({ inspector }) => {
  expect((await inspector.getColumns('b')).map(({ name }) => name)).toEqual(['id', 'n'])
  expect(await inspector.getForeignKeys('b')).toEqual([])
  expect(
    (await inspector.getUniqueConstraints('b'))
      .map(({ columnNames }) => columnNames.length)
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2])
})

it('a constraint without a name can only be dropped where something names it', async () => {
  const drop = (options: object) =>
    scriptOf({ dialectName: 'postgresql', ...options }, () =>
      op.dropConstraint(null, 'members', 'unique'),
    )
  await expect(drop({})).rejects.toThrow(
    "Can't emit DROP CONSTRAINT for a constraint of table 'members'; it has no name",
  )
  await expect(
    scriptOf({ dialectName: 'postgresql', targetMetadata }, () =>
      op.createCheckConstraint(null, 'members', 'age > 0'),
    ),
  ).rejects.toThrow(
    'Naming convention including %(constraint_name)s token requires that constraint is explicitly named.',
  )
})
