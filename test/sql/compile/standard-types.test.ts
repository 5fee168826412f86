import { describe, expect, it } from 'vitest'
import '../../../src/dialects/builtin.ts'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { sa } from '../../../src/index.ts'
import { DIALECTS, sqlFor, type ByDialect } from './every-dialect.ts'

/** A type, its SQL on most dialects, and what the others write; `null` where they refuse it. */
const TYPES: readonly (readonly [sa.TypeEngine, string | null, ByDialect])[] = [
  [sa.SmallInteger(), 'SMALLINT', {}],
  [sa.Integer(), 'INTEGER', { db2: 'INT' }],
  [sa.BigInteger(), 'BIGINT', { oracle: 'NUMBER(19)' }],
  [sa.SMALLINT(), 'SMALLINT', {}],
  [sa.INTEGER(), 'INTEGER', {}],
  [sa.INT(), 'INTEGER', {}],
  [sa.BIGINT(), 'BIGINT', {}],
  [sa.Numeric(), 'NUMERIC', { db2: 'DECIMAL(31, 0)', informix: 'DECIMAL' }],
  [sa.Numeric(10), 'NUMERIC(10)', { db2: 'DECIMAL(10, 0)', informix: 'DECIMAL(10, 0)' }],
  [sa.Numeric(10, 2), 'NUMERIC(10, 2)', { db2: 'DECIMAL(10, 2)', informix: 'DECIMAL(10, 2)' }],
  [sa.NUMERIC(), 'NUMERIC', {}],
  [sa.NUMERIC(10), 'NUMERIC(10)', {}],
  [sa.NUMERIC(10, 2), 'NUMERIC(10, 2)', {}],
  [sa.DECIMAL(), 'DECIMAL', { db2: 'DECIMAL(31, 0)' }],
  [sa.DECIMAL(10), 'DECIMAL(10)', { db2: 'DECIMAL(10, 0)' }],
  [sa.DECIMAL(10, 2), 'DECIMAL(10, 2)', {}],
  [sa.Float(), 'FLOAT', {}],
  [
    sa.Float(24),
    'FLOAT(24)',
    { sqlite: 'FLOAT', oracle: null, firebird: 'FLOAT', sybase: 'FLOAT' },
  ],
  [sa.FLOAT(), 'FLOAT', {}],
  [
    sa.FLOAT(24),
    'FLOAT(24)',
    { sqlite: 'FLOAT', oracle: null, firebird: 'FLOAT', informix: 'FLOAT', sybase: 'FLOAT' },
  ],
  [sa.REAL(), 'REAL', {}],
  [
    sa.Double(),
    'DOUBLE PRECISION',
    { mysql: 'DOUBLE', mariadb: 'DOUBLE', sqlite: 'DOUBLE', db2: 'DOUBLE' },
  ],
  [sa.DOUBLE(), 'DOUBLE', { firebird: 'DOUBLE PRECISION', sybase: 'DOUBLE PRECISION' }],
  [sa.DOUBLE_PRECISION(), 'DOUBLE PRECISION', {}],
  [
    sa.String(),
    'VARCHAR',
    {
      mysql: null,
      mariadb: null,
      mssql: 'VARCHAR(max)',
      oracle: 'VARCHAR2',
      firebird: null,
      db2: null,
    },
  ],
  [sa.String(50), 'VARCHAR(50)', { oracle: 'VARCHAR2(50 CHAR)' }],
  [
    sa.String(50, 'C'),
    'VARCHAR(50) COLLATE "C"',
    {
      mysql: 'VARCHAR(50) COLLATE C',
      mariadb: 'VARCHAR(50) COLLATE C',
      mssql: 'VARCHAR(50) COLLATE C',
      oracle: 'VARCHAR2(50 CHAR)',
      db2: 'VARCHAR(50)',
      informix: 'VARCHAR(50)',
    },
  ],
  [
    sa.Unicode(),
    null,
    {
      postgresql: 'VARCHAR',
      sqlite: 'VARCHAR',
      mssql: 'NVARCHAR(max)',
      oracle: 'VARCHAR2',
      informix: 'NVARCHAR',
      sybase: 'NVARCHAR',
    },
  ],
  [
    sa.Unicode(50),
    'VARCHAR(50)',
    {
      mssql: 'NVARCHAR(50)',
      oracle: 'VARCHAR2(50 CHAR)',
      db2: 'VARGRAPHIC(50)',
      informix: 'NVARCHAR(50)',
      sybase: 'NVARCHAR(50)',
    },
  ],
  [
    sa.Unicode(50, 'C'),
    'VARCHAR(50) COLLATE "C"',
    {
      mysql: 'VARCHAR(50) COLLATE C',
      mariadb: 'VARCHAR(50) COLLATE C',
      mssql: 'NVARCHAR(50) COLLATE C',
      oracle: 'VARCHAR2(50 CHAR)',
      db2: 'VARGRAPHIC(50)',
      informix: 'NVARCHAR(50)',
      sybase: 'NVARCHAR(50) COLLATE "C"',
    },
  ],
  [
    sa.VARCHAR(),
    'VARCHAR',
    { mysql: null, mariadb: null, mssql: 'VARCHAR(max)', firebird: null, db2: null },
  ],
  [sa.VARCHAR(50), 'VARCHAR(50)', { oracle: 'VARCHAR(50 CHAR)' }],
  [
    sa.VARCHAR(50, 'C'),
    'VARCHAR(50) COLLATE "C"',
    {
      mysql: 'VARCHAR(50) COLLATE C',
      mariadb: 'VARCHAR(50) COLLATE C',
      mssql: 'VARCHAR(50) COLLATE C',
      oracle: 'VARCHAR(50 CHAR)',
      db2: 'VARCHAR(50)',
      informix: 'VARCHAR(50)',
    },
  ],
  [
    sa.NVARCHAR(),
    'NVARCHAR',
    { mysql: null, mariadb: null, mssql: 'NVARCHAR(max)', oracle: 'NVARCHAR2' },
  ],
  [
    sa.NVARCHAR(50),
    'NVARCHAR(50)',
    { mysql: 'NATIONAL VARCHAR(50)', mariadb: 'NATIONAL VARCHAR(50)', oracle: 'NVARCHAR2(50)' },
  ],
  [
    sa.NVARCHAR(50, 'C'),
    'NVARCHAR(50) COLLATE "C"',
    {
      mysql: 'NATIONAL VARCHAR(50) COLLATE C',
      mariadb: 'NATIONAL VARCHAR(50) COLLATE C',
      mssql: 'NVARCHAR(50) COLLATE C',
      oracle: 'NVARCHAR2(50)',
    },
  ],
  [sa.CHAR(), 'CHAR', {}],
  [sa.CHAR(50), 'CHAR(50)', {}],
  [
    sa.CHAR(50, 'C'),
    'CHAR(50) COLLATE "C"',
    {
      mysql: 'CHAR(50) COLLATE C',
      mariadb: 'CHAR(50) COLLATE C',
      mssql: 'CHAR(50) COLLATE C',
      db2: 'CHAR(50)',
      informix: 'CHAR(50)',
    },
  ],
  [sa.NCHAR(), 'NCHAR', { mysql: 'NATIONAL CHAR', mariadb: 'NATIONAL CHAR' }],
  [sa.NCHAR(50), 'NCHAR(50)', { mysql: 'NATIONAL CHAR(50)', mariadb: 'NATIONAL CHAR(50)' }],
  [
    sa.NCHAR(50, 'C'),
    'NCHAR(50) COLLATE "C"',
    {
      mysql: 'NATIONAL CHAR(50) COLLATE C',
      mariadb: 'NATIONAL CHAR(50) COLLATE C',
      mssql: 'NCHAR(50) COLLATE C',
    },
  ],
  [
    sa.Text(),
    'TEXT',
    { oracle: 'CLOB', firebird: 'BLOB SUB_TYPE 1', db2: 'CLOB', informix: 'CLOB' },
  ],
  [
    sa.Text(1000),
    'TEXT(1000)',
    { oracle: 'CLOB', firebird: 'BLOB SUB_TYPE 1', db2: 'CLOB', informix: 'CLOB' },
  ],
  [
    sa.UnicodeText(),
    'TEXT',
    {
      mssql: 'NTEXT',
      oracle: 'CLOB',
      firebird: 'BLOB SUB_TYPE 1',
      db2: 'LONG VARGRAPHIC',
      informix: 'LONG VARGRAPHIC',
    },
  ],
  [
    sa.UnicodeText(1000),
    'TEXT(1000)',
    {
      mssql: 'NTEXT(1000)',
      oracle: 'CLOB',
      firebird: 'BLOB SUB_TYPE 1',
      db2: 'LONG VARGRAPHIC',
      informix: 'LONG VARGRAPHIC',
    },
  ],
  [sa.TEXT(), 'TEXT', { firebird: 'BLOB SUB_TYPE 1', db2: 'CLOB' }],
  [sa.TEXT(1000), 'TEXT(1000)', { firebird: 'BLOB SUB_TYPE 1', db2: 'CLOB' }],
  [sa.CLOB(), 'CLOB', {}],
  [
    sa.Boolean(),
    'BOOLEAN',
    {
      mysql: 'BOOL',
      mariadb: 'BOOL',
      mssql: 'BIT',
      oracle: 'SMALLINT',
      firebird: 'SMALLINT',
      informix: 'SMALLINT',
      sybase: 'BIT',
    },
  ],
  [sa.BOOLEAN(), 'BOOLEAN', { mysql: 'BOOL', mariadb: 'BOOL' }],
  [
    sa.MatchType(),
    'BOOLEAN',
    {
      mysql: 'BOOL',
      mariadb: 'BOOL',
      mssql: 'BIT',
      oracle: 'SMALLINT',
      firebird: 'SMALLINT',
      informix: 'SMALLINT',
      sybase: 'BIT',
    },
  ],
  [sa.Date(), 'DATE', { mssql: 'DATETIME' }],
  [sa.DATE(), 'DATE', {}],
  [
    sa.DateTime(),
    'DATETIME',
    {
      postgresql: 'TIMESTAMP WITHOUT TIME ZONE',
      oracle: 'DATE',
      firebird: 'TIMESTAMP',
      db2: 'TIMESTAMP',
      informix: 'DATETIME YEAR TO SECOND',
    },
  ],
  [
    sa.DateTime({ timezone: true }),
    'DATETIME',
    {
      postgresql: 'TIMESTAMP WITH TIME ZONE',
      mssql: 'DATETIMEOFFSET',
      oracle: 'DATE',
      firebird: 'TIMESTAMP',
      db2: 'TIMESTAMP',
      informix: 'DATETIME YEAR TO SECOND',
    },
  ],
  [sa.DATETIME(), 'DATETIME', { db2: 'TIMESTAMP' }],
  [sa.DATETIME({ timezone: true }), 'DATETIME', { db2: 'TIMESTAMP' }],
  [
    sa.TIMESTAMP(),
    'TIMESTAMP',
    { postgresql: 'TIMESTAMP WITHOUT TIME ZONE', informix: 'DATETIME YEAR TO FRACTION(5)' },
  ],
  [
    sa.TIMESTAMP({ timezone: true }),
    'TIMESTAMP',
    {
      postgresql: 'TIMESTAMP WITH TIME ZONE',
      oracle: 'TIMESTAMP WITH TIME ZONE',
      informix: 'DATETIME YEAR TO FRACTION(5)',
    },
  ],
  [sa.Time(), 'TIME', { postgresql: 'TIME WITHOUT TIME ZONE', mssql: 'DATETIME' }],
  [sa.Time({ timezone: true }), 'TIME', { postgresql: 'TIME WITH TIME ZONE', mssql: 'DATETIME' }],
  [sa.TIME(), 'TIME', { postgresql: 'TIME WITHOUT TIME ZONE' }],
  [sa.TIME({ timezone: true }), 'TIME', { postgresql: 'TIME WITH TIME ZONE' }],
  [
    sa.Interval(),
    'DATETIME',
    {
      postgresql: 'INTERVAL',
      oracle: 'INTERVAL DAY TO SECOND',
      firebird: 'TIMESTAMP',
      db2: 'TIMESTAMP',
      informix: 'DATETIME YEAR TO SECOND',
    },
  ],
  [
    sa.Interval({ native: false }),
    'DATETIME',
    {
      postgresql: 'TIMESTAMP WITHOUT TIME ZONE',
      oracle: 'DATE',
      firebird: 'TIMESTAMP',
      db2: 'TIMESTAMP',
      informix: 'DATETIME YEAR TO SECOND',
    },
  ],
  [
    sa.Interval({ dayPrecision: 2, secondPrecision: 3 }),
    'DATETIME',
    {
      postgresql: 'INTERVAL (3)',
      oracle: 'INTERVAL DAY(2) TO SECOND(3)',
      firebird: 'TIMESTAMP',
      db2: 'TIMESTAMP',
      informix: 'DATETIME YEAR TO SECOND',
    },
  ],
  [
    sa.LargeBinary(),
    'BLOB',
    {
      postgresql: 'BYTEA',
      mssql: 'IMAGE',
      firebird: 'BLOB SUB_TYPE 0',
      db2: 'BLOB(1M)',
      informix: 'BYTE',
      sybase: 'IMAGE',
    },
  ],
  [
    sa.LargeBinary(50),
    'BLOB(50)',
    {
      postgresql: 'BYTEA',
      sqlite: 'BLOB',
      mssql: 'IMAGE',
      oracle: 'BLOB',
      firebird: 'BLOB SUB_TYPE 0',
      informix: 'BYTE',
      sybase: 'IMAGE',
    },
  ],
  [sa.BLOB(), 'BLOB', { firebird: 'BLOB SUB_TYPE 0', db2: 'BLOB(1M)' }],
  [sa.BINARY(16), 'BINARY(16)', {}],
  [sa.VARBINARY(16), 'VARBINARY(16)', {}],
  [sa.VARBINARY(), 'VARBINARY', { mysql: null, mariadb: null, mssql: 'VARBINARY(max)' }],
  [
    sa.PickleType(),
    'BLOB',
    {
      postgresql: 'BYTEA',
      mssql: 'IMAGE',
      firebird: 'BLOB SUB_TYPE 0',
      db2: 'BLOB(1M)',
      informix: 'BYTE',
      sybase: 'IMAGE',
    },
  ],
  [
    sa.JSON(),
    'JSON',
    { mssql: 'NVARCHAR(max)', oracle: null, firebird: null, db2: null, sybase: null },
  ],
  [sa.Uuid(), 'CHAR(32)', { postgresql: 'UUID', mssql: 'UNIQUEIDENTIFIER' }],
  [sa.Uuid({ nativeUuid: false }), 'CHAR(32)', {}],
  [sa.UUID(), 'UUID', { firebird: null, sybase: null }],
  [
    sa.Enum('a', 'bb', { name: 'en' }),
    'VARCHAR(2)',
    {
      postgresql: 'en',
      mysql: "ENUM('a','bb')",
      mariadb: "ENUM('a','bb')",
      oracle: 'VARCHAR(2 CHAR)',
    },
  ],
  [
    sa.Enum('a', 'bb'),
    'VARCHAR(2)',
    {
      postgresql: null,
      mysql: "ENUM('a','bb')",
      mariadb: "ENUM('a','bb')",
      oracle: 'VARCHAR(2 CHAR)',
    },
  ],
  [
    sa.Enum('a', { name: 'en', schema: 's' }),
    'VARCHAR(1)',
    { postgresql: 's.en', mysql: "ENUM('a')", mariadb: "ENUM('a')", oracle: 'VARCHAR(1 CHAR)' },
  ],
  [
    sa.Enum('a', 'bb', { name: 'en', nativeEnum: false }),
    'VARCHAR(2)',
    { oracle: 'VARCHAR(2 CHAR)' },
  ],
  [
    sa.Enum('a', 'bb', { nativeEnum: false, length: 20 }),
    'VARCHAR(20)',
    { oracle: 'VARCHAR(20 CHAR)' },
  ],
  [sa.ARRAY(sa.Integer()), null, { postgresql: 'INTEGER[]' }],
  [sa.ARRAY(sa.String(5), { dimensions: 2 }), null, { postgresql: 'VARCHAR(5)[][]' }],
  [sa.NullType(), null, {}],
]

describe.each(DIALECTS)('standard types on $name', ({ name, dialect }) => {
  it.each(TYPES.map(([type, most, others]) => ({ type, sql: sqlFor(name, most, others) })))(
    '$type is $sql',
    ({ type, sql }) => {
      if (sql === null) expect(() => dialect.types.compile(type)).toThrow(CompileError)
      else expect(dialect.types.compile(type)).toBe(sql)
    },
  )
})

it('a type takes a type of their own for each of several dialects', () => {
  const type = sa
    .String(500)
    .withVariant(sa.mysql.LONGTEXT(), 'mysql', 'mariadb')
    .withVariant(sa.oracle.NCLOB(), 'oracle')
    .withVariant(sa.mssql.NVARCHAR('max'), 'mssql')
  const others: ByDialect = {
    mysql: 'LONGTEXT',
    mariadb: 'LONGTEXT',
    oracle: 'NCLOB',
    mssql: 'NVARCHAR(max)',
  }
  for (const { name, dialect } of DIALECTS) {
    expect(dialect.types.compile(type)).toBe(sqlFor(name, 'VARCHAR(500)', others))
  }
  expect(() => type.withVariant(sa.Text(), 'oracle')).toThrow(
    'Dialect oracle is already present in the variants of String',
  )
})

it('variants stand within arrays and decorators', () => {
  class Email extends sa.TypeDecorator<string> {
    readonly typeName = 'Email'
    readonly impl = sa.String(320).withVariant(sa.postgresql.CITEXT(), 'postgresql')
  }
  const others: ByDialect = { postgresql: 'CITEXT', oracle: 'VARCHAR2(320 CHAR)' }
  for (const { name, dialect } of DIALECTS) {
    expect(dialect.types.compile(new Email())).toBe(sqlFor(name, 'VARCHAR(320)', others))
    if (name !== 'postgresql') continue
    expect(dialect.types.compile(sa.ARRAY(new Email()))).toBe('CITEXT[]')
  }
})

it("a decorator picks a type by the dialect's name", () => {
  class Document extends sa.TypeDecorator {
    readonly typeName = 'Document'
    readonly impl = sa.Text()
    override loadDialectImpl(dialectName: string): sa.TypeEngine {
      return dialectName === 'postgresql' ? sa.postgresql.JSONB() : this.impl
    }
  }
  const others: ByDialect = {
    postgresql: 'JSONB',
    oracle: 'CLOB',
    firebird: 'BLOB SUB_TYPE 1',
    db2: 'CLOB',
    informix: 'CLOB',
  }
  for (const { name, dialect } of DIALECTS) {
    expect(dialect.types.compile(new Document())).toBe(sqlFor(name, 'TEXT', others))
  }
})

it('a type of the user spells itself', () => {
  class Ltree extends sa.UserDefinedType<string> {
    readonly typeName = 'Ltree'
    columnSpecification(dialectName: string): string {
      return dialectName === 'postgresql' ? 'LTREE' : 'VARCHAR(1000)'
    }
  }
  for (const { name, dialect } of DIALECTS) {
    const sql = sqlFor(name, 'VARCHAR(1000)', { postgresql: 'LTREE' })
    expect(dialect.types.compile(new Ltree())).toBe(sql)
  }
})
