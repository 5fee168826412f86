import { describe, expect, it } from 'vitest'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { op, sa } from '../../../src/index.ts'
import { scriptOf } from '../../property/run.ts'
import { DIALECTS, sqlFor, type ByDialect } from './every-dialect.ts'

/** An object of `Temporal`, which not every runtime has. */
function temporal(kind: string, text: string, more: object = {}): object {
  return { ...more, [Symbol.toStringTag]: `Temporal.${kind}`, toString: () => text }
}

const INSTANT = temporal('Instant', '2020-01-02T03:04:05.123456789Z', {
  epochMilliseconds: 1577934245123,
})
const ZONED = temporal('ZonedDateTime', '2020-01-02T04:04:05+01:00[Europe/Paris]', {
  epochMilliseconds: 1577934245000,
  toInstant: () =>
    temporal('Instant', '2020-01-02T03:04:05Z', { epochMilliseconds: 1577934245000 }),
})
const PLAIN = temporal('PlainDateTime', '2020-01-02T03:04:05.5')
const DAY = temporal('PlainDate', '2020-01-02')
const CLOCK = temporal('PlainTime', '03:04:05.000001')
const SPAN = temporal('Duration', 'P1DT1H1M1.5S')
const FAR = temporal('PlainDate', '+012024-01-01')
const UUID = '12345678-1234-5678-1234-567812345678'
const MOMENT = new Date('2020-01-02T03:04:05.120Z')
const MIDNIGHT = new Date('2020-01-02T00:00:00Z')

/** A type, a value, its literal on most dialects, and on the others; `null` where it is refused. */
const LITERALS: readonly (readonly [sa.TypeEngine | null, unknown, string | null, ByDialect])[] = [
  [sa.Integer(), 5, '5', {}],
  [sa.Integer(), -1, '-1', {}],
  [sa.Integer(), -0, '0', {}],
  [sa.Integer(), 10n, '10', {}],
  [sa.Integer(), '42', '42', {}],
  [sa.Integer(), '1; DROP TABLE t', null, {}],
  [sa.Integer(), Number.NaN, null, {}],
  [sa.Integer(), MOMENT, null, {}],
  [sa.Integer(), Uint8Array.of(1), null, {}],
  [sa.Integer(), { a: 1 }, null, {}],
  [sa.Integer(), [1], null, {}],
  [sa.Integer(), null, 'NULL', {}],
  [sa.Integer(), undefined, 'NULL', {}],
  [sa.BigInteger(), 2n ** 63n - 1n, '9223372036854775807', {}],
  [sa.BigInteger(), 2n ** 64n, '18446744073709551616', { sqlite: null }],
  [sa.BigInteger(), '9007199254740993', '9007199254740993', {}],
  [sa.Numeric(10, 2), '1.10', '1.10', {}],
  [sa.Numeric(10, 2), 1.5, '1.5', {}],
  [sa.Numeric(), '-12345678901234567890.5', '-12345678901234567890.5', {}],
  [sa.Numeric(), Number.NaN, null, { postgresql: "'NaN'" }],
  [sa.Numeric(), Infinity, null, { postgresql: "'Infinity'", sqlite: '9e999' }],
  [sa.Float(), 1e-7, '1e-7', {}],
  [sa.Float(), 1e21, '1e+21', {}],
  [sa.Float(), -Infinity, null, { postgresql: "'-Infinity'", sqlite: '-9e999' }],
  [sa.Double(), Number.NaN, null, { postgresql: "'NaN'" }],
  [sa.Boolean(), true, '1', { postgresql: 'true', mysql: 'true', mariadb: 'true' }],
  [sa.Boolean(), false, '0', { postgresql: 'false', mysql: 'false', mariadb: 'false' }],
  [sa.Boolean(), 1, '1', { postgresql: 'true', mysql: 'true', mariadb: 'true' }],
  [
    sa.BOOLEAN(),
    true,
    '1',
    { postgresql: 'true', mysql: 'true', mariadb: 'true', firebird: 'true' },
  ],
  [sa.Boolean(), MOMENT, null, {}],
  [sa.String(50), '', "''", {}],
  [sa.String(50), "it's", "'it''s'", {}],
  [sa.String(50), '100%', "'100%'", {}],
  [sa.String(50), String.raw`a\b`, "'a\\b'", { mysql: "'a\\\\b'", mariadb: "'a\\\\b'" }],
  [sa.String(50), 'é漢😀', "'é漢😀'", {}],
  [sa.String(50), 'a\nb', "'a\nb'", {}],
  [sa.String(50), 'a\0b', null, {}],
  [sa.String(50), 'a\uD800b', null, {}],
  [sa.String(50), { a: 1 }, null, {}],
  [sa.Unicode(50), 'é', "'é'", { mssql: "N'é'" }],
  [sa.Text(), 'x', "'x'", {}],
  [sa.Date(), MOMENT, "'2020-01-02'", { oracle: "TO_DATE('2020-01-02', 'YYYY-MM-DD')" }],
  [sa.Date(), '2020-01-02', "'2020-01-02'", { oracle: "TO_DATE('2020-01-02', 'YYYY-MM-DD')" }],
  [sa.Date(), DAY, "'2020-01-02'", { oracle: "TO_DATE('2020-01-02', 'YYYY-MM-DD')" }],
  [sa.Date(), FAR, null, {}],
  [
    sa.DateTime(),
    MOMENT,
    "'2020-01-02 03:04:05.120000'",
    {
      mssql: "'2020-01-02 03:04:05.120'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.120', 'YYYY-MM-DD HH24:MI:SS.FF')",
      firebird: "'2020-01-02 03:04:05.1200'",
      informix: "'2020-01-02 03:04:05'",
      sybase: "'2020-01-02 03:04:05.120'",
    },
  ],
  [
    sa.DateTime(),
    MIDNIGHT,
    "'2020-01-02 00:00:00'",
    {
      sqlite: "'2020-01-02 00:00:00.000000'",
      oracle: "TO_DATE('2020-01-02 00:00:00', 'YYYY-MM-DD HH24:MI:SS')",
    },
  ],
  [
    sa.DateTime(),
    '2020-01-02 03:04:05',
    "'2020-01-02 03:04:05'",
    {
      sqlite: "'2020-01-02 03:04:05.000000'",
      oracle: "TO_DATE('2020-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS')",
    },
  ],
  [
    sa.DateTime(),
    '2020-01-02T03:04:05.5',
    "'2020-01-02T03:04:05.5'",
    {
      sqlite: "'2020-01-02 03:04:05.500000'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.5', 'YYYY-MM-DD HH24:MI:SS.FF')",
    },
  ],
  [
    sa.DateTime(),
    PLAIN,
    "'2020-01-02 03:04:05.5'",
    {
      sqlite: "'2020-01-02 03:04:05.500000'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.5', 'YYYY-MM-DD HH24:MI:SS.FF')",
    },
  ],
  [
    sa.DateTime(),
    INSTANT,
    "'2020-01-02 03:04:05.123456'",
    {
      mssql: "'2020-01-02 03:04:05.123'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.123456', 'YYYY-MM-DD HH24:MI:SS.FF')",
      firebird: "'2020-01-02 03:04:05.1234'",
      informix: "'2020-01-02 03:04:05'",
      sybase: "'2020-01-02 03:04:05.123'",
    },
  ],
  [
    sa.DateTime(),
    ZONED,
    "'2020-01-02 03:04:05'",
    {
      sqlite: "'2020-01-02 03:04:05.000000'",
      oracle: "TO_DATE('2020-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS')",
    },
  ],
  [sa.DateTime(), new Date(Number.NaN), null, {}],
  [sa.DateTime(), new Date('+012024-01-01T00:00:00Z'), null, {}],
  [sa.DateTime(), new Date('-000044-03-15T00:00:00Z'), null, {}],
  [sa.DateTime(), Uint8Array.of(1), null, {}],
  [
    sa.DateTime({ timezone: true }),
    MOMENT,
    "'2020-01-02 03:04:05.120000'",
    {
      postgresql: "'2020-01-02 03:04:05.120000+00:00'",
      mssql: "'2020-01-02 03:04:05.120+00:00'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.120', 'YYYY-MM-DD HH24:MI:SS.FF')",
      firebird: "'2020-01-02 03:04:05.1200'",
      informix: "'2020-01-02 03:04:05'",
      sybase: "'2020-01-02 03:04:05.120'",
    },
  ],
  [
    sa.DateTime({ timezone: true }),
    INSTANT,
    "'2020-01-02 03:04:05.123456'",
    {
      postgresql: "'2020-01-02 03:04:05.123456+00:00'",
      mssql: "'2020-01-02 03:04:05.123456+00:00'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.123456', 'YYYY-MM-DD HH24:MI:SS.FF')",
      firebird: "'2020-01-02 03:04:05.1234'",
      informix: "'2020-01-02 03:04:05'",
      sybase: "'2020-01-02 03:04:05.123'",
    },
  ],
  [
    sa.TIMESTAMP({ timezone: true }),
    MOMENT,
    "'2020-01-02 03:04:05.120000'",
    {
      postgresql: "'2020-01-02 03:04:05.120000+00:00'",
      mssql: "'2020-01-02 03:04:05.120+00:00'",
      oracle:
        "TO_TIMESTAMP_TZ('2020-01-02 03:04:05.120 +00:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')",
      firebird: "'2020-01-02 03:04:05.1200'",
      informix: "'2020-01-02 03:04:05.12000'",
      sybase: "'2020-01-02 03:04:05.120'",
    },
  ],
  [
    sa.Time(),
    MOMENT,
    "'03:04:05.120000'",
    {
      mssql: "'03:04:05.120'",
      firebird: "'03:04:05.1200'",
      informix: "'03:04:05'",
      sybase: "'03:04:05.120'",
    },
  ],
  [sa.Time(), '03:04:05', "'03:04:05'", { sqlite: "'03:04:05.000000'" }],
  [sa.Time(), CLOCK, "'03:04:05.000001'", {}],
  [
    sa.Interval(),
    90061,
    "'1970-01-02 01:01:01'",
    {
      postgresql: 'make_interval(secs=>90061.0)',
      sqlite: "'1970-01-02 01:01:01.000000'",
      oracle: "NUMTODSINTERVAL(90061.0, 'SECOND')",
    },
  ],
  [
    sa.Interval(),
    -1.5,
    "'1969-12-31 23:59:58.500000'",
    {
      postgresql: 'make_interval(secs=>-1.5)',
      mssql: "'1969-12-31 23:59:58.500'",
      oracle: "NUMTODSINTERVAL(-1.5, 'SECOND')",
      firebird: "'1969-12-31 23:59:58.5000'",
      informix: "'1969-12-31 23:59:58'",
      sybase: "'1969-12-31 23:59:58.500'",
    },
  ],
  [
    sa.Interval(),
    SPAN,
    "'1970-01-02 01:01:01.500000'",
    {
      postgresql: "'P1DT1H1M1.5S'",
      mssql: "'1970-01-02 01:01:01.500'",
      oracle: "NUMTODSINTERVAL(90061.5, 'SECOND')",
      firebird: "'1970-01-02 01:01:01.5000'",
      informix: "'1970-01-02 01:01:01'",
      sybase: "'1970-01-02 01:01:01.500'",
    },
  ],
  [sa.Interval(), 'P1M', null, { postgresql: "'P1M'" }],
  [
    sa.Interval({ native: false }),
    90061,
    "'1970-01-02 01:01:01'",
    {
      sqlite: "'1970-01-02 01:01:01.000000'",
      oracle: "TO_DATE('1970-01-02 01:01:01', 'YYYY-MM-DD HH24:MI:SS')",
    },
  ],
  [sa.Interval(), MOMENT, null, {}],
  [
    sa.LargeBinary(),
    Buffer.from('abc'),
    "'abc'",
    {
      sqlite: "X'616263'",
      mssql: '0x616263',
      oracle: "HEXTORAW('616263')",
      firebird: "x'616263'",
      db2: "BX'616263'",
      informix: null,
      sybase: '0x616263',
    },
  ],
  [
    sa.LargeBinary(),
    Uint8Array.of(0, 255),
    "X'00FF'",
    {
      postgresql: "decode('00ff', 'hex')",
      mssql: '0x00FF',
      oracle: "HEXTORAW('00FF')",
      firebird: "x'00FF'",
      db2: "BX'00FF'",
      informix: null,
      sybase: '0x00FF',
    },
  ],
  [
    sa.LargeBinary(),
    Uint8Array.of(1, 2).buffer,
    "X'0102'",
    {
      postgresql: "decode('0102', 'hex')",
      mssql: '0x0102',
      oracle: "HEXTORAW('0102')",
      firebird: "x'0102'",
      db2: "BX'0102'",
      informix: null,
      sybase: '0x0102',
    },
  ],
  [
    sa.LargeBinary(),
    Buffer.alloc(0),
    "''",
    {
      sqlite: "X''",
      mssql: '0x',
      oracle: "HEXTORAW('')",
      firebird: "x''",
      db2: "BX''",
      informix: null,
      sybase: '0x',
    },
  ],
  [
    sa.LargeBinary(),
    Buffer.from("'\\\\%"),
    "'''\\\\\\\\%'",
    {
      sqlite: "X'275C5C25'",
      mssql: '0x275C5C25',
      oracle: "HEXTORAW('275C5C25')",
      firebird: "x'275C5C25'",
      db2: "BX'275C5C25'",
      informix: null,
      sybase: '0x275C5C25',
    },
  ],
  [
    sa.Uuid(),
    UUID,
    "'12345678123456781234567812345678'",
    {
      postgresql: "'12345678-1234-5678-1234-567812345678'",
      mssql: "'12345678-1234-5678-1234-567812345678'",
    },
  ],
  [sa.Uuid({ nativeUuid: false }), UUID, "'12345678123456781234567812345678'", {}],
  [
    sa.UUID(),
    UUID,
    "'12345678123456781234567812345678'",
    {
      postgresql: "'12345678-1234-5678-1234-567812345678'",
      mssql: "'12345678-1234-5678-1234-567812345678'",
    },
  ],
  [sa.Uuid(), Buffer.alloc(16), null, {}],
  [sa.JSON(), { a: [1, null] }, '\'{"a":[1,null]}\'', { mssql: 'N\'{"a":[1,null]}\'' }],
  [sa.JSON(), [1, 2], "'[1,2]'", { mssql: "N'[1,2]'" }],
  [sa.JSON(), "it's", "'\"it''s\"'", { mssql: "N'\"it''s\"'" }],
  [sa.JSON(), 5, "'5'", { mssql: "N'5'" }],
  [sa.JSON(), true, "'true'", { mssql: "N'true'" }],
  [sa.JSON(), null, 'NULL', {}],
  [sa.JSON(), { a: 10n }, null, {}],
  [sa.JSON(), { a: Number.NaN }, null, {}],
  [sa.JSON(), { a: new Date(Number.NaN) }, null, {}],
  [sa.ARRAY(sa.Integer()), [1, null, 3], null, { postgresql: 'ARRAY[1, NULL, 3]' }],
  [sa.ARRAY(sa.Integer()), [], null, { postgresql: "'{}'" }],
  [sa.ARRAY(sa.Text()), ["it's"], null, { postgresql: "ARRAY['it''s']" }],
  [sa.ARRAY(sa.Date()), [MOMENT], null, { postgresql: "'{2020-01-02}'" }],
  [
    sa.ARRAY(sa.Integer(), { dimensions: 2 }),
    [[1], [2]],
    null,
    { postgresql: 'ARRAY[ARRAY[1], ARRAY[2]]' },
  ],
  [sa.Enum('a', 'b', { name: 'en' }), 'a', "'a'", {}],
  [sa.Enum('a', 'b', { name: 'en', validateStrings: true }), 'c', null, {}],
  [null, 'text', "'text'", {}],
  [null, 5, '5', {}],
  [
    null,
    MOMENT,
    "'2020-01-02 03:04:05.120000'",
    {
      mssql: "'2020-01-02 03:04:05.120'",
      oracle: "TO_TIMESTAMP('2020-01-02 03:04:05.120', 'YYYY-MM-DD HH24:MI:SS.FF')",
      firebird: "'2020-01-02 03:04:05.1200'",
      informix: "'2020-01-02 03:04:05'",
      sybase: "'2020-01-02 03:04:05.120'",
    },
  ],
  [
    null,
    Uint8Array.of(1),
    "X'01'",
    {
      postgresql: "decode('01', 'hex')",
      mssql: '0x01',
      oracle: "HEXTORAW('01')",
      firebird: "x'01'",
      db2: "BX'01'",
      informix: null,
      sybase: '0x01',
    },
  ],
]

describe.each(DIALECTS)('literals of $name', ({ name, dialect }) => {
  const rows = LITERALS.map(([type, value, most, others]) => ({
    type,
    value,
    sql: sqlFor(name, most, others),
  }))

  it.each(rows)('$type: $value is $sql', ({ type, value, sql }) => {
    if (sql === null) {
      expect(() => dialect.literals.renderLiteral(value, type)).toThrow(CompileError)
    } else {
      expect(dialect.literals.renderLiteral(value, type)).toBe(sql)
    }
  })

  it('what has no literal is an error with row, column and value', async () => {
    const table = sa.table('t', sa.column('id', sa.Integer()), sa.column('v', sa.Integer()))
    const rows = [
      { id: 1, v: 1 },
      { id: 2, v: Uint8Array.of(1, 2) },
    ]
    const script = scriptOf({ dialectName: name }, () => op.bulkInsert(table, rows))
    await expect(script).rejects.toThrow(
      `Row 1 of the rows for table 't', column 'v': Could not render literal value 2 bytes with datatype Integer() for dialect ${name}; such a column holds no bytes`,
    )
  })
})
