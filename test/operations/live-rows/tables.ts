import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createO, createT } from './given.ts'
import { NO_COMMENTS } from './refusals.ts'
import type { LiveRow } from './row.ts'

export const tableRows: readonly LiveRow[] = [
  {
    title: 'createTable with all that a table can have',
    once: true,
    given: () => createO(),
    run: () =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('name', sa.String(50), { nullable: false, index: true, serverDefault: "it's" }),
        sa.Column('at', sa.DateTime(), { serverDefault: sa.func.now() }),
        sa.Column('o', sa.Integer(), sa.ForeignKey('o.id', { name: 'fk_o', ondelete: 'CASCADE' })),
        sa.Column('doc', sa.Text()),
        sa.UniqueConstraint('name', { name: 'uq_name' }),
        sa.CheckConstraint('o > 0', { name: 'ck_o' }),
        sa.Index('ix_o', 'o', 'name'),
      ),
    changes: {
      postgresql: [
        '+ table t',
        "+ t.id INTEGER not null default nextval('t_id_seq'::regclass) autoincrement",
        "+ t.name VARCHAR(50) not null default 'it''s'::character varying",
        '+ t.at TIMESTAMP WITHOUT TIME ZONE default now()',
        '+ t.o INTEGER',
        '+ t.doc TEXT',
        '+ t: primary key t_pkey(id)',
        '+ t: unique uq_name(name)',
        '+ t: check ck_o(o > 0)',
        '+ t: foreign key fk_o(o) -> o(id) options {"ondelete":"CASCADE"}',
        '+ t: index ix_o(o,name)',
        '+ t: index ix_t_name(name)',
        '+ sequence t_id_seq',
      ],
      mariadb: [
        '+ table t',
        '+ t.id INTEGER not null autoincrement',
        "+ t.name VARCHAR(50) not null default 'it''s'",
        '+ t.at DATETIME default current_timestamp()',
        '+ t.o INTEGER',
        '+ t.doc TEXT',
        '+ t: primary key (id)',
        '+ t: check ck_o(`o` > 0)',
        '+ t: foreign key fk_o(o) -> o(id) options {"ondelete":"CASCADE"}',
        '+ t: index ix_o(o,name)',
        '+ t: index ix_t_name(name)',
        '+ t: unique index uq_name(name)',
      ],
      sqlite: [
        '+ table t',
        '+ t.id INTEGER not null',
        "+ t.name VARCHAR(50) not null default 'it''s'",
        '+ t.at DATETIME default CURRENT_TIMESTAMP',
        '+ t.o INTEGER',
        '+ t.doc TEXT',
        '+ t: primary key (id)',
        '+ t: unique uq_name(name)',
        '+ t: check ck_o(o > 0)',
        '+ t: foreign key fk_o(o) -> o(id) options {"ondelete":"CASCADE"}',
        '+ t: index ix_o(o,name)',
        '+ t: index ix_t_name(name)',
      ],
      firebird: [
        '+ table t',
        '+ t.id INTEGER not null',
        "+ t.name VARCHAR(50) not null default 'it''s'",
        '+ t.at TIMESTAMP default CURRENT_TIMESTAMP',
        '+ t.o INTEGER',
        '+ t.doc BLOB SUB_TYPE 1',
        '+ t: primary key (id)',
        '+ t: unique uq_name(name)',
        '+ t: check ck_o(o > 0)',
        '+ t: foreign key fk_o(o) -> o(id) options {"ondelete":"CASCADE"}',
        '+ t: index ix_o(o,name)',
        '+ t: index ix_t_name(name)',
      ],
    },
  },
  {
    title: 'createTable with comments',
    run: () =>
      op.createTable('t', sa.Column('a', sa.Integer(), { comment: "it's a" }), {
        comment: 'a \\ table',
      }),
    changes: {
      all: ['+ table t comment a \\ table', "+ t.a INTEGER comment it's a"],
      sqlite: ['+ table t', '+ t.a INTEGER', NO_COMMENTS],
    },
  },
  {
    title: 'createTable with a key of two columns, named',
    run: () =>
      op.createTable(
        't',
        sa.Column('a', sa.Integer(), { autoincrement: false }),
        sa.Column('b', sa.String(9)),
        sa.PrimaryKeyConstraint('a', 'b', { name: 'pk_t' }),
      ),
    changes: {
      all: [
        '+ table t',
        '+ t.a INTEGER not null',
        '+ t.b VARCHAR(9) not null',
        '+ t: primary key pk_t(a,b)',
      ],
      mariadb: [
        '+ table t',
        '+ t.a INTEGER not null',
        '+ t.b VARCHAR(9) not null',
        '+ t: primary key (a,b)',
      ],
    },
  },
  {
    title: 'createTable with names that need quotes',
    once: true,
    run: () =>
      op.createTable(
        'Order',
        sa.Column('select', sa.Integer(), { nullable: false }),
        sa.Column('two words', sa.String(9), { index: true }),
        sa.PrimaryKeyConstraint('select', { name: 'pk "x"' }),
      ),
    changes: {
      all: [
        '+ table Order',
        '+ Order.select INTEGER not null',
        '+ Order.two words VARCHAR(9)',
        '+ Order: primary key pk "x"(select)',
        '+ Order: index ix_Order_two words(two words)',
      ],
      postgresql: [
        '+ table Order',
        '+ Order.select INTEGER not null default nextval(\'"Order_select_seq"\'::regclass) autoincrement',
        '+ Order.two words VARCHAR(9)',
        '+ Order: primary key pk "x"(select)',
        '+ Order: index ix_Order_two words(two words)',
        '+ sequence Order_select_seq',
      ],
      mariadb: [
        '+ table Order',
        '+ Order.select INTEGER not null autoincrement',
        '+ Order.two words VARCHAR(9)',
        '+ Order: primary key (select)',
        '+ Order: index ix_Order_two words(two words)',
      ],
    },
  },
  {
    title: 'createTable in a schema',
    once: true,
    run: ({ schema }) =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
        sa.Column('name', sa.String(9), { index: true }),
        { schema },
      ),
    changes: {
      all: [
        '+ table other.t',
        '+ other.t.id INTEGER not null',
        '+ other.t.name VARCHAR(9)',
        '+ other.t: primary key (id)',
        '+ other.t: index ix_other_t_name(name)',
      ],
      postgresql: [
        '+ table other.t',
        '+ other.t.id INTEGER not null',
        '+ other.t.name VARCHAR(9)',
        '+ other.t: primary key t_pkey(id)',
        '+ other.t: index ix_other_t_name(name)',
      ],
      firebird: [
        '+ table t',
        '+ t.id INTEGER not null',
        '+ t.name VARCHAR(9)',
        '+ t: primary key (id)',
        '+ t: index ix_other_t_name(name)',
      ],
    },
  },
  {
    title: 'createTable with a computed column',
    run: () =>
      op.createTable(
        't',
        sa.Column('a', sa.Integer()),
        sa.Column('twice', sa.Integer(), sa.Computed('a * 2')),
      ),
    changes: {
      all: ['+ table t', '+ t.a INTEGER', '+ t.twice INTEGER computed {"sqltext":"a * 2"}'],
      postgresql: [
        '+ table t',
        '+ t.a INTEGER',
        '+ t.twice INTEGER computed {"sqltext":"(a * 2)","persisted":true}',
      ],
      mariadb: ['+ table t', '+ t.a INTEGER', '+ t.twice INTEGER computed {"sqltext":"(`a` * 2)"}'],
    },
  },
  {
    title: 'createTable with a stored computed column',
    run: () =>
      op.createTable(
        't',
        sa.Column('a', sa.Integer()),
        sa.Column('twice', sa.Integer(), sa.Computed('a * 2', { persisted: true })),
      ),
    changes: {
      postgresql: [
        '+ table t',
        '+ t.a INTEGER',
        '+ t.twice INTEGER computed {"sqltext":"(a * 2)","persisted":true}',
      ],
      mariadb: [
        '+ table t',
        '+ t.a INTEGER',
        '+ t.twice INTEGER computed {"sqltext":"(`a` * 2)","persisted":true}',
      ],
      sqlite: [
        '+ table t',
        '+ t.a INTEGER',
        '+ t.twice INTEGER computed {"sqltext":"a * 2","persisted":true}',
      ],
      firebird: {
        refused:
          "Firebird computed columns do not support a persistence method setting; set the 'persisted' flag to null for Firebird",
      },
    },
  },
  {
    title: 'createTable with an identity column',
    run: () =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), sa.Identity({ start: 5 }), {
          primaryKey: true,
        }),
      ),
    changes: {
      postgresql: [
        '+ table t',
        '+ t.id INTEGER not null autoincrement identity {"start":5,"increment":1,"minvalue":1,"maxvalue":2147483647,"cache":1}',
        '+ t: primary key t_pkey(id)',
        '+ sequence t_id_seq',
      ],
      mariadb: ['+ table t', '+ t.id INTEGER not null autoincrement', '+ t: primary key (id)'],
      sqlite: ['+ table t', '+ t.id INTEGER not null', '+ t: primary key (id)'],
      firebird: [
        '+ table t',
        '+ t.id INTEGER not null autoincrement identity {"start":5,"increment":1}',
        '+ t: primary key (id)',
      ],
    },
  },
  {
    title: 'createTable with an identity column that takes no values',
    run: () => op.createTable('t', sa.Column('id', sa.Integer(), sa.Identity({ always: true }))),
    changes: {
      all: ['+ table t', '+ t.id INTEGER not null'],
      postgresql: [
        '+ table t',
        '+ t.id INTEGER not null autoincrement identity {"always":true,"start":1,"increment":1,"minvalue":1,"maxvalue":2147483647,"cache":1}',
        '+ sequence t_id_seq',
      ],
      firebird: {
        refused:
          'Dialect firebird does not support GENERATED ALWAYS AS IDENTITY before version 4; leave it out of sa.Identity(…)',
      },
    },
  },
  {
    title: 'createTable with options of the database',
    run: () =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
        {
          mariadb: { engine: 'MyISAM' },
          sqlite: { withRowid: false, strict: true },
          postgresql: { with: { fillfactor: 70 } },
        },
      ),
    rows: { sqlite: "SELECT wr FROM pragma_table_list WHERE name = 't'" },
    changes: {
      mariadb: [
        '+ table t options {"mariadb":{"engine":"MyISAM"}}',
        '+ t.id INTEGER not null',
        '+ t: primary key (id)',
      ],
      firebird: ['+ table t', '+ t.id INTEGER not null', '+ t: primary key (id)'],
      postgresql: [
        '+ table t options {"postgresql":{"with":{"fillfactor":"70"}}}',
        '+ t.id INTEGER not null',
        '+ t: primary key t_pkey(id)',
      ],
      sqlite: [
        '+ table t options {"sqlite":{"strict":true}}',
        '+ t.id INTEGER not null',
        '+ t: primary key (id)',
        '+ row 1',
      ],
    },
  },
  {
    title: 'createTable with an enumeration',
    run: () =>
      op.createTable(
        't',
        sa.Column('mood', sa.Enum('sad', "it's ok", { name: 'moods', createConstraint: true })),
      ),
    // As with the reference, the type outlives the table.
    back: ({ name }) => {
      void op.dropTable('t')
      if (name === 'postgresql') void op.execute('DROP TYPE moods')
    },
    changes: {
      all: ['+ table t', '+ t.mood VARCHAR(7)', "+ t: check moods(mood IN ('sad', 'it''s ok'))"],
      postgresql: ['+ table t', '+ t.mood moods', "+ enum moods (sad, it's ok)"],
      mariadb: ['+ table t', "+ t.mood ENUM('sad','it''s ok')"],
    },
  },
  {
    title: 'createTable with a boolean and its CHECK',
    run: () =>
      op.createTable('t', sa.Column('yes', sa.Boolean({ createConstraint: true, name: 'ck_yes' }))),
    changes: {
      postgresql: ['+ table t', '+ t.yes BOOLEAN'],
      mariadb: ['+ table t', '+ t.yes TINYINT', '+ t: check ck_yes(`yes` in (0,1))'],
      sqlite: ['+ table t', '+ t.yes BOOLEAN', '+ t: check ck_yes(yes IN (0, 1))'],
      firebird: ['+ table t', '+ t.yes SMALLINT', '+ t: check ck_yes(yes IN (0, 1))'],
    },
  },
  {
    title: 'createTable of a table that is there, ifNotExists',
    given: () => createT(),
    run: () => op.createTable('t', sa.Column('x', sa.Integer()), { ifNotExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      firebird: {
        refused:
          'Dialect firebird has no IF NOT EXISTS; ask sa.inspect() what exists, and call op.createTable() without the option',
      },
    },
  },
  {
    title: 'dropTable by its name',
    given: () => createO(),
    run: () => op.dropTable('o'),
    back: () => createO(),
    changes: {
      all: ['- table o', '- o.id INTEGER not null', '- o: primary key (id)'],
      postgresql: ['- table o', '- o.id INTEGER not null', '- o: primary key o_pkey(id)'],
    },
  },
  {
    title: 'dropTable in a schema',
    given: ({ schema }) => createO({ schema }),
    run: ({ schema }) => op.dropTable('o', { schema }),
    back: ({ schema }) => createO({ schema }),
    changes: {
      all: ['- table other.o', '- other.o.id INTEGER not null', '- other.o: primary key (id)'],
      postgresql: [
        '- table other.o',
        '- other.o.id INTEGER not null',
        '- other.o: primary key o_pkey(id)',
      ],
      firebird: ['- table o', '- o.id INTEGER not null', '- o: primary key (id)'],
    },
  },
  {
    title: 'dropTable of nothing, ifExists',
    run: () => op.dropTable('nowhere', { ifExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      firebird: {
        refused:
          'Dialect firebird has no IF EXISTS; ask sa.inspect() what exists, and call op.dropTable() without the option',
      },
    },
  },
  {
    title: 'renameTable',
    given: () => createO(),
    run: () => op.renameTable('o', 'p'),
    changes: {
      all: [
        '- table o',
        '- o.id INTEGER not null',
        '- o: primary key (id)',
        '+ table p',
        '+ p.id INTEGER not null',
        '+ p: primary key (id)',
      ],
      postgresql: [
        '- table o',
        '- o.id INTEGER not null',
        '- o: primary key o_pkey(id)',
        '+ table p',
        '+ p.id INTEGER not null',
        '+ p: primary key o_pkey(id)',
      ],
      firebird: {
        refused:
          "Firebird can't rename a table ('o' to 'p'); create 'p', copy the rows with op.execute('INSERT INTO … SELECT …') and drop 'o'",
      },
    },
  },
  {
    title: 'renameTable in a schema',
    given: ({ schema }) => createO({ schema }),
    run: ({ schema }) => op.renameTable('o', 'p', { schema }),
    changes: {
      all: [
        '- table other.o',
        '- other.o.id INTEGER not null',
        '- other.o: primary key (id)',
        '+ table other.p',
        '+ other.p.id INTEGER not null',
        '+ other.p: primary key (id)',
      ],
      postgresql: [
        '- table other.o',
        '- other.o.id INTEGER not null',
        '- other.o: primary key o_pkey(id)',
        '+ table other.p',
        '+ other.p.id INTEGER not null',
        '+ other.p: primary key o_pkey(id)',
      ],
      firebird: {
        refused:
          "Firebird can't rename a table ('o' to 'p'); create 'p', copy the rows with op.execute('INSERT INTO … SELECT …') and drop 'o'",
      },
    },
  },
  {
    title: 'createTableComment',
    given: () => createO(),
    run: () => op.createTableComment('o', "it's"),
    changes: { all: ['- table o', "+ table o comment it's"], sqlite: [NO_COMMENTS] },
  },
  {
    title: 'createTableComment in place of another, in a schema',
    given: ({ schema }) => {
      void createO({ schema })
      void op.createTableComment('o', 'old', { schema })
    },
    run: ({ schema }) => op.createTableComment('o', 'new', { existingComment: 'old', schema }),
    changes: {
      all: ['- table other.o comment old', '+ table other.o comment new'],
      sqlite: [NO_COMMENTS],
      firebird: ['- table o comment old', '+ table o comment new'],
    },
  },
  {
    title: 'dropTableComment',
    given: () => {
      void createO()
      void op.createTableComment('o', 'old')
    },
    run: () => op.dropTableComment('o', { existingComment: 'old' }),
    changes: { all: ['- table o comment old', '+ table o'], sqlite: [NO_COMMENTS] },
  },
  {
    title: 'CreateSequence and DropSequence',
    run: () => op.execute(sa.CreateSequence(sa.Sequence('numbers', { start: 5 }))),
    back: () => op.execute(sa.DropSequence(sa.Sequence('numbers'))),
    changes: {
      all: ['+ sequence numbers'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for createSequence; an INTEGER primary key numbers itself',
      },
    },
  },
  {
    title: 'CreateSchema and DropSchema',
    run: ({ schema }) => op.execute(sa.CreateSchema(`${schema}_2`)),
    back: ({ schema }) => op.execute(sa.DropSchema(`${schema}_2`)),
    changes: {
      all: ['+ schema other_2'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for createSchema; ATTACH DATABASE makes another file a schema',
      },
      firebird: {
        refused:
          'Dynamic SQL Error, SQL error code = -104, Token unknown - line 1, column 15, other_2 [SQL: CREATE SCHEMA other_2]',
      },
    },
  },
]
