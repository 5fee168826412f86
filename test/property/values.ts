import fc from 'fast-check'
import { sa } from '../../src/index.ts'
import { hostileText } from './hostile.ts'
import type { PropertyServer } from './servers.ts'

/** A type of column, values for it, and how to tell that what is stored is what was given. */
export interface ValueKind {
  readonly name: string
  readonly type: sa.TypeEngine
  readonly values: fc.Arbitrary<unknown>
  /** SQL that gives what is stored, of a quoted column. */
  readonly read: (column: string) => string
  /** What was read, such that equal values are equal. */
  readonly stored: (read: unknown) => unknown
  /** What was given, such that equal values are equal. */
  readonly given: (value: unknown) => unknown
}

type Database = PropertyServer['database']

const asText: Readonly<Record<Database, (column: string) => string>> = {
  postgresql: (column) => `${column}::text`,
  mariadb: (column) => `CAST(${column} AS CHAR)`,
  sqlite: (column) => `CAST(${column} AS TEXT)`,
}
const asHex: Readonly<Record<Database, (column: string) => string>> = {
  postgresql: (column) => `encode(${column}, 'hex')`,
  mariadb: (column) => `lower(hex(${column}))`,
  // Of NULL, hex() makes an empty text.
  sqlite: (column) => `CASE WHEN ${column} IS NOT NULL THEN lower(hex(${column})) END`,
}

const asIs = (value: unknown): unknown => value
const jsonRoundTrip = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const parse = (text: unknown): unknown => JSON.parse(String(text))

const years = { min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') }
const instants = fc.date({ ...years, noInvalidDate: true })
const wholeSeconds = instants.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))
const integers = fc.integer()
const bigints = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
/** NaN and the infinities, where the database has them. */
const doubles = (special: boolean): fc.Arbitrary<number> =>
  fc.double({ noNaN: !special, noDefaultInfinity: !special })
const decimals = (digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) }), fc.nat(6))
    .map(([value, places]) => withPoint(value, places))
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
  fc.uint8Array({ minLength: 3, maxLength: 40 }).map((array) => array.subarray(1, -1)),
  fc.uint8Array({ maxLength: 40 }).map((array) => array.slice().buffer),
  fc.constantFrom(...["'\\%", '\\\\', '', 'abc', "''"].map((text) => Buffer.from(text))),
)
const jsonText = fc
  .string({ unit: 'binary', maxLength: 5 })
  .map((text) => text.replaceAll('\0', ''))
const documents = fc
  .oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
    jsonText,
  )
  .filter((value) => value !== null)

function withPoint(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return value < 0n ? `-${text}` : text
}

/** A decimal number without what makes no difference. */
function plainDecimal(value: unknown): string {
  const text = String(value)
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return /^-?0*$/.test(trimmed) ? '0' : trimmed.replace(/^(-?)0+(?=\d)/, '$1')
}

/** Minus zero is zero: SQL tells no difference. */
const plainNumber = (value: unknown): number => Number(value) + 0

const hex = (value: unknown): string =>
  Buffer.from(
    value instanceof ArrayBuffer ? new Uint8Array(value) : (value as Uint8Array),
  ).toString('hex')

/** A moment in UTC with six digits, whatever form it was read in. */
const moment = (value: unknown): string => {
  const text = value instanceof Date ? value.toISOString() : String(value)
  const [whole = '', fraction = ''] = text
    .replace('T', ' ')
    .replace(/Z|\+00(:00)?$/, '')
    .split('.')
  return `${whole}.${fraction.padEnd(6, '0')}`
}

/** What `Temporal.Instant` is to this package; not every runtime has it. */
function temporalInstant(date: Date, micros: number): object {
  const iso = date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`)
  return {
    [Symbol.toStringTag]: 'Temporal.Instant',
    epochMilliseconds: date.getTime(),
    toString: () => iso,
  }
}

/** The length of a span; where there is no type for it, it is counted from 1970. */
const secondsOf: Readonly<Record<Database, (column: string) => string>> = {
  postgresql: (column) => `EXTRACT(EPOCH FROM ${column})::bigint::text`,
  mariadb: (column) => `CAST(TIMESTAMPDIFF(SECOND, '1970-01-01', ${column}) AS CHAR)`,
  sqlite: (column) => `strftime('%s', ${column})`,
}

const isoPart =
  (part: 0 | 1) =>
  (value: unknown): unknown =>
    value instanceof Date ? (value.toISOString().split(/[TZ]/)[part] ?? '') : value

/** The kinds that every database has, with the types that lose nothing of the values. */
export function commonKinds(database: Database): ValueKind[] {
  const text = asText[database]
  const isMariadb = database === 'mariadb'
  const common = { read: text, stored: asIs, given: asIs }
  const fsp = { fsp: 6 }
  return [
    { name: 'String', type: sa.String(500), values: hostileText, ...common },
    { name: 'Text', type: sa.Text(), values: hostileText, ...common },
    { name: 'Unicode', type: sa.Unicode(500), values: hostileText, ...common },
    {
      name: 'Integer',
      type: sa.Integer(),
      values: fc.oneof(integers, integers.map(BigInt), integers.map(String)),
      ...common,
      given: String,
    },
    {
      name: 'BigInteger',
      type: sa.BigInteger(),
      values: fc.oneof(bigints, bigints.map(String), fc.maxSafeInteger()),
      ...common,
      given: String,
    },
    {
      // SQLite keeps decimals as floats: 15 digits.
      name: 'Numeric',
      type: sa.Numeric(30, 6),
      values: fc.oneof(
        decimals(database === 'sqlite' ? 14 : 23),
        integers,
        bigints.filter((big) => database !== 'sqlite' || big % 1000n === 0n),
      ),
      read: database === 'sqlite' ? (column) => column : text,
      stored: database === 'sqlite' ? plainNumber : plainDecimal,
      given: database === 'sqlite' ? plainNumber : plainDecimal,
    },
    {
      name: 'Double',
      type: sa.Double(),
      values: doubles(database === 'postgresql'),
      read: (column) => column,
      stored: plainNumber,
      given: plainNumber,
    },
    {
      name: 'Boolean',
      type: sa.Boolean(),
      values: fc.boolean(),
      read: (column) => `CASE WHEN ${column} THEN 'yes' WHEN NOT ${column} THEN 'no' END`,
      stored: asIs,
      given: (value) => (value === true ? 'yes' : 'no'),
    },
    {
      name: 'Date',
      type: sa.Date(),
      values: fc.oneof(
        instants,
        instants.map((date) => date.toISOString().slice(0, 10)),
      ),
      ...common,
      given: isoPart(0),
    },
    {
      name: 'DateTime',
      type: isMariadb ? sa.mysql.DATETIME(fsp) : sa.DateTime(),
      values: fc.oneof(
        instants,
        instants.map((date) => date.toISOString().slice(0, -1).replace('T', ' ')),
      ),
      read: text,
      stored: moment,
      given: moment,
    },
    {
      name: 'DateTime with zone',
      type: sa.DateTime({ timezone: true }),
      // MySQL's DATETIME keeps whole seconds unless told otherwise.
      values: isMariadb ? wholeSeconds : instants,
      read: database === 'postgresql' ? (column) => `(${column} AT TIME ZONE 'UTC')::text` : text,
      stored: moment,
      given: moment,
    },
    {
      name: 'Time',
      type: isMariadb ? sa.mysql.TIME(fsp) : sa.Time(),
      values: fc.oneof(
        instants,
        instants.map((date) => date.toISOString().slice(11, -1)),
      ),
      read: text,
      stored: moment,
      given: (value) => moment(isoPart(1)(value)),
    },
    {
      name: 'Temporal.Instant',
      type: isMariadb ? sa.mysql.DATETIME(fsp) : sa.DateTime(),
      values: fc
        .tuple(instants, fc.nat(999))
        .map(([date, micros]) => temporalInstant(date, micros)),
      read: text,
      stored: moment,
      given: moment,
    },
    {
      name: 'Interval in seconds',
      type: sa.Interval(),
      values: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      read: secondsOf[database],
      stored: asIs,
      given: String,
    },
    {
      name: 'LargeBinary',
      type: sa.LargeBinary(),
      values: bytes,
      read: asHex[database],
      stored: asIs,
      given: hex,
    },
    {
      name: 'Uuid',
      type: sa.Uuid(),
      values: fc.uuid(),
      read: text,
      stored: (read) => String(read).replaceAll('-', ''),
      given: (value) => String(value).replaceAll('-', ''),
    },
    {
      name: 'JSON',
      type: sa.JSON(),
      values: documents,
      read: text,
      stored: parse,
      given: jsonRoundTrip,
    },
  ]
}

/** Kinds of one database. */
export function ownKinds(database: Database): ValueKind[] {
  switch (database) {
    case 'postgresql':
      return postgresqlKinds()
    case 'mariadb':
      return mariadbKinds()
    case 'sqlite':
      return [
        {
          name: 'infinities',
          type: sa.Float(),
          values: fc.constantFrom(Infinity, -Infinity),
          read: (column) => column,
          stored: asIs,
          given: asIs,
        },
      ]
  }
}

function postgresqlKinds(): ValueKind[] {
  const text = asText.postgresql
  const array = (
    name: string,
    item: sa.TypeEngine,
    items: fc.Arbitrary<unknown>,
    given: (item: unknown) => unknown = asIs,
    stored: (item: unknown) => unknown = asIs,
  ): ValueKind => ({
    name: `ARRAY of ${name}`,
    type: sa.ARRAY(item),
    values: fc.array(fc.option(items), { maxLength: 4 }),
    read: (column) => `array_to_json(${column}::text[])::text`,
    stored: (read) => (parse(read) as unknown[]).map((one) => (one === null ? null : stored(one))),
    given: (value) => (value as unknown[]).map((one) => (one === null ? null : given(one))),
  })
  const same = { read: text, stored: asIs, given: asIs }
  return [
    {
      name: 'JSONB',
      type: sa.postgresql.JSONB(),
      values: documents,
      read: text,
      stored: parse,
      given: jsonRoundTrip,
    },
    {
      name: 'Numeric without digits',
      type: sa.Numeric(),
      values: fc.constantFrom(Number.NaN, Infinity, -Infinity),
      ...same,
      given: String,
    },
    {
      name: 'Interval',
      type: sa.Interval(),
      values: fc.constantFrom('1 day', '-3 days', '1 day 02:03:04'),
      ...same,
    },
    {
      name: 'INET',
      type: sa.postgresql.INET(),
      values: fc.ipV4().map((ip) => `${ip}/31`),
      ...same,
    },
    array('Integer', sa.Integer(), integers, String),
    array('BigInteger', sa.BigInteger(), bigints, String, String),
    array('Text', sa.Text(), hostileText),
    array('String', sa.String(100), hostileText),
    array('Boolean', sa.Boolean(), fc.boolean(), String),
    array('Double', sa.Double(), doubles(true), plainNumber, plainNumber),
    array('Numeric', sa.Numeric(), decimals(20), plainDecimal, plainDecimal),
    array('Date', sa.Date(), instants, isoPart(0)),
    array('DateTime', sa.DateTime(), instants, moment, moment),
    array('LargeBinary', sa.LargeBinary(), bytes, hex, (one) => String(one).slice(2)),
    array('Uuid', sa.Uuid(), fc.uuid()),
    array('JSONB', sa.postgresql.JSONB(), documents, jsonRoundTrip, parse),
    {
      name: 'ARRAY of two dimensions',
      type: sa.ARRAY(sa.Text(), { dimensions: 2 }),
      values: fc.tuple(hostileText, hostileText, hostileText, hostileText).map(([a, b, c, d]) => [
        [a, b],
        [c, d],
      ]),
      read: (column) => `array_to_json(${column})::text`,
      stored: parse,
      given: asIs,
    },
  ]
}

function mariadbKinds(): ValueKind[] {
  const text = asText.mariadb
  const members = ['a', 'b c', "d'", 'e\\']
  return [
    {
      name: 'SET',
      type: sa.mysql.SET(...members),
      values: fc.subarray(members),
      read: text,
      stored: asIs,
      given: (value) => (value as string[]).join(','),
    },
    {
      name: 'BIT',
      type: sa.mysql.BIT(8),
      values: fc.oneof(
        fc.nat(255),
        fc.nat(255).map((byte) => Uint8Array.of(byte)),
      ),
      read: (column) => `CAST(${column} + 0 AS CHAR)`,
      stored: asIs,
      given: (value) => String(typeof value === 'number' ? value : (value as Uint8Array)[0]),
    },
    {
      name: 'YEAR',
      type: sa.mysql.YEAR(),
      values: fc.integer({ min: 1901, max: 2155 }),
      read: text,
      stored: asIs,
      given: String,
    },
    {
      name: 'TINYTEXT',
      type: sa.mysql.TINYTEXT(),
      values: hostileText,
      read: text,
      stored: asIs,
      given: asIs,
    },
    {
      name: 'VARBINARY',
      type: sa.VARBINARY(60),
      values: bytes,
      read: asHex.mariadb,
      stored: asIs,
      given: hex,
    },
  ]
}
