import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createT } from './given.ts'
import type { LiveRow } from './row.ts'

const createWithIndex = (schema?: string) => {
  void createT(schema === undefined ? {} : { schema })
  void op.createIndex('ix', 't', ['a'], schema === undefined ? {} : { schema })
}

export const indexRows: readonly LiveRow[] = [
  {
    title: 'createIndex',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', ['a', 'b']),
    changes: {
      all: ['+ t: index ix(a,b)'],
      postgresql: ['+ t: index ix(a,b)'],
    },
  },
  {
    title: 'createIndex, unique, in a schema',
    given: ({ schema }) => createT({ schema }),
    run: ({ schema }) => op.createIndex('ix', 't', ['a'], { unique: true, schema }),
    changes: {
      all: ['+ other.t: unique index ix(a)'],
      postgresql: ['+ other.t: unique index ix(a)'],
      firebird: ['+ t: unique index ix(a)'],
    },
  },
  {
    title: 'createIndex, unique, on rows that are not',
    given: () => {
      void createT()
      void op.execute('INSERT INTO t (id, a) VALUES (1, 1)')
      void op.execute('INSERT INTO t (id, a) VALUES (2, 1)')
    },
    run: () => op.createIndex('ix', 't', ['a'], { unique: true }),
    changes: {
      postgresql: {
        refused: 'could not create unique index "ix" [SQL: CREATE UNIQUE INDEX ix ON t (a)]',
      },
      mariadb: {
        refused: "Duplicate entry '1' for key 'ix' [SQL: CREATE UNIQUE INDEX ix ON t (a)]",
      },
      sqlite: { refused: 'UNIQUE constraint failed: t.a [SQL: CREATE UNIQUE INDEX ix ON t (a)]' },
      firebird: {
        refused:
          'Attempt to store duplicate value ( visible to active transactions ) in unique index "IX", Problematic key value is ("A" = 1) [SQL: CREATE UNIQUE INDEX ix ON t (a)]',
      },
    },
  },
  {
    title: 'createIndex without a name',
    given: () => createT(),
    run: () => op.createIndex(null, 't', ['a']),
    changes: {
      all: ['+ t: index ix_t_a(a)'],
      postgresql: ['+ t: index ix_t_a(a)'],
    },
  },
  {
    title: 'createIndex on an expression',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', [sa.text('upper(b)')]),
    changes: {
      all: ['+ t: index ix(upper(b))'],
      postgresql: ['+ t: index ix(upper(b::text))'],
      mariadb: {
        refused:
          "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'b))' at line 1 [SQL: CREATE INDEX ix ON t (upper(b))]",
      },
    },
  },
  {
    title: 'createIndex on an expression and a column',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', [sa.func.upper(sa.column('b')), 'a'], { unique: true }),
    changes: {
      postgresql: ['+ t: unique index ix(upper(b::text),a)'],
      mariadb: {
        refused:
          "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '(upper(b)), a)' at line 1 [SQL: CREATE UNIQUE INDEX ix ON t ((upper(b)), a)]",
      },
      sqlite: ['+ t: unique index ix(upper(b),a)'],
      firebird: {
        refused:
          "Firebird has either columns in an index, or a single expression; make two indexes (index 'ix')",
      },
    },
  },
  {
    title: 'createIndex, descending',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', [sa.column('a').desc(), 'b']),
    changes: {
      all: ['+ t: index ix(a,b) sorting {"a":["desc"]}'],
      postgresql: ['+ t: index ix(a,b) sorting {"a":["desc"]}'],
      firebird: {
        refused:
          "Firebird has all columns of an index in one direction; make two indexes (index 'ix')",
      },
    },
  },
  {
    title: 'createIndex, descending as a whole',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', ['a'], { firebird: { descending: true } }),
    changes: {
      all: ['+ t: index ix(a)'],
      postgresql: ['+ t: index ix(a)'],
      firebird: ['+ t: index ix(a) options {"firebird":{"descending":true}}'],
    },
  },
  {
    title: 'createIndex of some rows',
    given: () => createT(),
    run: () =>
      op.createIndex('ix', 't', ['a'], {
        unique: true,
        postgresql: { where: sa.text('a > 5') },
        sqlite: { where: sa.text('a > 5') },
      }),
    changes: {
      all: ['+ t: unique index ix(a)'],
      postgresql: ['+ t: unique index ix(a) options {"postgresql":{"where":"(a > 5)"}}'],
      sqlite: [
        '+ t: unique index ix(a) options {"sqlite":{"where":{"kind":"text","text":"a > 5"}}}',
      ],
    },
  },
  {
    title: 'createIndex by another method',
    given: () => createT(),
    run: () => op.createIndex('ix', 't', ['a'], { postgresql: { using: 'hash' } }),
    changes: {
      all: ['+ t: index ix(a)'],
      postgresql: ['+ t: index ix(a) options {"postgresql":{"using":"hash"}}'],
    },
  },
  {
    title: 'createIndex with further columns and the length of a prefix',
    given: () => createT(),
    run: () =>
      op.createIndex('ix', 't', ['b'], { postgresql: { include: ['a'] }, mariadb: { length: 5 } }),
    changes: {
      all: ['+ t: index ix(b)'],
      mariadb: ['+ t: index ix(b) options {"mariadb":{"length":{"b":5}}}'],
      postgresql: ['+ t: index ix(b) include ["a"] options {"postgresql":{"include":["a"]}}'],
    },
  },
  {
    title: 'createIndex that is there, ifNotExists',
    given: () => createWithIndex(),
    run: () => op.createIndex('ix', 't', ['b'], { ifNotExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      firebird: {
        refused:
          'Dialect firebird has no IF NOT EXISTS; ask sa.inspect() what exists, and call op.createIndex() without the option',
      },
    },
  },
  {
    title: 'createIndex concurrently',
    given: () => createT(),
    run: () =>
      op.getContext().autocommitBlock(async () => {
        await op.createIndex('ix', 't', ['a'], { postgresql: { concurrently: true } })
      }),
    back: () => op.dropIndex('ix', 't'),
    changes: {
      all: ['+ t: index ix(a)'],
      postgresql: ['+ t: index ix(a)'],
    },
  },
  {
    title: 'dropIndex by its name',
    given: () => createWithIndex(),
    run: () => op.dropIndex('ix', 't'),
    back: () => op.createIndex('ix', 't', ['a']),
    changes: {
      all: ['- t: index ix(a)'],
      postgresql: ['- t: index ix(a)'],
    },
  },
  {
    title: 'dropIndex in a schema',
    given: ({ schema }) => createWithIndex(schema),
    run: ({ schema }) => op.dropIndex('ix', 't', { schema }),
    back: ({ schema }) => op.createIndex('ix', 't', ['a'], { schema }),
    changes: {
      all: ['- other.t: index ix(a)'],
      postgresql: ['- other.t: index ix(a)'],
      firebird: ['- t: index ix(a)'],
    },
  },
  {
    title: 'dropIndex that is not there, ifExists',
    given: () => createT(),
    run: () => op.dropIndex('ix', 't', { ifExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      firebird: {
        refused:
          'Dialect firebird has no IF EXISTS; ask sa.inspect() what exists, and call op.dropIndex() without the option',
      },
    },
  },
]
