import { expect } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { runsLive, writesScripts, type History } from './history.ts'

/** What is given as empty, and what is not given at all. */
const history: History = [
  {
    upgrade: async () => {
      await op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('a', sa.String(5), { nullable: false, serverDefault: '' }),
        sa.Column('b', sa.String(5), { serverDefault: null }),
        sa.Column('c', sa.String(5), { comment: '' }),
        { schema: '', comment: '' },
      )
      await op.addColumn('t', sa.Column('d', sa.String(5), { serverDefault: '' }), { schema: '' })
      await op.createIndex('ix_t_a', 't', ['a'], { schema: '' })
      await op.bulkInsert(sa.table('t', sa.column('b'), { schema: '' }), [{ b: '' }, { b: null }])
    },
    downgrade: async () => {
      await op.dropIndex('ix_t_a', 't', { schema: '' })
      await op.dropColumn('t', 'd', { schema: '' })
      await op.dropTable('t', { schema: '' })
    },
  },
  {
    upgrade: async () => {
      await op.batchAlterTable('t', { schema: '' }, (batch) => {
        void batch.alterColumn('a', {
          existingType: sa.String(5),
          existingNullable: false,
          serverDefault: null,
        })
        void batch.alterColumn('b', { existingType: sa.String(5), serverDefault: '' })
        void batch.alterColumn('d', {
          existingType: sa.String(5),
          existingServerDefault: '',
          nullable: false,
          type: sa.String(9),
        })
      })
      await op.renameTable('t', 'u', { schema: '' })
    },
    downgrade: async () => {
      await op.renameTable('u', 't', { schema: '' })
      await op.batchAlterTable('t', (batch) => {
        void batch.alterColumn('a', {
          existingType: sa.String(5),
          existingNullable: false,
          serverDefault: '',
        })
        void batch.alterColumn('b', {
          existingType: sa.String(5),
          existingServerDefault: '',
          serverDefault: null,
        })
        void batch.alterColumn('d', {
          existingType: sa.String(9),
          existingServerDefault: '',
          nullable: true,
          type: sa.String(5),
        })
      })
    },
  },
]

writesScripts('empties', ['postgresql', 'mysql', 'mariadb', 'mssql', 'oracle'], history)

runsLive('empties', history, async ({ inspector, query, db }) => {
  const columns = new Map((await inspector.getColumns('u')).map((column) => [column.name, column]))
  const defaults = ['a', 'b', 'c', 'd'].map((name) => columns.get(name)?.default ?? null)
  const empty = db === 'postgresql' ? "''::character varying" : "''"
  expect(defaults).toEqual([null, empty, null, empty])
  expect(columns.get('d')).toMatchObject({ nullable: false })
  expect(await query('SELECT a, b, d FROM u ORDER BY id')).toEqual([
    { a: '', b: '', d: '' },
    { a: '', b: null, d: '' },
  ])
})

const schemas: History = [
  {
    upgrade: async () => {
      const metadata = sa.MetaData({ schema: '' })
      const parent = sa.Table(
        'parent',
        metadata,
        sa.Column('id', sa.Integer(), { primaryKey: true }),
      )
      const child = sa.Table(
        'child',
        metadata,
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('parent_id', sa.Integer(), sa.ForeignKey('parent.id')),
        { schema: '' },
      )
      expect([parent.schema, child.schema, child.key]).toEqual([null, null, 'child'])
      await sa.createAll(metadata, op.getBind())
      await op.batchAlterTable('child', { schema: '' }, (batch) => {
        void batch.createForeignKey('fk_self', 'child', ['parent_id'], ['id'], {
          referentSchema: '',
        })
      })
    },
    downgrade: async () => {
      await op.dropTable('child')
      await op.dropTable('parent')
    },
  },
]

runsLive('models with an empty schema', schemas, async ({ inspector }) => {
  const keys = await inspector.getForeignKeys('child')
  expect(keys.map(({ referredTable }) => referredTable).toSorted()).toEqual(['child', 'parent'])
})
