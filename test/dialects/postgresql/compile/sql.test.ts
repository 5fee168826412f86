import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/postgresql/compile/index.ts'
import * as postgresql from '../../../../src/dialects/postgresql/types/index.ts'
import * as sa from '../../../../src/sa.ts'
import type { TypeEngine } from '../../../../src/sql/types/type-engine.ts'
import { describePostgresql } from '../live.ts'

const offline = createDialect()
/** A server without `standard_conforming_strings`, which all have had since 9.1 unless told otherwise. */
const nonstandard = createDialect({ flags: { backslashEscapes: true } })

describe('literals', () => {
  const literal = (value: unknown, type: TypeEngine | null = null, dialect = offline): string =>
    dialect.literals.renderLiteral(value, type)

  it.each<[unknown, TypeEngine | null, string]>([
    ["it's", null, "'it''s'"],
    ['50%', null, "'50%'"],
    [true, null, 'true'],
    [0, sa.Boolean(), 'false'],
    ['12.50', sa.Numeric(), '12.50'],
    [9_223_372_036_854_775_807n, sa.BigInteger(), '9223372036854775807'],
    [null, sa.JSON(), 'NULL'],
    [{ a: [1, "it's"] }, postgresql.JSONB(), `'{"a":[1,"it''s"]}'`],
    [[1, 2, 3], postgresql.ARRAY(sa.Integer()), 'ARRAY[1, 2, 3]'],
    [
      [
        [1, 2],
        [3, 4],
      ],
      postgresql.ARRAY(sa.Integer()),
      'ARRAY[ARRAY[1, 2], ARRAY[3, 4]]',
    ],
    [['a', "it's", null], postgresql.ARRAY(sa.Text()), "ARRAY['a', 'it''s', NULL]"],
    [[], postgresql.ARRAY(sa.Text()), "'{}'"],
    [[null], postgresql.ARRAY(sa.Integer()), "'{NULL}'"],
    [[Number.NaN, -Infinity], postgresql.ARRAY(sa.Float()), "'{NaN,-Infinity}'"],
    [["it's", 'NULL', ''], postgresql.ARRAY(postgresql.ENUM('a')), `'{"it''s","NULL",""}'`],
    [[new Date(0), null], postgresql.ARRAY(sa.Date()), "'{1970-01-01,NULL}'"],
    [
      [{ a: '"' }, ['b']],
      postgresql.ARRAY(sa.JSON()),
      String.raw`'{"{\"a\":\"\\\"\"}","[\"b\"]"}'`,
    ],
    [Infinity, sa.Float(), "'Infinity'"],
    [new Uint8Array([97, 98]), sa.LargeBinary(), "'ab'"],
    [new Uint8Array([0, 255]), sa.LargeBinary(), "decode('00ff', 'hex')"],
    [new Date(Date.UTC(2024, 1, 29, 13, 14, 15)), sa.DateTime(), "'2024-02-29 13:14:15'"],
    [new Date(Date.UTC(2024, 1, 29)), sa.Date(), "'2024-02-29'"],
    ['1 day', sa.Interval(), "'1 day'"],
    ['12345678-1234-5678-1234-567812345678', sa.Uuid(), "'12345678-1234-5678-1234-567812345678'"],
  ])('%#: %s', (value, type, expected) => {
    expect(literal(value, type)).toBe(expected)
  })

  it('a UUID that is kept as text has no dashes', () => {
    const value = '12345678-1234-5678-1234-567812345678'
    expect(literal(value, sa.Uuid({ nativeUuid: false }))).toBe(
      "'12345678123456781234567812345678'",
    )
  })

  it('a backslash is doubled where the server is known to take it for an escape', () => {
    expect(literal('a\\b')).toBe("'a\\b'")
    expect(literal('a\\b', null, nonstandard)).toBe("'a\\\\b'")
  })

  it('bytes with a backslash are the same bytes either way', () => {
    const bytes = new TextEncoder().encode("'\\%")
    expect(literal(bytes, sa.LargeBinary())).toBe(String.raw`'''\\%'`)
    expect(literal(bytes, sa.LargeBinary(), nonstandard)).toBe(String.raw`'''\\%'`)
  })
})

describe('identifiers', () => {
  it.each([
    ['plain', 'plain'],
    ['user', '"user"'],
    ['verbose', '"verbose"'],
    ['MixedCase', '"MixedCase"'],
    ['dou"ble', '"dou""ble"'],
    ['per%cent', '"per%cent"'],
    ['1st', '"1st"'],
    ['ünï', '"ünï"'],
  ])('%s', (name, expected) => {
    expect(offline.preparer.quote(name)).toBe(expected)
  })
})

describe('statements', () => {
  const t = sa.table(
    't',
    sa.column('id', sa.Integer()),
    sa.column('doc', postgresql.JSONB()),
    sa.column('key', sa.Uuid()),
  )

  it('documents and UUIDs are cast, and documents travel as text', () => {
    const key = '12345678-1234-5678-1234-567812345678'
    const compiled = nonstandard.sql.compile(sa.insert(t).values({ id: 1, doc: [1, 'a'], key }))
    expect(compiled.sql).toBe('INSERT INTO t (id, doc, key) VALUES ($1, $2::JSONB, $3::UUID)')
    expect(compiled.parameters.map(({ value }) => value)).toEqual([1, '[1,"a"]', key])
  })

  it('placeholders follow the style that is asked for', () => {
    const compiled = createDialect({ paramstyle: 'pyformat' }).sql.compile(
      sa.update(t).values({ id: 2 }).where(sa.text("key::text LIKE 'a%'")),
    )
    expect(compiled.sql).toBe("UPDATE t SET id=%(id)s WHERE key::text LIKE 'a%%'")
  })

  it('functions', () => {
    const write = (expression: sa.SqlExpression): string => offline.sql.compileForDdl(expression)
    expect(write(sa.func.now())).toBe('now()')
    expect(write(sa.func.current_timestamp())).toBe('CURRENT_TIMESTAMP')
    expect(write(sa.Sequence("it's", { schema: 's' }).nextValue())).toBe(`nextval('s."it''s"')`)
  })
})

describePostgresql('values on a server', (connection) => {
  it('read back what was written', async () => {
    const t = sa.table(
      'v',
      sa.column('id', sa.Integer()),
      sa.column('doc', postgresql.JSONB()),
      sa.column('list', postgresql.ARRAY(sa.Text())),
      sa.column('bytes', sa.LargeBinary()),
      sa.column('text', sa.Text()),
    )
    const bytes = new Uint8Array([0, 39, 92, 255])
    const row = { doc: ['a', { b: null }], list: ["it's", 'x\\y'], bytes, text: 'a\\b%' }
    await connection().execute(
      'CREATE TABLE v (id integer, doc jsonb, list text[], bytes bytea, text text)',
    )
    const { sql } = connection().dialect
    const bound = sql.compile(sa.insert(t).values({ id: 1, ...row }))
    const inline = sql.compile(sa.insert(t).values({ id: 2, ...row }), { literalBinds: true })
    await connection().execute(
      bound.sql,
      bound.parameters.map(({ value }) => value),
    )
    await connection().execute(inline.sql)
    const { rows } = await connection().execute('SELECT * FROM v ORDER BY id')
    const expected = { ...row, bytes: Buffer.from(bytes) }
    expect(rows).toEqual([
      { id: 1, ...expected },
      { id: 2, ...expected },
    ])
  })
})
