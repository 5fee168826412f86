import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createBoth, createT } from './given.ts'
import { CONSTRAINTS_BY_BATCH, NO_COMMENTS } from './refusals.ts'
import type { LiveRow } from './row.ts'

export const columnRows: readonly LiveRow[] = [
  {
    title: 'addColumn',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.String(9))),
    changes: { all: ['+ t.c VARCHAR(9)'] },
  },
  {
    title: 'addColumn that must have a value, with a default',
    given: () => createT(),
    run: () =>
      op.addColumn('t', sa.Column('c', sa.String(9), { serverDefault: 'x', nullable: false })),
    changes: {
      all: ["+ t.c VARCHAR(9) not null default 'x'"],
      postgresql: ["+ t.c VARCHAR(9) not null default 'x'::character varying"],
    },
  },
  {
    title: 'addColumn to rows that are there: they have its default',
    given: () => {
      void createT()
      void op.execute('INSERT INTO t (id, a) VALUES (1, 1)')
    },
    run: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), { serverDefault: '7', nullable: false })),
    rows: 'SELECT * FROM t',
    changes: {
      all: ['- row 1 | 1 | null', '+ t.c INTEGER not null default 7', '+ row 1 | 1 | null | 7'],
      sqlite: [
        '- row 1 | 1 | null',
        "+ t.c INTEGER not null default '7'",
        '+ row 1 | 1 | null | 7',
      ],
      firebird: [
        '- row 1 | 1 | null',
        "+ t.c INTEGER not null default '7'",
        '+ row 1 | 1 | null | 7',
      ],
    },
  },
  {
    title: 'addColumn without a default to rows that are there',
    given: () => {
      void createT()
      void op.execute('INSERT INTO t (id, a) VALUES (1, 1)')
    },
    run: () => op.addColumn('t', sa.Column('c', sa.String(9), { nullable: false })),
    rows: 'SELECT * FROM t',
    changes: {
      postgresql: {
        refused:
          'column "c" of relation "t" contains null values [SQL: ALTER TABLE t ADD COLUMN c VARCHAR(9) NOT NULL]',
      },
      mariadb: ['- row 1 | 1 | null', '+ t.c VARCHAR(9) not null', '+ row 1 | 1 | null | '],
      sqlite: {
        refused:
          'Cannot add a NOT NULL column with default value NULL [SQL: ALTER TABLE t ADD COLUMN c VARCHAR(9) NOT NULL]',
      },
      firebird: {
        refused:
          'Unsuccessful metadata update, Cannot make field C of table T NOT NULL because there are NULLs present [SQL: ALTER TABLE t ADD c VARCHAR(9) NOT NULL]',
      },
    },
  },
  {
    title: 'addColumn with an index',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.Integer(), { index: true })),
    changes: {
      postgresql: ['+ t.c INTEGER', '+ t: index ix_t_c(c)'],
      mariadb: ['+ t.c INTEGER', '+ t: index ix_t_c(c)'],
      sqlite: {
        changes: ['+ t.c INTEGER', '+ t: index ix_t_c(c)'],
        irreversible:
          'error in index ix_t_c after drop column: no such column: c [SQL: ALTER TABLE t DROP COLUMN c]',
      },
      firebird: {
        changes: ['+ t.c INTEGER', '+ t: index ix_t_c(c)'],
        irreversible:
          'Unsuccessful metadata update, ALTER TABLE T failed, Unknow error [SQL: ALTER TABLE t DROP c]',
      },
    },
  },
  {
    title: 'addColumn unique',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.Integer(), { unique: true })),
    changes: {
      postgresql: ['+ t.c INTEGER', '+ t: unique t_c_key(c)'],
      mariadb: ['+ t.c INTEGER', '+ t: unique index c(c)'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: ['+ t.c INTEGER', '+ t: unique (c)'],
    },
  },
  {
    title: 'addColumn with a foreign key',
    given: () => createBoth(),
    run: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { name: 'fk_c' }))),
    changes: {
      all: ['+ t.c INTEGER', '+ t: foreign key fk_c(c) -> o(id)'],
      mariadb: {
        changes: ['+ t.c INTEGER', '+ t: foreign key fk_c(c) -> o(id)', '+ t: index fk_c(c)'],
        irreversible:
          "Cannot drop index 'fk_c': needed in a foreign key constraint [SQL: ALTER TABLE t DROP COLUMN c]",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'addColumn with REFERENCES behind it',
    once: true,
    given: () => createBoth(),
    run: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), sa.ForeignKey('o.id')), {
        inlineReferences: true,
      }),
    changes: {
      all: ['+ t.c INTEGER', '+ t: foreign key (c) -> o(id)'],
      postgresql: ['+ t.c INTEGER', '+ t: foreign key t_c_fkey(c) -> o(id)'],
      mariadb: {
        changes: ['+ t.c INTEGER', '+ t: foreign key t_ibfk_1(c) -> o(id)', '+ t: index c(c)'],
        irreversible:
          "Cannot drop index 'c': needed in a foreign key constraint [SQL: ALTER TABLE t DROP COLUMN c]",
      },
    },
  },
  {
    title: 'addColumn with PRIMARY KEY behind it',
    once: true,
    given: () => op.createTable('t', sa.Column('a', sa.Integer())),
    run: () =>
      op.addColumn('t', sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }), {
        inlinePrimaryKey: true,
      }),
    changes: {
      all: ['+ t.id INTEGER not null', '+ t: primary key (id)'],
      postgresql: ['+ t.id INTEGER not null', '+ t: primary key t_pkey(id)'],
      sqlite: {
        refused:
          'Cannot add a PRIMARY KEY column [SQL: ALTER TABLE t ADD COLUMN id INTEGER NOT NULL PRIMARY KEY]',
      },
    },
  },
  {
    title: 'addColumn of a boolean with its CHECK',
    given: () => createT(),
    run: () =>
      op.addColumn('t', sa.Column('c', sa.Boolean({ createConstraint: true, name: 'ck_c' }))),
    changes: {
      postgresql: ['+ t.c BOOLEAN'],
      mariadb: ['+ t.c TINYINT', '+ t: check ck_c(`c` in (0,1))'],
      sqlite: [
        '+ t.c BOOLEAN',
        '! Skipping unsupported ALTER for creation of implicit constraint. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.',
      ],
      firebird: ['+ t.c SMALLINT', '+ t: check ck_c(c IN (0, 1))'],
    },
  },
  {
    title: 'addColumn with a comment',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.Integer(), { comment: "it's" })),
    changes: { all: ["+ t.c INTEGER comment it's"], sqlite: ['+ t.c INTEGER', NO_COMMENTS] },
  },
  {
    title: 'addColumn computed',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.Integer(), sa.Computed('a * 2'))),
    changes: {
      all: ['+ t.c INTEGER computed {"sqltext":"a * 2"}'],
      postgresql: ['+ t.c INTEGER computed {"sqltext":"(a * 2)","persisted":true}'],
      mariadb: ['+ t.c INTEGER computed {"sqltext":"(`a` * 2)"}'],
    },
  },
  {
    title: 'addColumn computed and stored',
    given: () => createT(),
    run: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), sa.Computed('a * 2', { persisted: true }))),
    changes: {
      postgresql: ['+ t.c INTEGER computed {"sqltext":"(a * 2)","persisted":true}'],
      mariadb: ['+ t.c INTEGER computed {"sqltext":"(`a` * 2)","persisted":true}'],
      sqlite: ['+ t.c INTEGER computed {"sqltext":"a * 2","persisted":true}'],
      firebird: {
        refused:
          "Firebird computed columns do not support a persistence method setting; set the 'persisted' flag to null for Firebird",
      },
    },
  },
  {
    title: 'addColumn that numbers itself',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('c', sa.Integer(), sa.Identity())),
    changes: {
      all: ['+ t.c INTEGER not null'],
      postgresql: [
        '+ t.c INTEGER not null autoincrement identity {"start":1,"increment":1,"minvalue":1,"maxvalue":2147483647,"cache":1}',
        '+ sequence t_c_seq',
      ],
      firebird: ['+ t.c INTEGER not null autoincrement identity {"start":0,"increment":1}'],
    },
  },
  {
    title: 'addColumn in a schema',
    given: ({ schema }) => createT({ schema }),
    run: ({ schema }) =>
      op.addColumn('t', sa.Column('c', sa.Integer(), { index: true }), { schema }),
    changes: {
      postgresql: ['+ other.t.c INTEGER', '+ other.t: index ix_other_t_c(c)'],
      mariadb: ['+ other.t.c INTEGER', '+ other.t: index ix_other_t_c(c)'],
      sqlite: {
        changes: ['+ other.t.c INTEGER', '+ other.t: index ix_other_t_c(c)'],
        irreversible:
          'error in index ix_other_t_c after drop column: no such column: c [SQL: ALTER TABLE other.t DROP COLUMN c]',
      },
      firebird: {
        changes: ['+ t.c INTEGER', '+ t: index ix_other_t_c(c)'],
        irreversible:
          'Unsuccessful metadata update, ALTER TABLE T failed, Unknow error [SQL: ALTER TABLE t DROP c]',
      },
    },
  },
  {
    title: 'addColumn that is there, ifNotExists',
    given: () => createT(),
    run: () => op.addColumn('t', sa.Column('b', sa.Integer()), { ifNotExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      sqlite: {
        refused:
          'near "EXISTS": syntax error [SQL: ALTER TABLE t ADD COLUMN IF NOT EXISTS b INTEGER]',
      },
      firebird: {
        refused:
          'Dialect firebird has no IF NOT EXISTS in ALTER TABLE; ask sa.inspect() what exists, and call op.addColumn() without the option',
      },
    },
  },
  {
    title: 'dropColumn by its name',
    given: () => createT(),
    run: () => op.dropColumn('t', 'b'),
    back: () => op.addColumn('t', sa.Column('b', sa.String(20))),
    changes: { all: ['- t.b VARCHAR(20)'] },
  },
  {
    title: 'dropColumn in a schema',
    given: ({ schema }) => createT({ schema }),
    run: ({ schema }) => op.dropColumn('t', 'b', { schema }),
    back: ({ schema }) => op.addColumn('t', sa.Column('b', sa.String(20)), { schema }),
    changes: { all: ['- other.t.b VARCHAR(20)'], firebird: ['- t.b VARCHAR(20)'] },
  },
  {
    title: 'dropColumn that is not there, ifExists',
    given: () => createT(),
    run: () => op.dropColumn('t', 'c', { ifExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      sqlite: {
        refused: 'near "EXISTS": syntax error [SQL: ALTER TABLE t DROP COLUMN IF EXISTS c]',
      },
      firebird: {
        refused:
          'Dialect firebird has no IF EXISTS in ALTER TABLE; ask sa.inspect() what exists, and call op.dropColumn() without the option',
      },
    },
  },
]
