import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import type { DialectName } from './op-fixture.ts'

/** What a script holds, white space folded, or the error. */
export type Expected = readonly string[] | RegExp

/** A call of one operation, and what comes of it on each database. */
export interface DirectiveRow {
  readonly title: string
  readonly call: () => unknown
  /** The same everywhere. */
  readonly all?: Expected
  /** Also of the databases that are not named. */
  readonly postgresql?: Expected
  /** Also of MariaDB, where that is not named. */
  readonly mysql?: Expected
  readonly mariadb?: Expected
  readonly sqlite?: Expected
}

const NO_CONSTRAINT_ALTER = /^No support for ALTER of constraints in SQLite dialect/
const BATCH_ONLY = /^SQLite's ALTER TABLE can't .*; use op\.batchAlterTable\('t'/

export const directiveRows: readonly DirectiveRow[] = [
  {
    title: 'createTable',
    call: () =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('name', sa.String(50), { nullable: false, index: true, comment: 'c' }),
        sa.Column('o', sa.Integer(), sa.ForeignKey('s2.others.id', { ondelete: 'CASCADE' })),
        sa.UniqueConstraint('name', { name: 'uq' }),
        { schema: 's', comment: 'a table', ifNotExists: true },
      ),
    postgresql: [
      'CREATE TABLE IF NOT EXISTS s.t ( id SERIAL NOT NULL, name VARCHAR(50) NOT NULL, o INTEGER, PRIMARY KEY (id), CONSTRAINT uq UNIQUE (name), FOREIGN KEY(o) REFERENCES s2.others (id) ON DELETE CASCADE );',
      'CREATE INDEX ix_s_t_name ON s.t (name);',
      "COMMENT ON TABLE s.t IS 'a table';",
      "COMMENT ON COLUMN s.t.name IS 'c';",
    ],
    mysql: [
      "CREATE TABLE IF NOT EXISTS s.t ( id INTEGER NOT NULL AUTO_INCREMENT, name VARCHAR(50) NOT NULL COMMENT 'c', o INTEGER, PRIMARY KEY (id), CONSTRAINT uq UNIQUE (name), FOREIGN KEY(o) REFERENCES s2.others (id) ON DELETE CASCADE )COMMENT='a table';",
      'CREATE INDEX ix_s_t_name ON s.t (name);',
    ],
    mariadb: [
      "CREATE TABLE IF NOT EXISTS s.t ( id INTEGER NOT NULL AUTO_INCREMENT, name VARCHAR(50) NOT NULL COMMENT 'c', o INTEGER, PRIMARY KEY (id), CONSTRAINT uq UNIQUE (name), FOREIGN KEY(o) REFERENCES s2.`others` (id) ON DELETE CASCADE )COMMENT='a table';",
      'CREATE INDEX ix_s_t_name ON s.t (name);',
    ],
    sqlite: [
      'CREATE TABLE IF NOT EXISTS s.t ( id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, o INTEGER, PRIMARY KEY (id), CONSTRAINT uq UNIQUE (name) );',
      'CREATE INDEX s.ix_s_t_name ON t (name);',
    ],
  },
  {
    title: 'dropTable',
    call: () => op.dropTable('t', { schema: 's', ifExists: true }),
    all: ['DROP TABLE IF EXISTS s.t;'],
  },
  {
    title: 'renameTable',
    call: () => op.renameTable('a', 'b', { schema: 's' }),
    postgresql: ['ALTER TABLE s.a RENAME TO b;'],
    mysql: ['ALTER TABLE s.a RENAME TO s.b;'],
  },
  {
    title: 'addColumn',
    call: () =>
      op.addColumn(
        't',
        sa.Column('c', sa.String(5), {
          nullable: false,
          serverDefault: 'x',
          comment: 'cc',
          index: true,
        }),
      ),
    postgresql: [
      "ALTER TABLE t ADD COLUMN c VARCHAR(5) DEFAULT 'x' NOT NULL;",
      'CREATE INDEX ix_t_c ON t (c);',
      "COMMENT ON COLUMN t.c IS 'cc';",
    ],
    mysql: [
      "ALTER TABLE t ADD COLUMN c VARCHAR(5) NOT NULL COMMENT 'cc' DEFAULT 'x';",
      'CREATE INDEX ix_t_c ON t (c);',
    ],
    sqlite: [
      "ALTER TABLE t ADD COLUMN c VARCHAR(5) DEFAULT 'x' NOT NULL;",
      'CREATE INDEX ix_t_c ON t (c);',
    ],
  },
  {
    title: 'addColumn with a foreign key',
    call: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { name: 'fk_c' }))),
    postgresql: [
      'ALTER TABLE t ADD COLUMN c INTEGER;',
      'ALTER TABLE t ADD CONSTRAINT fk_c FOREIGN KEY(c) REFERENCES o (id);',
    ],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'addColumn with REFERENCES inline',
    call: () =>
      op.addColumn('t', sa.Column('c', sa.Integer(), sa.ForeignKey('o.id')), {
        inlineReferences: true,
        ifNotExists: true,
      }),
    all: ['ALTER TABLE t ADD COLUMN IF NOT EXISTS c INTEGER REFERENCES o (id);'],
  },
  {
    title: 'addColumn unique',
    call: () => op.addColumn('t', sa.Column('c', sa.Integer(), { unique: true })),
    postgresql: ['ALTER TABLE t ADD COLUMN c INTEGER;', 'ALTER TABLE t ADD UNIQUE (c);'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'addColumn of a type with a CHECK',
    call: () =>
      op.addColumn('t', sa.Column('c', sa.Boolean({ createConstraint: true, name: 'ck_c' }))),
    postgresql: ['ALTER TABLE t ADD COLUMN c BOOLEAN;'],
    mysql: [
      'ALTER TABLE t ADD COLUMN c BOOL;',
      'ALTER TABLE t ADD CONSTRAINT ck_c CHECK (c IN (0, 1));',
    ],
  },
  {
    title: 'dropColumn',
    call: () => op.dropColumn('t', 'c', { schema: 's', ifExists: true }),
    all: ['ALTER TABLE s.t DROP COLUMN IF EXISTS c;'],
  },
  {
    title: 'alterColumn: nullability',
    call: () => op.alterColumn('t', 'c', { nullable: false, existingType: sa.String(5) }),
    postgresql: ['ALTER TABLE t ALTER COLUMN c SET NOT NULL;'],
    mysql: ['ALTER TABLE t MODIFY c VARCHAR(5) NOT NULL;'],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'alterColumn: type',
    call: () =>
      op.alterColumn('t', 'c', {
        type: sa.Integer,
        existingType: sa.String(5),
        existingNullable: false,
        postgresql: { using: 'c::integer' },
      }),
    postgresql: ['ALTER TABLE t ALTER COLUMN c TYPE INTEGER USING c::integer;'],
    mysql: ['ALTER TABLE t MODIFY c INTEGER NOT NULL;'],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'alterColumn: default',
    call: () =>
      op.alterColumn('t', 'c', {
        serverDefault: sa.text('now()'),
        existingType: sa.DateTime(),
        existingNullable: true,
      }),
    postgresql: ['ALTER TABLE t ALTER COLUMN c SET DEFAULT now();'],
    mysql: ['ALTER TABLE t CHANGE c c DATETIME NULL DEFAULT now();'],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'alterColumn: no default',
    call: () => op.alterColumn('t', 'c', { serverDefault: null, existingType: sa.Integer() }),
    postgresql: ['ALTER TABLE t ALTER COLUMN c DROP DEFAULT;'],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'alterColumn: comment',
    call: () =>
      op.alterColumn('t', 'c', {
        comment: 'x',
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    postgresql: ["COMMENT ON COLUMN t.c IS 'x';"],
    mysql: ["ALTER TABLE t MODIFY c INTEGER NOT NULL COMMENT 'x';"],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'alterColumn: name',
    call: () =>
      op.alterColumn('t', 'c', {
        newColumnName: 'd',
        existingType: sa.Integer(),
        existingNullable: false,
      }),
    postgresql: ['ALTER TABLE t RENAME c TO d;'],
    mysql: ['ALTER TABLE t CHANGE c d INTEGER NOT NULL;'],
    sqlite: ['ALTER TABLE t RENAME COLUMN c TO d;'],
  },
  {
    title: 'alterColumn: types with CHECKs',
    call: () =>
      op.alterColumn('t', 'c', {
        type: sa.Boolean({ createConstraint: true, name: 'ck_new' }),
        existingType: sa.Enum('a', 'b', {
          nativeEnum: false,
          createConstraint: true,
          name: 'ck_old',
        }),
      }),
    postgresql: [
      'ALTER TABLE t DROP CONSTRAINT ck_old;',
      'ALTER TABLE t ALTER COLUMN c TYPE BOOLEAN;',
    ],
    mysql: [
      'ALTER TABLE t MODIFY c BOOL NULL;',
      'ALTER TABLE t ADD CONSTRAINT ck_new CHECK (c IN (0, 1));',
    ],
    sqlite: BATCH_ONLY,
  },
  {
    title: 'createIndex',
    call: () =>
      op.createIndex('ix', 't', ['a', sa.text('lower(b)')], {
        unique: true,
        schema: 's',
        ifNotExists: true,
      }),
    postgresql: ['CREATE UNIQUE INDEX IF NOT EXISTS ix ON s.t (a, lower(b));'],
    sqlite: ['CREATE UNIQUE INDEX IF NOT EXISTS s.ix ON t (a, lower(b));'],
  },
  {
    title: 'createIndex without a name',
    call: () => op.createIndex(null, 't', ['a']),
    all: ['CREATE INDEX ix_t_a ON t (a);'],
  },
  {
    title: 'dropIndex',
    call: () => op.dropIndex('ix', 't', { schema: 's', ifExists: true }),
    postgresql: ['DROP INDEX IF EXISTS s.ix;'],
    mysql: ['DROP INDEX IF EXISTS ix ON s.t;'],
  },
  {
    title: 'createPrimaryKey',
    call: () => op.createPrimaryKey('pk', 't', ['a', 'b'], { schema: 's' }),
    postgresql: ['ALTER TABLE s.t ADD CONSTRAINT pk PRIMARY KEY (a, b);'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createUniqueConstraint',
    call: () =>
      op.createUniqueConstraint('uq', 't', ['a'], { deferrable: true, initially: 'DEFERRED' }),
    postgresql: ['ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createForeignKey',
    call: () =>
      op.createForeignKey('fk', 't', 'o', ['a'], ['id'], {
        sourceSchema: 's',
        referentSchema: 's2',
        ondelete: 'CASCADE',
        onupdate: 'SET NULL',
      }),
    postgresql: [
      'ALTER TABLE s.t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES s2.o (id) ON DELETE CASCADE ON UPDATE SET NULL;',
    ],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createForeignKey to the table itself',
    call: () => op.createForeignKey(null, 't', 't', ['a', 'b'], ['b', 'c']),
    postgresql: ['ALTER TABLE t ADD FOREIGN KEY(a, b) REFERENCES t (b, c);'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createCheckConstraint',
    call: () => op.createCheckConstraint('ck', 't', sa.column('a').gt(5)),
    postgresql: ['ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 5);'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createExcludeConstraint',
    call: () =>
      op.createExcludeConstraint('ex', 't', ['period', '&&'], ['grp', '='], {
        where: "grp != 'x'",
        deferrable: true,
      }),
    postgresql: [
      "ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (period WITH &&, grp WITH =) WHERE (grp != 'x') DEFERRABLE;",
    ],
    mysql: /has no EXCLUDE constraints/,
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'dropConstraint of a foreign key',
    call: () => op.dropConstraint('n', 't', 'foreignkey', { schema: 's' }),
    postgresql: ['ALTER TABLE s.t DROP CONSTRAINT n;'],
    mysql: ['ALTER TABLE s.t DROP FOREIGN KEY n;'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'dropConstraint of a primary key',
    call: () => op.dropConstraint('n', 't', { type: 'primary' }),
    postgresql: ['ALTER TABLE t DROP CONSTRAINT n;'],
    mysql: ['ALTER TABLE t DROP PRIMARY KEY;'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'dropConstraint of a UNIQUE',
    call: () => op.dropConstraint('n', 't', 'unique'),
    postgresql: ['ALTER TABLE t DROP CONSTRAINT n;'],
    mysql: ['ALTER TABLE t DROP INDEX n;'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'dropConstraint of a CHECK',
    call: () => op.dropConstraint('n', 't', 'check'),
    postgresql: ['ALTER TABLE t DROP CONSTRAINT n;'],
    mysql: ['ALTER TABLE t DROP CHECK n;'],
    mariadb: ['ALTER TABLE t DROP CONSTRAINT n;'],
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'dropConstraint of unknown kind',
    call: () => op.dropConstraint('n', 't'),
    postgresql: ['ALTER TABLE t DROP CONSTRAINT n;'],
    mysql: /No generic 'DROP CONSTRAINT' in MySQL/,
    sqlite: NO_CONSTRAINT_ALTER,
  },
  {
    title: 'createTableComment',
    call: () => op.createTableComment('t', "it's", { schema: 's' }),
    postgresql: ["COMMENT ON TABLE s.t IS 'it''s';"],
    mysql: ["ALTER TABLE s.t COMMENT 'it''s';"],
    sqlite: [],
  },
  {
    title: 'dropTableComment',
    call: () => op.dropTableComment('t'),
    postgresql: ['COMMENT ON TABLE t IS NULL;'],
    mysql: ["ALTER TABLE t COMMENT '';"],
    sqlite: [],
  },
  {
    title: 'bulkInsert',
    call: () =>
      op.bulkInsert(
        sa.table(
          't',
          sa.column('a', sa.Integer()),
          sa.column('b', sa.String()),
          sa.column('f', sa.Boolean()),
        ),
        [
          { b: "it's", a: 1, f: true },
          { a: 2, b: null, f: op.inlineLiteral(0) },
        ],
      ),
    postgresql: [
      "INSERT INTO t (a, b, f) VALUES (1, 'it''s', true);",
      'INSERT INTO t (a, b, f) VALUES (2, NULL, 0);',
    ],
    sqlite: [
      "INSERT INTO t (a, b, f) VALUES (1, 'it''s', 1);",
      'INSERT INTO t (a, b, f) VALUES (2, NULL, 0);',
    ],
  },
  {
    title: 'execute',
    call: () => op.execute("UPDATE t SET a = 'x\\:y', b = '100%'"),
    all: ["UPDATE t SET a = 'x:y', b = '100%';"],
  },
]

/** What is expected of a database. */
export function expectedFor(row: DirectiveRow, dialect: DialectName): Expected | undefined {
  if (dialect === 'mariadb' && row.mariadb === undefined && row.mysql !== undefined) {
    return row.mysql
  }
  return row[dialect] ?? row.all ?? row.postgresql
}
