import { expect, it, describe } from 'vitest'
import { createDialect } from '../../../src/dialects/postgresql/compile/index.ts'
import * as postgresql from '../../../src/dialects/postgresql/types/index.ts'
import { Inspector } from '../../../src/engine/inspector.ts'
import { createCatalogReader } from '../../../src/dialects/postgresql/inspect/index.ts'
import * as sa from '../../../src/sa.ts'
import type { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import { describePostgresql } from './live.ts'

const dialect = createDialect()
const sql = (type: TypeEngine): string => dialect.types.compile(type)

/** Types and their SQL; the server gives each back as the same SQL unless `reflected` says otherwise. */
const TYPES: readonly {
  readonly type: TypeEngine
  readonly sql: string
  readonly reflected?: string
}[] = [
  { type: sa.Integer(), sql: 'INTEGER' },
  { type: sa.SmallInteger(), sql: 'SMALLINT' },
  { type: sa.BigInteger(), sql: 'BIGINT' },
  { type: sa.Numeric(), sql: 'NUMERIC' },
  { type: sa.Numeric(10, 2), sql: 'NUMERIC(10, 2)' },
  { type: sa.Float(), sql: 'FLOAT', reflected: 'DOUBLE PRECISION' },
  { type: sa.Float(24), sql: 'FLOAT(24)', reflected: 'REAL' },
  { type: sa.Double(), sql: 'DOUBLE PRECISION' },
  { type: sa.String(), sql: 'VARCHAR' },
  { type: sa.String(50, 'C'), sql: 'VARCHAR(50) COLLATE "C"' },
  { type: sa.Text(), sql: 'TEXT' },
  { type: sa.CHAR(3), sql: 'CHAR(3)' },
  { type: sa.Boolean(), sql: 'BOOLEAN' },
  { type: sa.Date(), sql: 'DATE' },
  { type: sa.DateTime(), sql: 'TIMESTAMP WITHOUT TIME ZONE' },
  { type: sa.DateTime({ timezone: true }), sql: 'TIMESTAMP WITH TIME ZONE' },
  { type: sa.Time({ timezone: true }), sql: 'TIME WITH TIME ZONE' },
  { type: sa.Interval(), sql: 'INTERVAL' },
  { type: sa.Interval({ secondPrecision: 3 }), sql: 'INTERVAL (3)' },
  { type: sa.Interval({ native: false }), sql: 'TIMESTAMP WITHOUT TIME ZONE' },
  { type: sa.LargeBinary(50), sql: 'BYTEA' },
  { type: sa.PickleType(), sql: 'BYTEA' },
  { type: sa.JSON(), sql: 'JSON' },
  { type: sa.Uuid(), sql: 'UUID' },
  { type: sa.Uuid({ nativeUuid: false }), sql: 'CHAR(32)' },
  { type: sa.Enum('a', 'bb', { nativeEnum: false }), sql: 'VARCHAR(2)' },
  { type: sa.ARRAY(sa.String(5)), sql: 'VARCHAR(5)[]' },
  {
    type: postgresql.ARRAY(sa.Integer(), { dimensions: 2 }),
    sql: 'INTEGER[][]',
    reflected: 'INTEGER[]',
  },
  { type: postgresql.ARRAY(sa.String(5, 'C')), sql: 'VARCHAR(5)[] COLLATE "C"' },
  { type: postgresql.BIT(), sql: 'BIT(1)' },
  { type: postgresql.BIT(5), sql: 'BIT(5)' },
  { type: postgresql.BIT({ varying: true }), sql: 'BIT VARYING' },
  { type: postgresql.BIT(5, { varying: true }), sql: 'BIT VARYING(5)' },
  {
    type: postgresql.TIMESTAMP({ precision: 3, timezone: true }),
    sql: 'TIMESTAMP(3) WITH TIME ZONE',
  },
  { type: postgresql.TIME({ precision: 0 }), sql: 'TIME(0) WITHOUT TIME ZONE' },
  {
    type: postgresql.INTERVAL({ fields: 'DAY TO SECOND', precision: 2 }),
    sql: 'INTERVAL DAY TO SECOND (2)',
    reflected: 'INTERVAL day to second (2)',
  },
  { type: postgresql.JSONB(), sql: 'JSONB' },
  { type: postgresql.NativeType('refcursor'), sql: 'refcursor' },
  ...[
    ...['BYTEA', 'CIDR', 'INET', 'MACADDR', 'MACADDR8', 'MONEY', 'OID', 'REGCLASS', 'REGCONFIG'],
    ...['REGPROC', 'REGTYPE', 'TSVECTOR', 'TSQUERY', 'JSONPATH', 'XML', 'PG_LSN', 'TXID_SNAPSHOT'],
    ...['PG_SNAPSHOT', 'XID', 'XID8', 'POINT', 'LINE', 'LSEG', 'BOX', 'PATH', 'POLYGON', 'CIRCLE'],
    ...['INT4RANGE', 'INT8RANGE', 'NUMRANGE', 'DATERANGE', 'TSRANGE', 'TSTZRANGE'],
    ...['INT4MULTIRANGE', 'INT8MULTIRANGE', 'NUMMULTIRANGE', 'DATEMULTIRANGE'],
    ...['TSMULTIRANGE', 'TSTZMULTIRANGE'],
  ].map((word) => ({
    type: (postgresql as never as Record<string, () => TypeEngine>)[word]!(),
    sql: word,
  })),
]

it.each(TYPES)('$sql', ({ type, sql: expected }) => {
  expect(sql(type)).toBe(expected)
})

describe('types by name', () => {
  it('an enumeration is its name, with its schema', () => {
    expect(sql(sa.Enum('a', { name: 'My Enum', schema: 's' }))).toBe('s."My Enum"')
    expect(sql(postgresql.ENUM('a', { name: 'mood' }))).toBe('mood')
  })

  it('an enumeration without a name is refused', () => {
    expect(() => sql(sa.Enum('a'))).toThrow('PostgreSQL Enum type requires a name')
  })

  it('a domain is its name', () => {
    expect(sql(postgresql.DOMAIN('posint', sa.Integer()))).toBe('posint')
  })

  it('an array of an enumeration that would need a CHECK is refused', () => {
    const item = sa.Enum('a', { nativeEnum: false, createConstraint: true })
    expect(() => sql(sa.ARRAY(item))).toThrow('cannot produce the CHECK constraint')
  })

  it('an array of arrays is refused', () => {
    expect(() => postgresql.ARRAY(sa.ARRAY(sa.Integer()))).toThrow('Do not nest ARRAY types')
  })
})

it('types of other databases that are not known here are refused', () => {
  class Odd extends sa.TypeEngine {
    override readonly typeName = 'ODD'
    override readonly affinity = 'Other'
  }
  expect(() => sql(new Odd())).toThrow("can't render element of type ODD")
})

it('a variant and a decorator are followed', () => {
  class Email extends sa.TypeDecorator<string> {
    override readonly typeName = 'Email'
    readonly impl = sa.String(320)
  }
  expect(sql(new Email())).toBe('VARCHAR(320)')
  expect(sql(sa.Text().withVariant(postgresql.CITEXT(), 'postgresql'))).toBe('CITEXT')
})

it('arguments that differ from the defaults make the type again', () => {
  expect(postgresql.TIMESTAMP(true, 3).typeArguments().options).toEqual({
    timezone: true,
    precision: 3,
  })
  expect(postgresql.INTERVAL(3, 'DAY').typeArguments().options).toEqual({
    precision: 3,
    fields: 'DAY',
  })
  expect(postgresql.JSONB({ noneAsNull: true }).typeArguments().options).toEqual({
    noneAsNull: true,
  })
  expect(postgresql.ENUM('a', { name: 'e', createType: false }).toString()).toBe(
    'ENUM(a, name=e, createType=false)',
  )
})

describePostgresql('types on a server', (connection) => {
  it('are created and come back', async () => {
    const names = TYPES.map((_, position) => `c${position}`)
    const columns = TYPES.map(({ type }, position) => `c${position} ${sql(type)}`)
    await connection().execute(`CREATE TABLE all_types (${columns.join(', ')})`)
    const inspector = new Inspector(createCatalogReader(connection()))
    const found = await inspector.getColumns('all_types')
    expect(found.map(({ name, type }) => [name, sql(type)])).toEqual(
      TYPES.map(({ reflected, sql: written }, position) => [names[position], reflected ?? written]),
    )
  })
})

it('the name of a collation is quoted', () => {
  const compile = (collation: string) => createDialect().types.compile(sa.String(5, collation))
  expect(compile('de"x')).toBe('VARCHAR(5) COLLATE "de""x"')
  expect(() => compile('a\0b')).toThrow('holds a NUL character')
})
