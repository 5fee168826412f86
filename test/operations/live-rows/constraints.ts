import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createO, createT } from './given.ts'
import { CONSTRAINTS_BY_BATCH } from './refusals.ts'
import type { LiveRow } from './row.ts'

/** MariaDB makes an index for a foreign key that has none, and leaves it behind. */
const createIndexed = (schema?: string) => {
  const options = schema === undefined ? {} : { schema }
  void createO(options)
  void createT(options)
  void op.createIndex('ix_a', 't', ['a'], options)
}
const createConstrained = () => {
  void createO()
  return op.createTable(
    't',
    sa.Column('a', sa.Integer(), { nullable: false, autoincrement: false }),
    sa.Column('b', sa.String(9), { nullable: false }),
    sa.PrimaryKeyConstraint('a', { name: 'pk' }),
    sa.UniqueConstraint('b', { name: 'uq' }),
    sa.ForeignKeyConstraint(['a'], ['o.id'], { name: 'fk' }),
    sa.CheckConstraint('a > 5', { name: 'ck' }),
  )
}
const createKeyless = () =>
  op.createTable(
    't',
    sa.Column('a', sa.Integer(), { nullable: false }),
    sa.Column('b', sa.String(9), { nullable: false }),
  )

export const constraintRows: readonly LiveRow[] = [
  {
    title: 'createPrimaryKey',
    given: () => createKeyless(),
    run: () => op.createPrimaryKey('pk', 't', ['a', 'b']),
    changes: {
      all: ['+ t: primary key pk(a,b)'],
      mariadb: ['+ t: primary key (a,b)'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'createUniqueConstraint',
    given: () => createT(),
    run: () => op.createUniqueConstraint('uq', 't', ['a', 'b']),
    changes: {
      postgresql: ['+ t: unique uq(a,b)'],
      mariadb: ['+ t: unique index uq(a,b)'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: ['+ t: unique uq(a,b)'],
    },
  },
  {
    title: 'createUniqueConstraint, deferred',
    given: () => createT(),
    run: () =>
      op.createUniqueConstraint('uq', 't', ['a'], { deferrable: true, initially: 'DEFERRED' }),
    rows: {
      postgresql: "SELECT condeferrable, condeferred FROM pg_constraint WHERE conname = 'uq'",
    },
    changes: {
      postgresql: ['+ t: unique uq(a)', '+ row true | true'],
      mariadb: {
        refused:
          "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'INITIALLY DEFERRED' at line 1 [SQL: ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE INITIALLY DEFERRED]",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: {
        refused:
          'Dynamic SQL Error, SQL error code = -104, Token unknown - line 1, column 44, DEFERRABLE [SQL: ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE INITIALLY DEFERRED]',
      },
    },
  },
  {
    title: 'createUniqueConstraint in a schema',
    given: ({ schema }) => createT({ schema }),
    run: ({ schema }) => op.createUniqueConstraint('uq', 't', ['a'], { schema }),
    changes: {
      postgresql: ['+ other.t: unique uq(a)'],
      mariadb: ['+ other.t: unique index uq(a)'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: ['+ t: unique uq(a)'],
    },
  },
  {
    title: 'createUniqueConstraint on rows that are not',
    given: () => {
      void createT()
      void op.execute('INSERT INTO t (id, a) VALUES (1, 1)')
      void op.execute('INSERT INTO t (id, a) VALUES (2, 1)')
    },
    run: () => op.createUniqueConstraint('uq', 't', ['a']),
    changes: {
      postgresql: {
        refused:
          'could not create unique index "uq" [SQL: ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a)]',
      },
      mariadb: {
        refused:
          "Duplicate entry '1' for key 'uq' [SQL: ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a)]",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: {
        refused:
          'Violation of PRIMARY or UNIQUE KEY constraint "UQ" on table "T", Problematic key value is ("A" = 1) [SQL: ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a)]',
      },
    },
  },
  {
    title: 'createForeignKey',
    given: () => createIndexed(),
    run: () => op.createForeignKey('fk', 't', 'o', ['a'], ['id'], { ondelete: 'CASCADE' }),
    changes: {
      all: ['+ t: foreign key fk(a) -> o(id) options {"ondelete":"CASCADE"}'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'createForeignKey, ON UPDATE',
    given: () => createIndexed(),
    run: () =>
      op.createForeignKey('fk', 't', 'o', ['a'], ['id'], {
        onupdate: 'CASCADE',
        ondelete: 'NO ACTION',
      }),
    changes: {
      all: ['+ t: foreign key fk(a) -> o(id) options {"onupdate":"CASCADE"}'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: [
        '+ t: foreign key fk(a) -> o(id) options {"onupdate":"CASCADE","ondelete":"NO ACTION"}',
      ],
    },
  },
  {
    title: 'createForeignKey, deferred',
    given: () => createIndexed(),
    run: () =>
      op.createForeignKey('fk', 't', 'o', ['a'], ['id'], {
        deferrable: true,
        initially: 'DEFERRED',
      }),
    changes: {
      postgresql: [
        '+ t: foreign key fk(a) -> o(id) options {"initially":"DEFERRED","deferrable":true}',
      ],
      mariadb: {
        refused:
          "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'DEFERRABLE INITIALLY DEFERRED' at line 1 [SQL: ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED]",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: {
        refused:
          'Dynamic SQL Error, SQL error code = -104, Token unknown - line 1, column 66, DEFERRABLE [SQL: ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED]',
      },
    },
  },
  {
    title: 'createForeignKey to the table itself',
    given: () => createIndexed(),
    run: () => op.createForeignKey('fk', 't', 't', ['a'], ['id']),
    changes: { all: ['+ t: foreign key fk(a) -> t(id)'], sqlite: CONSTRAINTS_BY_BATCH },
  },
  {
    title: 'createForeignKey in a schema',
    given: ({ schema }) => createIndexed(schema),
    run: ({ schema }) =>
      op.createForeignKey('fk', 't', 'o', ['a'], ['id'], {
        sourceSchema: schema,
        referentSchema: schema,
      }),
    changes: {
      all: ['+ other.t: foreign key fk(a) -> other.o(id)'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: ['+ t: foreign key fk(a) -> o(id)'],
    },
  },
  {
    title: 'createCheckConstraint',
    given: () => createT(),
    run: () => op.createCheckConstraint('ck', 't', sa.column('a').gt(5)),
    changes: {
      all: ['+ t: check ck(a > 5)'],
      mariadb: ['+ t: check ck(`a` > 5)'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'createExcludeConstraint',
    given: () => createT(),
    run: () =>
      op.createExcludeConstraint('ex', 't', [sa.column('a'), '='], {
        using: 'btree',
        where: 'a > 5',
      }),
    rows: {
      postgresql: "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ex'",
    },
    changes: {
      postgresql: ['+ row EXCLUDE USING btree (a WITH =) WHERE ((a > 5))'],
      mariadb: {
        refused:
          "Dialect mariadb has no EXCLUDE constraints; guard the operation with the dialect's name",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: {
        refused:
          "Dialect firebird has no EXCLUDE constraints; guard the operation with the dialect's name",
      },
    },
  },
  {
    title: 'dropConstraint of a UNIQUE',
    given: () => createConstrained(),
    run: () => op.dropConstraint('uq', 't', 'unique'),
    back: () => op.createUniqueConstraint('uq', 't', ['b']),
    changes: {
      postgresql: ['- t: unique uq(b)'],
      mariadb: ['- t: unique index uq(b)'],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: ['- t: unique uq(b)'],
    },
  },
  {
    title: 'dropConstraint of a foreign key',
    given: () => createConstrained(),
    run: () => op.dropConstraint('fk', 't', 'foreignkey'),
    back: () => op.createForeignKey('fk', 't', 'o', ['a'], ['id']),
    changes: { all: ['- t: foreign key fk(a) -> o(id)'], sqlite: CONSTRAINTS_BY_BATCH },
  },
  {
    title: 'dropConstraint of a CHECK',
    given: () => createConstrained(),
    run: () => op.dropConstraint('ck', 't', 'check'),
    back: () => op.createCheckConstraint('ck', 't', 'a > 5'),
    changes: {
      all: ['- t: check ck(a > 5)'],
      mariadb: ['- t: check ck(`a` > 5)'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'dropConstraint of a primary key',
    given: () =>
      op.createTable(
        't',
        sa.Column('a', sa.Integer(), { autoincrement: false }),
        sa.PrimaryKeyConstraint('a', { name: 'pk' }),
      ),
    run: () => op.dropConstraint('pk', 't', 'primary'),
    back: () => op.createPrimaryKey('pk', 't', ['a']),
    changes: {
      all: ['- t: primary key pk(a)'],
      mariadb: ['- t: primary key (a)'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'dropConstraint of unknown kind',
    given: () => createConstrained(),
    run: () => op.dropConstraint('ck', 't'),
    back: () => op.createCheckConstraint('ck', 't', 'a > 5'),
    changes: {
      all: ['- t: check ck(a > 5)'],
      mariadb: {
        refused: "No generic 'DROP CONSTRAINT' in MySQL - please specify constraint type",
      },
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'dropConstraint that is not there, ifExists',
    given: () => createT(),
    run: () => op.dropConstraint('uq', 't', { type: 'unique', ifExists: true }),
    back: () => undefined,
    changes: {
      all: [],
      sqlite: CONSTRAINTS_BY_BATCH,
      firebird: {
        refused:
          'Dialect firebird has no IF EXISTS in ALTER TABLE; ask sa.inspect() what exists, and call op.dropConstraint() without the option',
      },
    },
  },
]
