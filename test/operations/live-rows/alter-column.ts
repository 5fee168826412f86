import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createT } from './given.ts'
import { byBatch } from './refusals.ts'
import type { LiveRow } from './row.ts'

const createDefaulted = () =>
  op.createTable(
    't',
    sa.Column('a', sa.Integer()),
    sa.Column('c', sa.String(9), { serverDefault: 'x' }),
  )
const string20 = { existingType: sa.String(20), existingNullable: true }

export const alterColumnRows: readonly LiveRow[] = [
  {
    title: 'alterColumn: a longer type',
    given: () => createT(),
    run: () => op.alterColumn('t', 'b', { type: sa.String(30), ...string20 }),
    changes: {
      all: ['- t.b VARCHAR(20)', '+ t.b VARCHAR(30)'],
      sqlite: byBatch("change a column's type"),
      firebird: {
        changes: ['- t.b VARCHAR(20)', '+ t.b VARCHAR(30)'],
        irreversible:
          'Unsuccessful metadata update, ALTER TABLE T failed, New size specified for column B must be at least 30 characters [SQL: ALTER TABLE t ALTER b TYPE VARCHAR(20)]',
      },
    },
  },
  {
    title: 'alterColumn: another type',
    given: () => {
      void createT()
      void op.execute("INSERT INTO t (id, a, b) VALUES (1, 7, '7')")
    },
    run: () =>
      op.alterColumn('t', 'a', {
        type: sa.String(11),
        existingType: sa.Integer(),
        existingNullable: false,
        postgresql: { using: 'a::varchar' },
      }),
    back: () =>
      op.alterColumn('t', 'a', {
        type: sa.Integer(),
        existingType: sa.String(11),
        existingNullable: false,
        postgresql: { using: 'a::integer' },
      }),
    rows: 'SELECT * FROM t',
    changes: {
      all: ['- t.a INTEGER not null', '+ t.a VARCHAR(11) not null'],
      sqlite: byBatch("change a column's type"),
      firebird: {
        changes: ['- t.a INTEGER not null', '+ t.a VARCHAR(11) CHARACTER SET NONE not null'],
        irreversible:
          'Unsuccessful metadata update, ALTER TABLE T failed, Cannot change datatype for column A from a character type to a non-character type [SQL: ALTER TABLE t ALTER a TYPE INTEGER]',
      },
    },
  },
  {
    title: 'alterColumn: NOT NULL',
    given: () => createT(),
    run: () => op.alterColumn('t', 'b', { nullable: false, ...string20 }),
    changes: {
      all: ['- t.b VARCHAR(20)', '+ t.b VARCHAR(20) not null'],
      sqlite: byBatch('change whether a column is nullable'),
    },
  },
  {
    title: 'alterColumn: NULL',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'a', {
        nullable: true,
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    changes: {
      all: ['- t.a INTEGER not null', '+ t.a INTEGER'],
      sqlite: byBatch('change whether a column is nullable'),
    },
  },
  {
    title: 'alterColumn: a default',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'b', { serverDefault: "it's", existingServerDefault: null, ...string20 }),
    changes: {
      all: ['- t.b VARCHAR(20)', "+ t.b VARCHAR(20) default 'it''s'"],
      postgresql: ['- t.b VARCHAR(20)', "+ t.b VARCHAR(20) default 'it''s'::character varying"],
      sqlite: byBatch("change a column's default"),
    },
  },
  {
    title: 'alterColumn: an expression as default',
    given: () => op.createTable('t', sa.Column('at', sa.DateTime())),
    run: () =>
      op.alterColumn('t', 'at', {
        serverDefault: sa.func.now(),
        existingServerDefault: null,
        existingType: sa.DateTime(),
        existingNullable: true,
      }),
    changes: {
      postgresql: [
        '- t.at TIMESTAMP WITHOUT TIME ZONE',
        '+ t.at TIMESTAMP WITHOUT TIME ZONE default now()',
      ],
      mariadb: ['- t.at DATETIME', '+ t.at DATETIME default current_timestamp()'],
      sqlite: byBatch("change a column's default"),
      firebird: ['- t.at TIMESTAMP', '+ t.at TIMESTAMP default CURRENT_TIMESTAMP'],
    },
  },
  {
    title: 'alterColumn: another default',
    given: () => createDefaulted(),
    run: () =>
      op.alterColumn('t', 'c', {
        serverDefault: 'y',
        existingServerDefault: 'x',
        existingType: sa.String(9),
        existingNullable: true,
      }),
    changes: {
      all: ["- t.c VARCHAR(9) default 'x'", "+ t.c VARCHAR(9) default 'y'"],
      postgresql: [
        "- t.c VARCHAR(9) default 'x'::character varying",
        "+ t.c VARCHAR(9) default 'y'::character varying",
      ],
      sqlite: byBatch("change a column's default"),
    },
  },
  {
    title: 'alterColumn: no default',
    given: () => createDefaulted(),
    run: () =>
      op.alterColumn('t', 'c', {
        serverDefault: null,
        existingServerDefault: 'x',
        existingType: sa.String(9),
        existingNullable: true,
      }),
    changes: {
      all: ["- t.c VARCHAR(9) default 'x'", '+ t.c VARCHAR(9)'],
      postgresql: ["- t.c VARCHAR(9) default 'x'::character varying", '+ t.c VARCHAR(9)'],
      sqlite: byBatch("change a column's default"),
    },
  },
  {
    title: 'alterColumn: another name',
    given: () => createT(),
    run: () => op.alterColumn('t', 'b', { newColumnName: 'Other Name', ...string20 }),
    changes: { all: ['- t.b VARCHAR(20)', '+ t.Other Name VARCHAR(20)'] },
  },
  {
    title: 'alterColumn: a comment',
    given: () => createT(),
    run: () => op.alterColumn('t', 'b', { comment: "it's", existingComment: null, ...string20 }),
    changes: {
      all: ['- t.b VARCHAR(20)', "+ t.b VARCHAR(20) comment it's"],
      sqlite: byBatch("set a column's comment (SQLite has no comments)"),
    },
  },
  {
    title: 'alterColumn: another comment, and none',
    given: ({ name }) => {
      void createT()
      if (name === 'sqlite') return
      void op.alterColumn('t', 'b', { comment: 'old', existingComment: null, ...string20 })
    },
    run: async () => {
      await op.alterColumn('t', 'b', { comment: 'new', existingComment: 'old', ...string20 })
      await op.alterColumn('t', 'b', { comment: null, existingComment: 'new', ...string20 })
    },
    changes: {
      all: ['- t.b VARCHAR(20) comment old', '+ t.b VARCHAR(20)'],
      sqlite: byBatch("set a column's comment (SQLite has no comments)"),
    },
  },
  {
    title: 'alterColumn: everything at once, in a schema',
    given: ({ schema }) => createT({ schema }),
    // Firebird makes no type shorter again.
    run: ({ name, schema }) =>
      op.alterColumn('t', 'b', {
        ...(name === 'firebird' ? {} : { type: sa.String(30) }),
        nullable: false,
        serverDefault: 'x',
        comment: 'c',
        newColumnName: 'd',
        existingServerDefault: null,
        existingComment: null,
        ...string20,
        schema,
      }),
    changes: {
      postgresql: [
        '- other.t.b VARCHAR(20)',
        "+ other.t.d VARCHAR(30) not null default 'x'::character varying comment c",
      ],
      mariadb: [
        '- other.t.b VARCHAR(20)',
        "+ other.t.d VARCHAR(30) not null default 'x' comment c",
      ],
      sqlite: byBatch('change whether a column is nullable'),
      firebird: ['- t.b VARCHAR(20)', "+ t.d VARCHAR(20) not null default 'x' comment c"],
    },
  },
  {
    title: 'alterColumn: the expression of a computed column',
    given: () =>
      op.createTable(
        't',
        sa.Column('a', sa.Integer()),
        sa.Column('c', sa.Integer(), sa.Computed('a * 2')),
      ),
    run: () =>
      op.alterColumn('t', 'c', {
        serverDefault: sa.Computed('a * 3'),
        existingServerDefault: sa.Computed('a * 2'),
        existingType: sa.Integer(),
      }),
    changes: {
      all: {
        refused:
          'Adding or removing a "computed" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported.',
      },
      firebird: [
        '- t.c INTEGER computed {"sqltext":"a * 2"}',
        '+ t.c INTEGER computed {"sqltext":"a * 3"}',
      ],
    },
  },
  {
    title: 'alterColumn: a plain column into a computed one',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'a', {
        serverDefault: sa.Computed('id * 3'),
        existingServerDefault: null,
        existingType: sa.Integer(),
      }),
    changes: {
      all: {
        refused:
          'Adding or removing a "computed" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported.',
      },
    },
  },
  {
    title: 'alterColumn: numbers itself',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'a', {
        serverDefault: sa.Identity({ always: true, start: 10 }),
        existingServerDefault: null,
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    changes: {
      all: {
        refused:
          'Adding, removing or modifying an "identity" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not supported in this dialect.',
      },
      postgresql: [
        '- t.a INTEGER not null',
        '+ t.a INTEGER not null autoincrement identity {"always":true,"start":10,"increment":1,"minvalue":1,"maxvalue":2147483647,"cache":1}',
        '+ sequence t_a_seq',
      ],
    },
  },
  {
    title: 'alterColumn: numbers itself otherwise',
    given: () => op.createTable('t', sa.Column('a', sa.Integer(), sa.Identity({ start: 10 }))),
    run: () =>
      op.alterColumn('t', 'a', {
        serverDefault: sa.Identity({ always: true, start: 10, increment: 5 }),
        existingServerDefault: sa.Identity({ always: false, start: 10, increment: 1 }),
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    changes: {
      all: {
        refused:
          'Adding, removing or modifying an "identity" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not supported in this dialect.',
      },
      postgresql: [
        '- t.a INTEGER not null autoincrement identity {"start":10,"increment":1,"minvalue":1,"maxvalue":2147483647,"cache":1}',
        '+ t.a INTEGER not null autoincrement identity {"always":true,"start":10,"increment":5,"minvalue":1,"maxvalue":2147483647,"cache":1}',
      ],
    },
  },
  {
    title: 'alterColumn: autoincrement',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'id', {
        autoincrement: true,
        existingAutoincrement: false,
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    changes: {
      postgresql: ['! autoincrement and existingAutoincrement have no meaning on postgresql'],
      mariadb: ['- t.id INTEGER not null', '+ t.id INTEGER not null autoincrement'],
      sqlite: ['! autoincrement and existingAutoincrement have no meaning on sqlite'],
      firebird: ['! autoincrement and existingAutoincrement have no meaning on firebird'],
    },
  },
  {
    title: 'alterColumn of a column that is not there',
    given: () => createT(),
    run: () =>
      op.alterColumn('t', 'missing', {
        newColumnName: 'd',
        existingType: sa.Integer(),
        existingNullable: true,
      }),
    changes: {
      postgresql: {
        refused: 'column "missing" does not exist [SQL: ALTER TABLE t RENAME missing TO d]',
      },
      mariadb: {
        refused:
          "Unknown column 'missing' in 't' [SQL: ALTER TABLE t CHANGE missing d INTEGER NULL]",
      },
      sqlite: {
        refused: 'no such column: "missing" [SQL: ALTER TABLE t RENAME COLUMN missing TO d]',
      },
      firebird: {
        refused:
          'Unsuccessful metadata update, ALTER TABLE T failed, column MISSING does not exist in table/view T [SQL: ALTER TABLE t ALTER missing TO d]',
      },
    },
  },
]
