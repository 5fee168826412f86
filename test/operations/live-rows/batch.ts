import type { BatchOperations } from '../../../src/operations/batch-alter-table.ts'
import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import type { DatabaseName } from '../../live/servers.ts'
import { createBoth, createO, createT } from './given.ts'
import { NO_COMMENTS } from './refusals.ts'
import type { LiveRow } from './row.ts'

const inBatch = (body: (batch: BatchOperations) => unknown) => op.batchAlterTable('t', body)
const createKeyless = () => op.createTable('t', sa.Column('a', sa.Integer(), { nullable: false }))
const createIndexed = () => {
  createBoth()
  return op.createIndex('ix_a', 't', ['a'])
}
const createConstrained = (name: DatabaseName) => {
  void createO()
  return op.createTable(
    't',
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    sa.Column('a', sa.Integer(), { nullable: false }),
    sa.Column('b', sa.String(20)),
    sa.UniqueConstraint('b', { name: 'uq' }),
    // MariaDB has names of foreign keys once in a database: the new table could not have it beside the old one.
    ...(name === 'mariadb' ? [] : [sa.ForeignKeyConstraint(['a'], ['o.id'], { name: 'fk' })]),
    sa.CheckConstraint('a > 5', { name: 'ck' }),
    sa.Index('ix_a', 'a'),
  )
}

/** Every function of `batchOp`: what SQLite can't do otherwise, it does so. */
export const batchRows: readonly LiveRow[] = [
  {
    title: 'batch: addColumn, with a foreign key',
    given: () => createBoth(),
    run: () =>
      inBatch((batch) =>
        batch.addColumn(sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { name: 'fk_c' }))),
      ),
    back: () =>
      inBatch((batch) => {
        void batch.dropConstraint('fk_c', 'foreignkey')
        void batch.dropColumn('c')
      }),
    changes: {
      all: ['+ t.c INTEGER', '+ t: foreign key fk_c(c) -> o(id)'],
      mariadb: ['+ t.c INTEGER', '+ t: foreign key fk_c(c) -> o(id)', '+ t: index fk_c(c)'],
    },
  },
  {
    title: 'batch: dropColumn, with its rows',
    given: () => {
      void createT()
      void op.execute("INSERT INTO t (id, a, b) VALUES (1, 7, 'x')")
    },
    run: () => inBatch((batch) => batch.dropColumn('b')),
    back: async () => {
      await inBatch((batch) => batch.addColumn(sa.Column('b', sa.String(20))))
      await op.execute("UPDATE t SET b = 'x'")
    },
    rows: 'SELECT * FROM t',
    changes: { all: ['- t.b VARCHAR(20)', '- row 1 | 7 | x', '+ row 1 | 7'] },
  },
  {
    title: 'batch: alterColumn',
    given: () => {
      void createT()
      void op.execute("INSERT INTO t (id, a, b) VALUES (1, 7, 'x')")
    },
    // Firebird makes no type shorter again.
    run: ({ name }) =>
      inBatch((batch) =>
        batch.alterColumn('b', {
          ...(name === 'firebird' ? {} : { type: sa.String(30) }),
          nullable: false,
          serverDefault: 'x',
          newColumnName: 'c',
          existingType: sa.String(20),
          existingNullable: true,
        }),
      ),
    back: ({ name }) =>
      inBatch((batch) =>
        batch.alterColumn('c', {
          ...(name === 'firebird' ? {} : { type: sa.String(20) }),
          nullable: true,
          serverDefault: null,
          newColumnName: 'b',
          existingType: sa.String(30),
          existingNullable: false,
          existingServerDefault: 'x',
        }),
      ),
    rows: 'SELECT * FROM t',
    changes: {
      all: ['- t.b VARCHAR(20)', "+ t.c VARCHAR(30) not null default 'x'"],
      postgresql: [
        '- t.b VARCHAR(20)',
        "+ t.c VARCHAR(30) not null default 'x'::character varying",
      ],
      firebird: ['- t.b VARCHAR(20)', "+ t.c VARCHAR(20) not null default 'x'"],
    },
  },
  {
    title: 'batch: createIndex',
    given: () => createT(),
    run: () => inBatch((batch) => batch.createIndex('ix', ['a', 'b'], { unique: true })),
    back: () => inBatch((batch) => batch.dropIndex('ix')),
    changes: {
      all: ['+ t: unique index ix(a,b)'],
      postgresql: ['+ t: unique index ix(a,b)'],
    },
  },
  {
    title: 'batch: dropIndex',
    given: () => {
      void createT()
      void op.createIndex('ix', 't', ['a'])
    },
    run: () => inBatch((batch) => batch.dropIndex('ix')),
    back: () => inBatch((batch) => batch.createIndex('ix', ['a'])),
    changes: {
      all: ['- t: index ix(a)'],
      postgresql: ['- t: index ix(a)'],
    },
  },
  {
    title: 'batch: createPrimaryKey',
    given: () => createKeyless(),
    run: () => inBatch((batch) => batch.createPrimaryKey('pk', ['a'])),
    back: () => inBatch((batch) => batch.dropConstraint('pk', 'primary')),
    changes: { all: ['+ t: primary key pk(a)'], mariadb: ['+ t: primary key (a)'] },
  },
  {
    title: 'batch: createUniqueConstraint',
    given: () => createT(),
    run: () => inBatch((batch) => batch.createUniqueConstraint('uq', ['a', 'b'])),
    back: () => inBatch((batch) => batch.dropConstraint('uq', 'unique')),
    changes: {
      all: ['+ t: unique uq(a,b)'],
      postgresql: ['+ t: unique uq(a,b)'],
      mariadb: ['+ t: unique index uq(a,b)'],
    },
  },
  {
    title: 'batch: createForeignKey',
    given: () => createIndexed(),
    run: () =>
      inBatch((batch) => batch.createForeignKey('fk', 'o', ['a'], ['id'], { ondelete: 'CASCADE' })),
    back: () => inBatch((batch) => batch.dropConstraint('fk', 'foreignkey')),
    changes: { all: ['+ t: foreign key fk(a) -> o(id) options {"ondelete":"CASCADE"}'] },
  },
  {
    title: 'batch: createCheckConstraint',
    given: () => createT(),
    run: () => inBatch((batch) => batch.createCheckConstraint('ck', sa.column('a').gt(5))),
    back: () => inBatch((batch) => batch.dropConstraint('ck', 'check')),
    changes: { all: ['+ t: check ck(a > 5)'], mariadb: ['+ t: check ck(`a` > 5)'] },
  },
  {
    title: 'batch: createExcludeConstraint',
    given: () => createT(),
    run: () =>
      inBatch((batch) =>
        batch.createExcludeConstraint('ex', [sa.column('a'), '='], { using: 'btree' }),
      ),
    back: () => inBatch((batch) => batch.dropConstraint('ex')),
    changes: {
      postgresql: [],
      mariadb: {
        refused:
          "Dialect mariadb has no EXCLUDE constraints; guard the operation with the dialect's name",
      },
      sqlite: {
        refused:
          "Dialect sqlite has no EXCLUDE constraints; guard the operation with the dialect's name",
      },
      firebird: {
        refused:
          "Dialect firebird has no EXCLUDE constraints; guard the operation with the dialect's name",
      },
    },
  },
  {
    title: 'batch: dropConstraint',
    given: ({ name }) => createConstrained(name),
    run: ({ name }) =>
      inBatch((batch) => {
        void batch.dropConstraint('ck', 'check')
        if (name !== 'mariadb') void batch.dropConstraint('fk', 'foreignkey')
        void batch.dropConstraint('uq', 'unique')
      }),
    back: ({ name }) =>
      inBatch((batch) => {
        void batch.createUniqueConstraint('uq', ['b'])
        if (name !== 'mariadb') void batch.createForeignKey('fk', 'o', ['a'], ['id'])
        void batch.createCheckConstraint('ck', 'a > 5')
      }),
    changes: {
      all: ['- t: unique uq(b)', '- t: check ck(a > 5)', '- t: foreign key fk(a) -> o(id)'],
      postgresql: ['- t: unique uq(b)', '- t: check ck(a > 5)', '- t: foreign key fk(a) -> o(id)'],
      mariadb: ['- t: check ck(`a` > 5)', '- t: unique index uq(b)'],
    },
  },
  {
    title: 'batch: createTableComment and dropTableComment',
    given: () => createT(),
    run: () => inBatch((batch) => batch.createTableComment("it's")),
    back: () => inBatch((batch) => batch.dropTableComment({ existingComment: "it's" })),
    changes: { all: ['- table t', "+ table t comment it's"], sqlite: [NO_COMMENTS] },
  },
  {
    title: 'batch: execute',
    given: () => {
      void createT()
      void op.execute("INSERT INTO t (id, a, b) VALUES (1, 7, 'x')")
    },
    run: () =>
      inBatch((batch) => {
        void batch.execute("UPDATE t SET b = 'y'")
        void batch.alterColumn('a', { nullable: true, existingType: sa.Integer() })
      }),
    back: () =>
      inBatch((batch) => {
        void batch.execute("UPDATE t SET b = 'x'")
        void batch.alterColumn('a', { nullable: false, existingType: sa.Integer() })
      }),
    rows: 'SELECT * FROM t',
    changes: {
      all: ['- t.a INTEGER not null', '- row 1 | 7 | x', '+ t.a INTEGER', '+ row 1 | 7 | y'],
    },
  },
  {
    title: 'batch: the table made anew',
    given: ({ name }) => {
      void createConstrained(name)
      void op.execute('INSERT INTO o (id) VALUES (7)')
      void op.execute("INSERT INTO t (id, a, b) VALUES (1, 7, 'x')")
    },
    run: () =>
      op.batchAlterTable('t', { recreate: 'always' }, (batch) =>
        batch.alterColumn('b', {
          type: sa.String(30),
          existingType: sa.String(20),
          existingNullable: true,
        }),
      ),
    back: () =>
      op.batchAlterTable('t', { recreate: 'always' }, (batch) =>
        batch.alterColumn('b', {
          type: sa.String(20),
          existingType: sa.String(30),
          existingNullable: true,
        }),
      ),
    rows: 'SELECT * FROM t',
    changes: {
      all: ['- t.b VARCHAR(20)', '+ t.b VARCHAR(30)'],
      firebird: {
        refused:
          "Firebird can't rename a table, so a batch can't make 't' anew; leave out recreate: 'always', or create another table, copy the rows with op.execute('INSERT INTO … SELECT …') and drop 't'",
      },
    },
  },
]
