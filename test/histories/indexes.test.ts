import { expect } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { namesOf, runsLive, writesScripts, type History } from './history.ts'

const history: History = [
  {
    upgrade: () => {
      void op.createTable(
        'docs',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('title', sa.String(200), { nullable: false }),
        sa.Column('body', sa.Text()),
        sa.Column('state', sa.String(20), { index: true }),
        sa.Column('tags', sa.String(100)),
      )
      void op.createIndex('ix_open', 'docs', ['title'], {
        unique: true,
        postgresql: {
          where: sa.text("state = 'open'"),
          using: 'btree',
          ops: { title: 'text_pattern_ops' },
        },
        sqlite: { where: sa.column('state').eq('open') },
        mysql: { using: 'hash', length: { title: 40 } },
        mariadb: { using: 'btree', length: 50 },
      })
      void op.createIndex('ix_body', 'docs', ['body'], {
        postgresql: { using: 'hash', with: { fillfactor: 70 } },
        mysql: { prefix: 'FULLTEXT' },
        mariadb: { prefix: 'FULLTEXT' },
      })
      void op.createIndex('ix_order', 'docs', [sa.column('state').desc(), sa.desc('title'), 'id'], {
        postgresql: { include: ['tags'] },
      })
    },
    downgrade: () => {
      void op.dropIndex('ix_order', 'docs')
      void op.dropIndex('ix_body', 'docs')
      void op.dropIndex('ix_open', { tableName: 'docs' })
      void op.dropTable('docs')
    },
  },
  {
    // In autocommit, as CONCURRENTLY wants it; what another run left half done is dropped first.
    upgrade: async () => {
      await op.getContext().autocommitBlock(async () => {
        if (op.getContext().dialect.name === 'postgresql') {
          await op.dropIndex('ix_tags', 'docs', {
            ifExists: true,
            postgresql: { concurrently: true },
          })
        }
        await op.createIndex('ix_tags', 'docs', ['tags', 'title'], {
          unique: false,
          postgresql: { concurrently: true },
          mysql: { length: { tags: 10, title: 10 } },
        })
      })
    },
    downgrade: async () => {
      await op.getContext().autocommitBlock(async () => {
        await op.dropIndex('ix_tags', 'docs', { postgresql: { concurrently: true } })
      })
    },
  },
]

writesScripts('indexes', ['postgresql', 'mysql', 'mariadb', 'sqlite', 'oracle'], history)

runsLive('indexes', history, async ({ db, inspector }) => {
  const indexes = new Map((await inspector.getIndexes('docs')).map((index) => [index.name, index]))
  expect(namesOf([...indexes.values()])).toEqual([
    'ix_body',
    'ix_docs_state',
    'ix_open',
    'ix_order',
    'ix_tags',
  ])
  expect(indexes.get('ix_open')).toMatchObject({ unique: true, columnNames: ['title'] })
  const open = indexes.get('ix_open')?.dialectOptions
  if (db === 'postgresql') {
    expect(open).toMatchObject({
      postgresql: { where: "((state)::text = 'open'::text)", ops: { title: 'text_pattern_ops' } },
    })
    expect(indexes.get('ix_body')?.dialectOptions).toMatchObject({
      postgresql: { using: 'hash', with: { fillfactor: '70' } },
    })
    expect(indexes.get('ix_order')?.dialectOptions).toMatchObject({
      postgresql: { include: ['tags'] },
    })
  } else if (db === 'sqlite') {
    expect(open?.['sqlite']?.['where']).toBeDefined()
  } else {
    expect(open).toMatchObject({ mariadb: { length: { title: 50 } } })
    expect(indexes.get('ix_body')?.dialectOptions).toMatchObject({
      mariadb: { prefix: 'FULLTEXT' },
    })
  }
})
