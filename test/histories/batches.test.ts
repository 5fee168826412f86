import { expect } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { namesOf, runsLive, writesScripts, type History } from './history.ts'

/** The table before the batch, for the databases that make it anew in a script. */
const before = () =>
  sa.Table(
    'account',
    sa.MetaData(),
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('name', sa.String(50), { nullable: false, serverDefault: 'x' }),
    sa.Column('parent_id', sa.Integer()),
    sa.Column('size', sa.Integer()),
    sa.Column('legacy', sa.Text()),
    sa.ForeignKeyConstraint(['parent_id'], ['account.id'], {
      name: 'fk_parent',
      ondelete: 'CASCADE',
    }),
    sa.UniqueConstraint('name', { name: 'uq_name' }),
    sa.CheckConstraint('size > 0', { name: 'ck_size' }),
    sa.Index('ix_size', 'size'),
  )

const isBatched = () => op.getBind().dialect.name === 'sqlite'

const history: History = [
  {
    upgrade: async () => {
      const old = before()
      const account = op.createTable(
        'account',
        ...old.columns.map((column) => column.copy()),
        ...old.constraints
          .filter(({ name }) => name !== null)
          .map((constraint) => constraint.copy()),
      )
      void op.createIndex('ix_size', 'account', ['size'])
      void op.createTable('owner', sa.Column('id', sa.Integer(), { primaryKey: true }))
      void op.bulkInsert(sa.table('owner', sa.column('id')), [{ id: 1 }])
      await op.bulkInsert(account, [
        { id: 1, name: 'root', size: 1, parent_id: null },
        { id: 2, name: 'leaf', size: 2, parent_id: 1 },
      ])
    },
    downgrade: async () => {
      await op.dropTable('account')
      await op.dropTable('owner')
    },
  },
  {
    upgrade: async () => {
      await op.batchAlterTable(
        'account',
        {
          ...(isBatched() ? { recreate: 'always' as const, copyFrom: before() } : {}),
          tableArgs: [
            sa.UniqueConstraint('title', 'size', { name: 'uq_args' }),
            sa.CheckConstraint('size < 1000', { name: 'ck_args' }),
          ],
          tableOptions: { sqlite: { autoincrement: true } },
        },
        (batch) => {
          void batch.addColumn(
            sa.Column('email', sa.String(80), { nullable: false, serverDefault: '' }),
          )
          void batch.addColumn(sa.Column('owner_id', sa.Integer(), { nullable: true }))
          void batch.alterColumn('name', {
            newColumnName: 'title',
            type: sa.String(80),
            existingType: sa.String(50),
            existingNullable: false,
            existingServerDefault: 'x',
          })
          void batch.dropColumn('legacy')
          void batch.dropConstraint('uq_name', 'unique')
          void batch.dropConstraint('ck_size', 'check')
          void batch.dropIndex('ix_size')
          void batch.createIndex('ix_email', ['email', 'size'], { unique: false })
          void batch.createForeignKey('fk_owner', 'owner', ['owner_id'], ['id'], {
            ondelete: 'SET NULL',
          })
          void batch.createUniqueConstraint('uq_title', ['title', 'owner_id'])
          void batch.createCheckConstraint('ck_title', "title <> 'nobody'")
        },
      )
    },
    downgrade: async () => {
      const after = sa.Table(
        'account',
        sa.MetaData(),
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('title', sa.String(80), { nullable: false, serverDefault: 'x' }),
        sa.Column('parent_id', sa.Integer()),
        sa.Column('size', sa.Integer()),
        sa.Column('email', sa.String(80), { nullable: false, serverDefault: '' }),
        sa.Column('owner_id', sa.Integer()),
        sa.ForeignKeyConstraint(['parent_id'], ['account.id'], {
          name: 'fk_parent',
          ondelete: 'CASCADE',
        }),
        sa.ForeignKeyConstraint(['owner_id'], ['owner.id'], {
          name: 'fk_owner',
          ondelete: 'SET NULL',
        }),
        sa.UniqueConstraint('title', 'owner_id', { name: 'uq_title' }),
        sa.UniqueConstraint('title', 'size', { name: 'uq_args' }),
        sa.CheckConstraint("title <> 'nobody'", { name: 'ck_title' }),
        sa.CheckConstraint('size < 1000', { name: 'ck_args' }),
        sa.Index('ix_email', 'email', 'size'),
      )
      await op.batchAlterTable('account', isBatched() ? { copyFrom: after } : {}, (batch) => {
        void batch.dropConstraint('ck_title', 'check')
        void batch.dropConstraint('fk_owner', 'foreignkey')
        void batch.dropConstraint('uq_title', 'unique')
        void batch.dropIndex('ix_email')
        void batch.dropColumn('owner_id')
        void batch.dropColumn('email')
        void batch.alterColumn('title', {
          newColumnName: 'name',
          type: sa.String(50),
          existingType: sa.String(80),
          existingNullable: false,
          existingServerDefault: 'x',
        })
        void batch.addColumn(sa.Column('legacy', sa.Text()))
        void batch.createUniqueConstraint('uq_name', ['name'])
        void batch.createCheckConstraint('ck_size', 'size > 0')
        void batch.createIndex('ix_size', ['size'])
        if (!isBatched()) return
        void batch.dropConstraint('uq_args', 'unique')
        void batch.dropConstraint('ck_args', 'check')
      })
    },
  },
]

writesScripts('batches', ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql'], history)

runsLive('batches', history, async ({ db, inspector, query }) => {
  const columns = (await inspector.getColumns('account')).map(({ name }) => name)
  // As in Alembic: a new column stands behind the last one, which this batch drops.
  expect(columns).toEqual(
    db === 'sqlite'
      ? ['id', 'email', 'owner_id', 'title', 'parent_id', 'size']
      : ['id', 'title', 'parent_id', 'size', 'email', 'owner_id'],
  )
  expect(namesOf(await inspector.getForeignKeys('account'))).toEqual(['fk_owner', 'fk_parent'])
  // Only a table that is made anew gets the further constraints, as in Alembic.
  expect(namesOf(await inspector.getUniqueConstraints('account'))).toEqual(
    db === 'sqlite' ? ['uq_args', 'uq_title'] : ['uq_title'],
  )
  expect(namesOf(await inspector.getCheckConstraints('account'))).toEqual(
    db === 'sqlite' ? ['ck_args', 'ck_title'] : ['ck_title'],
  )
  expect(namesOf(await inspector.getIndexes('account'))).toContain('ix_email')
  expect(
    await query('SELECT id, title, parent_id, size, email, owner_id FROM account ORDER BY id'),
  ).toEqual([
    { id: 1, title: 'root', parent_id: null, size: 1, email: '', owner_id: null },
    { id: 2, title: 'leaf', parent_id: 1, size: 2, email: '', owner_id: null },
  ])
  await expect(query("INSERT INTO account (id, title) VALUES (3, 'nobody')")).rejects.toThrow()
})
