import '../../../src/dialects/builtin.ts'
import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/mssql/compile/index.ts'
import { schemaElements } from '../../../src/dialects/mssql/compile/identifiers.ts'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { SchemaError } from '../../../src/errors/schema-error.ts'
import * as sa from '../../../src/sa.ts'
import type { DdlStatement } from '../../../src/sql/ddl/statement.ts'

const { mssql } = sa
const dialect = createDialect()

const compile = (statement: DdlStatement): string =>
  dialect.ddl.compile(statement).replaceAll(/\s+/g, ' ').trim()

function createTable(...items: readonly sa.Column[]): string {
  const table = sa.Table('t', sa.MetaData(), ...items)
  return compile({ kind: 'createTable', table, ifNotExists: false })
}

function createIndex(...args: Parameters<typeof sa.Index>): string {
  const index = sa.Index(...args)
  const columns = ['a', 'b', 'order'].map((name) => sa.Column(name, sa.Integer()))
  sa.Table('t', sa.MetaData(), ...columns, index)
  return compile({ kind: 'createIndex', index, ifNotExists: false })
}

describe('names', () => {
  it('stand in brackets where they must', () => {
    const { preparer } = dialect
    expect(preparer.quote('plain')).toBe('plain')
    expect(preparer.quote('Mixed')).toBe('[Mixed]')
    expect(preparer.quote('order')).toBe('[order]')
    expect(preparer.quote('br]ack[et')).toBe('[br]]ack[et]')
  })

  it.each([
    ['dbo', { database: null, owner: 'dbo' }],
    ['shop.dbo', { database: 'shop', owner: 'dbo' }],
    ['srv.shop.dbo', { database: 'srv.shop', owner: 'dbo' }],
    ['shop.[a.b]', { database: 'shop', owner: 'a.b' }],
    ['[a.b].dbo', { database: '[a.b]', owner: 'dbo' }],
  ])('the schema %s has the elements %o', (schema, elements) => {
    expect(schemaElements(schema)).toEqual(elements)
  })

  it('a schema can carry its database', () => {
    const { preparer } = dialect
    expect(preparer.quoteSchema('shop.dbo')).toBe('shop.dbo')
    expect(preparer.quoteSchema('Shop.Dbo')).toBe('[Shop].[Dbo]')
    expect(preparer.quoteSchema('[a.b].dbo')).toBe('[a.b].dbo')
    expect(preparer.quoteSchema(sa.quotedName('shop.dbo', true))).toBe('[shop.dbo]')
  })
})

describe('columns', () => {
  it('say NULL, the default last', () => {
    expect(createTable(sa.Column('c', sa.String(5), { serverDefault: 'x' }))).toBe(
      "CREATE TABLE t ( c VARCHAR(5) NULL DEFAULT 'x' )",
    )
  })

  it('number themselves', () => {
    expect(createTable(sa.Column('id', sa.Integer(), { primaryKey: true }))).toBe(
      'CREATE TABLE t ( id INTEGER NOT NULL IDENTITY, PRIMARY KEY (id) )',
    )
    expect(createTable(sa.Column('n', sa.Integer(), sa.Identity({ start: 5 })))).toBe(
      'CREATE TABLE t ( n INTEGER NOT NULL IDENTITY(5,1) )',
    )
    const options = { primaryKey: true, mssql: { identityStart: 3, identityIncrement: 2 } }
    expect(createTable(sa.Column('id', sa.Integer(), options))).toBe(
      'CREATE TABLE t ( id INTEGER NOT NULL IDENTITY(3,2), PRIMARY KEY (id) )',
    )
    expect(() =>
      createTable(sa.Column('id', sa.Integer(), sa.Identity(), { mssql: { identityStart: 3 } })),
    ).toThrow(CompileError)
  })

  it('computed ones have no type', () => {
    expect(createTable(sa.Column('c', sa.Integer(), sa.Computed('a + 1')))).toBe(
      'CREATE TABLE t ( c AS (a + 1) )',
    )
    const persisted = sa.Computed('a + 1', { persisted: true })
    expect(createTable(sa.Column('c', sa.Integer(), persisted, { nullable: false }))).toBe(
      'CREATE TABLE t ( c AS (a + 1) PERSISTED NOT NULL )',
    )
  })

  it('keys are clustered or not', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), { autoincrement: false }),
      sa.PrimaryKeyConstraint('a', { mssql: { clustered: false } }),
      sa.UniqueConstraint('a', { name: 'u', mssql: { clustered: true } }),
    )
    expect(compile({ kind: 'createTable', table, ifNotExists: false })).toBe(
      'CREATE TABLE t ( a INTEGER NOT NULL, PRIMARY KEY NONCLUSTERED (a), CONSTRAINT u UNIQUE CLUSTERED (a) )',
    )
  })
})

it('tables are not created where there is one already', () => {
  const table = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer()))
  expect(() => compile({ kind: 'createTable', table, ifNotExists: true })).toThrow(
    "CREATE TABLE takes no IF NOT EXISTS; look for table 't' with sa.inspect() first",
  )
})

it('sequences are not created where there is one already, but dropped where there is one', () => {
  const sequence = sa.Sequence('s')
  expect(compile({ kind: 'createSequence', sequence, ifNotExists: false })).toBe(
    'CREATE SEQUENCE s',
  )
  expect(() => compile({ kind: 'createSequence', sequence, ifNotExists: true })).toThrow(
    "CREATE SEQUENCE takes no IF NOT EXISTS; look for sequence 's' with sa.inspect() first",
  )
  expect(compile({ kind: 'dropSequence', sequence, ifExists: true })).toBe(
    'DROP SEQUENCE IF EXISTS s',
  )
})

describe('indexes', () => {
  it('have what only this database has', () => {
    const options = {
      unique: true,
      mssql: { clustered: false, include: ['b', 'order'], where: 'a > 5' },
    }
    expect(createIndex('ix', 'a', options)).toBe(
      'CREATE UNIQUE NONCLUSTERED INDEX ix ON t (a) INCLUDE (b, [order]) WHERE a > 5',
    )
    expect(createIndex('ix', { mssql: { clustered: true, columnstore: true } })).toBe(
      'CREATE CLUSTERED COLUMNSTORE INDEX ix ON t',
    )
    expect(createIndex('ix', sa.desc(sa.column('a')))).toBe('CREATE INDEX ix ON t (a DESC)')
  })

  it('are not on expressions', () => {
    expect(() => createIndex('ix', sa.func.lower(sa.column('a')))).toThrow(
      /lower\(a\).*columns only; add a column with sa\.Computed/,
    )
  })

  it('are dropped from their table', () => {
    const index = sa.Index('ix', 'a')
    expect(() => compile({ kind: 'dropIndex', index, ifExists: false })).toThrow(
      /say which table index 'ix' is on/,
    )
    sa.Table('t', sa.MetaData({ schema: 's' }), sa.Column('a', sa.Integer()), index)
    expect(compile({ kind: 'dropIndex', index, ifExists: true })).toBe(
      'DROP INDEX IF EXISTS ix ON s.t',
    )
  })
})

describe('types', () => {
  const on = (version: readonly number[] | undefined, type: sa.TypeEngine): string =>
    createDialect(version === undefined ? {} : { serverVersion: version }).types.compile(type)

  it.each([
    [sa.Text(), 'TEXT', 'VARCHAR(max)'],
    [sa.UnicodeText(), 'NTEXT', 'NVARCHAR(max)'],
    [sa.LargeBinary(), 'IMAGE', 'VARBINARY(max)'],
    [sa.LargeBinary(9), 'IMAGE', 'VARBINARY(9)'],
    [sa.Date(), 'DATETIME', 'DATE'],
    [sa.Time(), 'DATETIME', 'TIME'],
    [sa.String(), 'VARCHAR(max)', 'VARCHAR(max)'],
    [
      sa.Unicode(5, { collation: 'Latin1_General_CI_AS' }),
      ...twice('NVARCHAR(5) COLLATE Latin1_General_CI_AS'),
    ],
    [sa.Boolean(), ...twice('BIT')],
    [sa.DateTime({ timezone: true }), ...twice('DATETIMEOFFSET')],
    [sa.JSON(), ...twice('NVARCHAR(max)')],
    [sa.Uuid(), ...twice('UNIQUEIDENTIFIER')],
    [sa.Enum('a', 'bb'), ...twice('VARCHAR(2)')],
    [mssql.NVARCHAR('max'), ...twice('NVARCHAR(max)')],
    [mssql.VARBINARY('max', { filestream: true }), ...twice('VARBINARY(max) FILESTREAM')],
    [mssql.DATETIME2(3), ...twice('DATETIME2(3)')],
    [mssql.TIME({ precision: 4 }), ...twice('TIME(4)')],
    [mssql.REAL(), ...twice('REAL')],
    [mssql.ROWVERSION(), ...twice('ROWVERSION')],
    [mssql.SQL_VARIANT(), ...twice('SQL_VARIANT')],
    [mssql.HIERARCHYID(), ...twice('HIERARCHYID')],
    [mssql.NativeType('dbo.PhoneNumber'), ...twice('dbo.PhoneNumber')],
  ])('%s is %s, and %s on a server of 2012', (type, unknown, present) => {
    expect([on(undefined, type), on([11, 0], type)]).toEqual([unknown, present])
  })

  it('of a length are no streams', () => {
    expect(() => mssql.VARBINARY(8, { filestream: true })).toThrow(SchemaError)
  })

  it('say what makes them again', () => {
    expect(mssql.VARCHAR('max', { collation: 'C' }).typeArguments().options).toEqual({
      length: 'max',
      collation: 'C',
    })
    expect(mssql.DATETIMEOFFSET(2).typeArguments().options).toEqual({ precision: 2 })
    expect(mssql.VARBINARY('max', { filestream: true }).typeArguments().options).toEqual({
      length: 'max',
      filestream: true,
    })
  })

  it('of other databases are refused', () => {
    expect(() => on(undefined, sa.ARRAY(sa.Integer()))).toThrow(CompileError)
    expect(() => on(undefined, sa.postgresql.INET())).toThrow(/withVariant/)
  })
})

function twice(sql: string): readonly [string, string] {
  return [sql, sql]
}

describe('values', () => {
  it.each([
    ["it's", sa.String(), "'it''s'"],
    ['ü', sa.Unicode(), "N'ü'"],
    ['ü', mssql.NTEXT(), "N'ü'"],
    [{ a: 1 }, sa.JSON(), `N'{"a":1}'`],
    [true, sa.Boolean(), '1'],
    [new Uint8Array([0, 255]), sa.LargeBinary(), '0x00FF'],
    [new Date('2024-02-29T13:14:15.120Z'), sa.DateTime(), "'2024-02-29 13:14:15.120'"],
    ['12345678-1234-5678-1234-567812345678', sa.Uuid(), "'12345678-1234-5678-1234-567812345678'"],
    [
      '12345678-1234-5678-1234-567812345678',
      sa.Uuid({ nativeUuid: false }),
      "'12345678123456781234567812345678'",
    ],
  ])('%j as %s is %s', (value, type, sql) => {
    expect(dialect.literals.renderLiteral(value, type)).toBe(sql)
  })

  it('travel under the numbers that the driver and Kysely give them', () => {
    const rows = sa.insert(sa.table('t', sa.column('a'), sa.column('b'))).values({ a: 1, b: 'x' })
    expect(dialect.sql.compile(rows).sql).toBe('INSERT INTO t (a, b) VALUES (@1, @2)')
  })
})

it('functions have their own names here', () => {
  const sql = (expression: sa.SqlExpression): string => dialect.sql.compileForDdl(expression)
  expect(sql(sa.func.now())).toBe('CURRENT_TIMESTAMP')
  expect(sql(sa.func.current_date())).toBe('GETDATE()')
  expect(sql(sa.func.length(sa.column('a')))).toBe('LEN(a)')
  expect(sql(sa.binary(sa.column('a'), '||', sa.column('b')))).toBe('a + b')
  expect(sql(sa.Sequence('s', { schema: 'dbo' }).nextValue())).toBe('NEXT VALUE FOR dbo.s')
})
