import '../../../src/dialects/builtin.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/oracle/compile/index.ts'
import { CompileError, IdentifierError } from '../../../src/errors/compile-error.ts'
import { SchemaError } from '../../../src/errors/schema-error.ts'
import * as sa from '../../../src/sa.ts'
import type { DdlStatement } from '../../../src/sql/ddl/statement.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'

const { oracle } = sa
const dialect = createDialect()

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

const compile = (statement: DdlStatement): string =>
  dialect.ddl.compile(statement).replaceAll(/\s+/g, ' ').trim()

it('names stand in quotes where they must', () => {
  const { preparer } = dialect
  expect(['plain', 'Mixed', 'order', '_x', 'x$y'].map((name) => preparer.quote(name))).toEqual([
    'plain',
    '"Mixed"',
    '"order"',
    '"_x"',
    'x$y',
  ])
})

it('names before server 12.2 have 30 characters', () => {
  const old = createDialect({ serverVersion: [12, 1] })
  const name = { text: 'x'.repeat(31), quote: null, truncatable: false }
  expect(() => old.preparer.formatConstraint(name)).toThrow(IdentifierError)
  expect(dialect.preparer.formatConstraint(name)).toBe(name.text)
})

describe('tables', () => {
  const id = sa.Column('id', sa.Integer(), { primaryKey: true })

  it('have what only this database has', () => {
    const options = { onCommit: 'preserve_rows', compress: 'OLTP', tablespace: 'Users' }
    const table = sa.Table('t', sa.MetaData(), id.copy(), {
      prefixes: ['GLOBAL TEMPORARY'],
      oracle: options,
    })
    expect(compile({ kind: 'createTable', table, ifNotExists: false })).toBe(
      'CREATE GLOBAL TEMPORARY TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) ) ON COMMIT PRESERVE ROWS COMPRESS FOR OLTP TABLESPACE "Users"',
    )
  })

  it('number their columns', () => {
    const identity = sa.Identity({
      always: true,
      start: 5,
      nomaxvalue: true,
      cycle: false,
      oracle: { onNull: true, order: true },
    })
    const table = sa.Table('t', sa.MetaData(), sa.Column('n', sa.BigInteger(), identity))
    expect(compile({ kind: 'createTable', table, ifNotExists: false })).toBe(
      'CREATE TABLE t ( n NUMBER(19) GENERATED ALWAYS ON NULL AS IDENTITY (START WITH 5 NOMAXVALUE NOCYCLE ORDER) )',
    )
  })

  it('have no stored generated columns', () => {
    const stored = sa.Computed('a + 1', { persisted: true })
    const table = sa.Table('t', sa.MetaData(), sa.Column('c', sa.Integer(), stored))
    expect(() => compile({ kind: 'createTable', table, ifNotExists: false })).toThrow(CompileError)
  })

  it('have foreign keys without ON UPDATE', () => {
    const key = sa.ForeignKey('o.id', { ondelete: 'CASCADE', onupdate: 'CASCADE' })
    const table = sa.Table('t', sa.MetaData(), sa.Column('o_id', sa.Integer(), key))
    expect(compile({ kind: 'createTable', table, ifNotExists: false })).toBe(
      'CREATE TABLE t ( o_id INTEGER, FOREIGN KEY(o_id) REFERENCES o (id) ON DELETE CASCADE )',
    )
    expect(warnings.join()).toMatch(/UPDATE CASCADE/)
  })
})

it('indexes have what only this database has', () => {
  const create = (options: NonNullable<sa.DialectIndexOptions['oracle']>): string => {
    const index = sa.Index('ix', 'a', { oracle: options })
    sa.Table('t', sa.MetaData({ schema: 's' }), sa.Column('a', sa.Integer()), index)
    return compile({ kind: 'createIndex', index, ifNotExists: false })
  }
  expect(create({ bitmap: true })).toBe('CREATE BITMAP INDEX s.ix ON s.t (a)')
  expect(create({ compress: 1 })).toBe('CREATE INDEX s.ix ON s.t (a) COMPRESS 1')
  expect(create({ vector: true })).toBe(
    'CREATE VECTOR INDEX s.ix ON s.t (a) ORGANIZATION INMEMORY NEIGHBOR GRAPH PARAMETERS (type HNSW)',
  )
  expect(
    create({
      vector: { indexType: 'IVF', distance: 'COSINE', accuracy: 90, ivfNeighborPartitions: 8 },
    }),
  ).toBe(
    'CREATE VECTOR INDEX s.ix ON s.t (a) ORGANIZATION NEIGHBOR PARTITIONS DISTANCE COSINE WITH TARGET ACCURACY 90 PARAMETERS (type IVF, neighbor partitions 8)',
  )
})

describe('types', () => {
  it.each([
    [sa.String(50), 'VARCHAR2(50 CHAR)'],
    [sa.String(), 'VARCHAR2'],
    [sa.VARCHAR(5), 'VARCHAR(5 CHAR)'],
    [sa.NVARCHAR(5), 'NVARCHAR2(5)'],
    [sa.Text(), 'CLOB'],
    [sa.Boolean(), 'SMALLINT'],
    [sa.BigInteger(), 'NUMBER(19)'],
    [sa.Double(53), 'DOUBLE PRECISION(53)'],
    [sa.DateTime({ timezone: true }), 'DATE'],
    [sa.Interval({ dayPrecision: 3 }), 'INTERVAL DAY(3) TO SECOND'],
    [sa.Interval({ native: false }), 'DATE'],
    [sa.Uuid(), 'CHAR(32)'],
    [sa.Enum('a', 'bb'), 'VARCHAR(2 CHAR)'],
    [oracle.NUMBER(10, 2), 'NUMBER(10, 2)'],
    [oracle.NUMBER(10, -2), 'NUMBER(10, -2)'],
    [oracle.FLOAT(126), 'FLOAT(126)'],
    [oracle.TIMESTAMP({ timezone: true }), 'TIMESTAMP WITH TIME ZONE'],
    [oracle.TIMESTAMP({ localTimezone: true }), 'TIMESTAMP WITH LOCAL TIME ZONE'],
    [oracle.RAW(16), 'RAW(16)'],
    [oracle.ROWID(), 'ROWID'],
    [oracle.VECTOR(3, { storageFormat: 'FLOAT32' }), 'VECTOR(3,FLOAT32,*)'],
    [oracle.NativeType('MDSYS.SDO_GEOMETRY'), 'MDSYS.SDO_GEOMETRY'],
  ])('%s is %s', (type, sql) => {
    expect(dialect.types.compile(type)).toBe(sql)
  })

  it('are refused with a way out', () => {
    expect(() => dialect.types.compile(sa.Float(24))).toThrow(/sa\.oracle\.FLOAT\(79\)/)
    expect(() => dialect.types.compile(sa.JSON())).toThrow(/server 21/)
    expect(createDialect({ serverVersion: [21] }).types.compile(sa.JSON())).toBe('JSON')
    expect(() => oracle.TIMESTAMP({ timezone: true, localTimezone: true })).toThrow(SchemaError)
  })

  it('of numbers without digits after the point are integers', () => {
    expect(oracle.NUMBER(10).affinity).toBe('Integer')
    expect(oracle.NUMBER(10, 2).affinity).toBe('Numeric')
  })
})

describe('values', () => {
  it.each([
    [true, sa.Boolean(), '1'],
    ['2024-02-29', sa.Date(), "TO_DATE('2024-02-29', 'YYYY-MM-DD')"],
    [
      '2024-02-29T13:14:15',
      sa.DateTime(),
      "TO_DATE('2024-02-29 13:14:15', 'YYYY-MM-DD HH24:MI:SS')",
    ],
    [
      '2024-02-29 13:14:15.5',
      sa.DateTime(),
      "TO_TIMESTAMP('2024-02-29 13:14:15.5', 'YYYY-MM-DD HH24:MI:SS.FF')",
    ],
    [
      new Date('2024-02-29T13:14:15Z'),
      sa.DateTime(),
      "TO_DATE('2024-02-29 13:14:15', 'YYYY-MM-DD HH24:MI:SS')",
    ],
    [
      new Date('2024-02-29T13:14:15.25Z'),
      oracle.TIMESTAMP({ timezone: true }),
      "TO_TIMESTAMP_TZ('2024-02-29 13:14:15.250 +00:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')",
    ],
    [new Date('2024-02-29T13:14:15Z'), sa.Date(), "TO_DATE('2024-02-29', 'YYYY-MM-DD')"],
    [90061, sa.Interval(), "NUMTODSINTERVAL(90061.0, 'SECOND')"],
    [new Uint8Array([0, 255]), sa.LargeBinary(), "HEXTORAW('00FF')"],
    ['12345678-1234-5678-1234-567812345678', sa.Uuid(), "'12345678123456781234567812345678'"],
    ['tomorrow', sa.DateTime(), "'tomorrow'"],
  ])('%j as %s is %s', (value, type, sql) => {
    expect(dialect.literals.renderLiteral(value, type)).toBe(sql)
  })

  it('of more bytes than a literal has are refused', () => {
    expect(() => dialect.literals.renderLiteral(new Uint8Array(2001), sa.LargeBinary())).toThrow(
      CompileError,
    )
  })

  it('travel under numbers: names could be reserved words', () => {
    const table = sa.table('t', sa.column('date'), sa.column('b'))
    const rows = sa.insert(table).values({ date: 1, b: 'x' })
    expect(dialect.sql.compile(rows).sql).toBe('INSERT INTO t ("date", b) VALUES (:1, :2)')
    const named = createDialect({ paramstyle: 'named' })
    expect(named.sql.compile(rows).sql).toBe('INSERT INTO t ("date", b) VALUES (:"date", :b)')
    expect(() => dialect.sql.compile(sa.insert(table).values({}))).toThrow(CompileError)
  })
})

it('expressions are written in its own way', () => {
  const sql = (expression: sa.SqlExpression): string => dialect.sql.compileForDdl(expression)
  const { func } = sa
  expect(sql(func.now())).toBe('CURRENT_TIMESTAMP')
  expect(sql(func.sysdate())).toBe('sysdate')
  expect(sql(func.char_length(sa.column('a')))).toBe('LENGTH(a)')
  expect(sql(sa.Sequence('s').nextValue())).toBe('s.nextval')
  expect(sql(sa.cast(sa.column('a'), sa.String()))).toBe('CAST(a AS VARCHAR2(4000 CHAR))')
  expect(sql(sa.select(sa.text('1')))).toBe('SELECT 1 FROM DUAL')
})
