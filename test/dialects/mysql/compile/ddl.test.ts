import { describe, expect, it } from 'vitest'
import { createDialect as createMariadb } from '../../../../src/dialects/mariadb/index.ts'
import { createDialect as createMysql } from '../../../../src/dialects/mysql/index.ts'
import * as sa from '../../../../src/sa.ts'
import type { DdlStatement } from '../../../../src/sql/ddl/statement.ts'
import type { TableClass } from '../../../../src/sql/schema/table.ts'

const mysql = createMysql()
const mariadb = createMariadb()

const folded = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim()
const createTable = (table: TableClass, dialect = mysql): string =>
  folded(dialect.ddl.compile({ kind: 'createTable', table, ifNotExists: false }))
const compile = (statement: DdlStatement, dialect = mysql): string =>
  folded(dialect.ddl.compile(statement))

describe('CREATE TABLE', () => {
  it('writes NOT NULL, comment and default in this order, and numbers the key', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('a', sa.String(5), { nullable: false, serverDefault: 'x', comment: "it's" }),
      { comment: 'c', mysql: { engine: 'InnoDB', collate: 'utf8mb4_bin', charset: 'utf8mb4' } },
    )
    expect(createTable(table)).toBe(
      "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, a VARCHAR(5) NOT NULL COMMENT 'it''s' DEFAULT 'x', PRIMARY KEY (id) )ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='c' COLLATE utf8mb4_bin",
    )
  })

  it("takes the options of the dialect's own name only", () => {
    const table = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer()), {
      mysql: { engine: 'InnoDB' },
    })
    expect(createTable(table, mariadb)).toBe('CREATE TABLE t ( a INTEGER )')
  })

  it('writes partitions behind all other options', () => {
    const table = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer()), {
      mysql: {
        partitionDefinitions: 'PARTITION p0 VALUES LESS THAN (10)',
        partitionBy: 'RANGE (a)',
        rowFormat: 'DYNAMIC',
      },
    })
    expect(createTable(table)).toBe(
      'CREATE TABLE t ( a INTEGER )ROW_FORMAT=DYNAMIC PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10))',
    )
  })

  it('says NULL of a TIMESTAMP, which would be NOT NULL without', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.TIMESTAMP()),
      sa.Column('b', sa.TIMESTAMP(), { nullable: false }),
      sa.Column('c', sa.DateTime()),
    )
    expect(createTable(table)).toBe(
      'CREATE TABLE t ( a TIMESTAMP NULL, b TIMESTAMP NOT NULL, c DATETIME )',
    )
  })

  it('puts the numbered column first in a composite key', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('b', sa.Integer(), { primaryKey: true, autoincrement: true }),
    )
    expect(createTable(table)).toBe(
      'CREATE TABLE t ( a INTEGER NOT NULL, b INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (b, a) )',
    )
  })

  it.each([
    [sa.func['now']?.(), '(now())'],
    [sa.text('CURRENT_TIMESTAMP'), 'CURRENT_TIMESTAMP'],
    [sa.text('now(6)'), 'now(6)'],
    [
      sa.text('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP'),
      'CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP',
    ],
    [sa.text("concat('a', 'b')"), "(concat('a', 'b'))"],
    [sa.text('(1 + 2)'), '(1 + 2)'],
    [sa.true(), 'true'],
    ['5', "'5'"],
  ])('writes the default %s as %s', (serverDefault, sql) => {
    const known = createMysql({ flags: { supportsDefaultExpressions: true } })
    const column = sa.Column('c', sa.Integer(), { serverDefault: serverDefault ?? null })
    expect(known.columns.compile(column)).toBe(`c INTEGER DEFAULT ${sql}`)
  })

  it('leaves expressions without parentheses where the server is not known', () => {
    const column = sa.Column('c', sa.DateTime(), { serverDefault: sa.text('now()') })
    expect(mysql.columns.compile(column)).toBe('c DATETIME DEFAULT now()')
  })

  it('computes columns', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), sa.Computed('b + 1', { persisted: true }), { primaryKey: true }),
      sa.Column('b', sa.Integer(), sa.Computed('1'), { nullable: false }),
    )
    expect(createTable(table)).toBe(
      'CREATE TABLE t ( a INTEGER GENERATED ALWAYS AS (b + 1) STORED NOT NULL, b INTEGER GENERATED ALWAYS AS (1) NOT NULL, PRIMARY KEY (a) )',
    )
    // MariaDB takes no NOT NULL there; said by the model, it is for the server to refuse.
    expect(createTable(table, mariadb)).toBe(
      'CREATE TABLE t ( a INTEGER GENERATED ALWAYS AS (b + 1) STORED, b INTEGER GENERATED ALWAYS AS (1) NOT NULL, PRIMARY KEY (a) )',
    )
  })

  it('refuses MATCH, which the server would take and let the actions go', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), sa.ForeignKey('o.id', { match: 'FULL' })),
    )
    expect(() => createTable(table)).toThrow("MySQL ignores the 'MATCH' keyword")
  })

  it('refuses a DOUBLE with a precision alone', () => {
    const table = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Double(53)))
    expect(() => createTable(table)).toThrow(
      "(in table 't', column 'a'): You must specify both precision and scale",
    )
  })
})

describe('names', () => {
  it('quotes with backticks what either server reserves', () => {
    expect(mysql.preparer.quote('rank')).toBe('`rank`')
    expect(mariadb.preparer.quote('rank')).toBe('rank')
    expect(mysql.preparer.quote('offset')).toBe('offset')
    expect(mariadb.preparer.quote('offset')).toBe('`offset`')
    expect(mysql.preparer.quote('a`b')).toBe('`a``b`')
  })

  it('takes the words of MariaDB where that is what the dialect mysql speaks to', () => {
    const overMariadb = createMysql({ flags: { isMariadb: true } })
    expect(overMariadb.preparer.quote('offset')).toBe('`offset`')
  })
})

describe('indexes', () => {
  const table = sa.Table(
    't',
    sa.MetaData(),
    sa.Column('a', sa.String(50)),
    sa.Column('b', sa.String(50)),
    { schema: 's' },
  )
  const create = (index: sa.Index, dialect = mysql): string => {
    table.appendIndex(index)
    return compile({ kind: 'createIndex', index, ifNotExists: false }, dialect)
  }

  it('writes prefix, lengths, parser and method', () => {
    const index = sa.Index('ix', 'a', 'b', {
      mysql: { prefix: 'FULLTEXT', withParser: 'ngram', using: 'btree', length: { a: 10 } },
    })
    expect(create(index)).toBe(
      'CREATE FULLTEXT INDEX ix ON s.t (a(10), b) WITH PARSER ngram USING btree',
    )
    expect(create(sa.Index('iy', 'a', 'b', { mysql: { length: 5 } }))).toBe(
      'CREATE INDEX iy ON s.t (a(5), b(5))',
    )
  })

  it('leaves out what is addressed to the other dialect', () => {
    expect(create(sa.Index('ix', 'a', { mysql: { length: 5 } }), mariadb)).toBe(
      'CREATE INDEX ix ON s.t (a)',
    )
  })

  it('puts expressions in parentheses of their own', () => {
    const lower = sa.func['lower']?.(table.c['b'])
    const index = sa.Index('ix', lower ?? '', table.c['a']?.desc() ?? '')
    expect(create(index)).toBe('CREATE INDEX ix ON s.t ((lower(b)), a DESC)')
  })

  it('drops an index from its table, and not without', () => {
    const index = sa.Index('ix', 'a')
    expect(() => compile({ kind: 'dropIndex', index, ifExists: false })).toThrow(
      "say which table index 'ix' is on",
    )
    table.appendIndex(index)
    expect(compile({ kind: 'dropIndex', index, ifExists: true })).toBe(
      'DROP INDEX IF EXISTS ix ON s.t',
    )
  })
})

describe('dropping constraints', () => {
  const table = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer()))
  const constraints = {
    foreignKey: sa.ForeignKeyConstraint(['a'], ['o.id'], { name: 'fk' }),
    unique: sa.UniqueConstraint('a', { name: 'uq' }),
    check: sa.CheckConstraint('a > 0', { name: 'ck' }),
    primaryKey: sa.PrimaryKeyConstraint('a', { name: 'pk' }),
  }
  for (const constraint of Object.values(constraints)) table.appendConstraint(constraint)
  const drop = (
    kind: keyof typeof constraints,
    settings: { readonly ifExists?: boolean; readonly dialect?: typeof mysql } = {},
  ): string =>
    compile(
      {
        kind: 'dropConstraint',
        constraint: constraints[kind],
        ifExists: settings.ifExists ?? false,
        cascade: false,
      },
      settings.dialect,
    )

  it('goes by the kind', () => {
    expect(drop('foreignKey')).toBe('ALTER TABLE t DROP FOREIGN KEY fk')
    expect(drop('unique')).toBe('ALTER TABLE t DROP INDEX uq')
    expect(drop('primaryKey')).toBe('ALTER TABLE t DROP PRIMARY KEY')
    expect(drop('check')).toBe('ALTER TABLE t DROP CHECK ck')
    expect(drop('check', { dialect: mariadb })).toBe('ALTER TABLE t DROP CONSTRAINT ck')
  })

  it('knows IF EXISTS on MariaDB, and refuses it where it can not be said', () => {
    const settings = { ifExists: true, dialect: mariadb }
    expect(drop('foreignKey', settings)).toBe('ALTER TABLE t DROP FOREIGN KEY IF EXISTS fk')
    expect(drop('unique', settings)).toBe('ALTER TABLE t DROP INDEX IF EXISTS uq')
    expect(drop('check', settings)).toBe('ALTER TABLE t DROP CONSTRAINT IF EXISTS ck')
    expect(() => drop('primaryKey', settings)).toThrow('DROP PRIMARY KEY takes no IF EXISTS')
    expect(() => drop('foreignKey', { ifExists: true })).toThrow('MySQL has no IF EXISTS here')
  })
})

describe('other statements', () => {
  const table = { name: 'a', quote: null, schema: 's' }

  it('keeps a renamed table in its schema', () => {
    expect(compile({ kind: 'renameTable', table, newName: 'b' })).toBe(
      'ALTER TABLE s.a RENAME TO s.b',
    )
  })

  it('writes table comments, and column comments only with the column', () => {
    expect(compile({ kind: 'setTableComment', table, comment: 'x\\y' })).toBe(
      String.raw`ALTER TABLE s.a COMMENT 'x\\y'`,
    )
    expect(compile({ kind: 'dropTableComment', table })).toBe("ALTER TABLE s.a COMMENT ''")
    expect(() =>
      compile({ kind: 'setColumnComment', table, column: 'c', comment: 'x', replaces: false }),
    ).toThrow('op.alterColumn() with comment and existingType')
  })

  it('has sequences on MariaDB', () => {
    const sequence = sa.Sequence('sq', { start: 5, increment: 2, cycle: false })
    const create: DdlStatement = { kind: 'createSequence', sequence, ifNotExists: true }
    expect(compile(create, mariadb)).toBe(
      'CREATE SEQUENCE IF NOT EXISTS sq INCREMENT BY 2 START WITH 5 NOCYCLE',
    )
    expect(mariadb.sql.compileForDdl(sequence.nextValue())).toBe('nextval(sq)')
    expect(() => compile(create)).toThrow('MySQL has no sequences')
    expect(() => mysql.sql.compileForDdl(sequence.nextValue())).toThrow('MySQL has no sequences')
    const typed: DdlStatement = {
      kind: 'createSequence',
      sequence: sa.Sequence('sq', { dataType: sa.Integer() }),
      ifNotExists: false,
    }
    expect(() => compile(typed, mariadb)).toThrow('MariaDB before 11.5')
  })
})
