import { sa } from '../../../src/index.ts'
import type { DatabaseName } from '../../live/servers.ts'

type Server = Exclude<DatabaseName, 'firebird'>
type Default =
  | string
  | ReturnType<typeof sa.text>
  | ReturnType<typeof sa.true>
  | ReturnType<typeof sa.func.now>

/** A type with parameters, and what columns of it are tried with. */
export interface TypeSample {
  readonly make: (name: string, labels: readonly string[]) => sa.TypeEngine
  /** Where it exists; everywhere unless given. */
  readonly on?: readonly Server[]
  readonly defaults?: readonly (() => Default)[]
  /** Two values in SQL. */
  readonly values: readonly [string, string]
  readonly valuesOn?: Partial<Record<Server, readonly [string, string]>>
  /** Whether keys and indexes can be made of it. */
  readonly isKey?: boolean
  /** What `-1000` can be compared with. */
  readonly isNumber?: boolean
  /** A type that its values fit in as well. */
  readonly wider?: string
  /** It makes something that has a name. */
  readonly isNamed?: boolean
  /** It is an enumeration: values may be added to those that rows have, taken away again, and change places. */
  readonly hasLabels?: boolean
}

const NUMBERS = { values: ['1', '2'], isKey: true, isNumber: true } as const
const TEXTS = { values: ["'a'", "'b'"], isKey: true } as const
const LONG_TEXTS = { values: ["'a'", "'b'"] } as const
const MOMENTS = {
  values: ["'2026-01-02 03:04:05'", "'2025-12-31 23:59:59'"],
  isKey: true,
} as const
const BYTES = {
  values: ["x'00ff'", "x'27'"],
  valuesOn: { postgresql: ["'\\x00ff'", "'\\x27'"] },
} as const
const DOCUMENTS = { values: [`'{"a": 1}'`, `'[1, "it''s"]'`] } as const
const FLAGS = { values: ['true', 'false'] } as const
const KINDS = { values: ["'a'", "'b''s'"], isKey: true, hasLabels: true } as const

const number = (): Default => '5'
const negative = (): Default => sa.text('-7')
const quoted = (): Default => "it's"
const empty = (): Default => ''
const marked = (): Default => '%s :name ? \\ "x"'
const now = (): Default => sa.func.now()
const letter = (): Default => 'a'
const texts = [letter, quoted, empty, marked]
const flags = [() => sa.true(), () => sa.false(), () => sa.text('true')] as const

/** Generic types, those of the standard, and those of single databases. */
export const TYPES: Readonly<Record<string, TypeSample>> = {
  integer: {
    ...NUMBERS,
    make: () => sa.Integer(),
    defaults: [number, negative, () => sa.text('0')],
    wider: 'bigInteger',
  },
  smallInteger: {
    ...NUMBERS,
    make: () => sa.SmallInteger(),
    defaults: [number],
    wider: 'integer',
  },
  bigInteger: { ...NUMBERS, make: () => sa.BigInteger(), defaults: [number, negative] },
  string: { ...TEXTS, make: () => sa.String(30), defaults: texts, wider: 'longString' },
  longString: { ...TEXTS, make: () => sa.String(60), defaults: texts, wider: 'text' },
  unicode: { ...TEXTS, make: () => sa.Unicode(20), defaults: texts },
  char: { ...TEXTS, make: () => sa.CHAR(5), defaults: [() => 'abcde'] },
  text: { ...LONG_TEXTS, make: () => sa.Text(), defaults: texts },
  unicodeText: { ...LONG_TEXTS, make: () => sa.UnicodeText() },
  numeric: {
    ...NUMBERS,
    make: () => sa.Numeric(10, 2),
    defaults: [() => '1.50', () => sa.text('1.5'), negative],
    wider: 'longNumeric',
  },
  longNumeric: { ...NUMBERS, make: () => sa.Numeric(12, 2), defaults: [number] },
  wholeNumeric: { ...NUMBERS, make: () => sa.Numeric(8), defaults: [number] },
  plainNumeric: { ...NUMBERS, make: () => sa.Numeric() },
  float: { ...NUMBERS, isKey: false, make: () => sa.Float(), defaults: [() => sa.text('0.5')] },
  preciseFloat: { ...NUMBERS, isKey: false, make: () => sa.Float(53) },
  double: { ...NUMBERS, isKey: false, make: () => sa.Double(), defaults: [number] },
  real: { ...NUMBERS, isKey: false, make: () => sa.REAL() },
  boolean: { ...FLAGS, make: () => sa.Boolean(), defaults: flags },
  checkedBoolean: {
    ...FLAGS,
    make: (name) => sa.Boolean({ createConstraint: true, name }),
    defaults: flags,
    isNamed: true,
  },
  date: {
    make: () => sa.Date(),
    values: ["'2026-01-02'", "'2025-12-31'"],
    isKey: true,
    defaults: [() => '2026-01-01'],
  },
  dateTime: { ...MOMENTS, make: () => sa.DateTime(), defaults: [now, () => '2026-01-01 00:00:00'] },
  zonedDateTime: { ...MOMENTS, make: () => sa.DateTime({ timezone: true }), defaults: [now] },
  timestamp: {
    ...MOMENTS,
    make: () => sa.TIMESTAMP(),
    on: ['postgresql', 'sqlite'],
    defaults: [now],
  },
  time: { make: () => sa.Time(), values: ["'03:04:05'", "'23:59:59'"], isKey: true },
  interval: {
    make: () => sa.Interval(),
    values: ["'1970-01-02 00:00:00'", "'1970-01-03 00:00:00'"],
    valuesOn: { postgresql: ["'1 day'", "'2 hours'"] },
  },
  binary: { ...BYTES, make: () => sa.LargeBinary() },
  sizedBinary: { ...BYTES, make: () => sa.LargeBinary(100) },
  uuid: {
    make: () => sa.Uuid(),
    values: ["'0190163d8694739baea5966c26f8ad91'", "'8e1c0a1b2d3e4f5061728394a5b6c7d8'"],
    isKey: true,
  },
  textUuid: {
    make: () => sa.Uuid({ nativeUuid: false }),
    values: ["'0190163d8694739baea5966c26f8ad91'", "'8e1c0a1b2d3e4f5061728394a5b6c7d8'"],
    isKey: true,
  },
  json: { ...DOCUMENTS, make: () => sa.JSON(), defaults: [() => '{}', () => `{"k": "it's"}`] },
  enum: {
    ...KINDS,
    make: (name, labels) => sa.Enum(...labels, { name }),
    defaults: [() => 'a', () => "b's"],
    isNamed: true,
  },
  checkedEnum: {
    ...KINDS,
    make: (name, labels) => sa.Enum(...labels, { name, nativeEnum: false, createConstraint: true }),
    defaults: [() => 'a'],
    isNamed: true,
  },
  wordEnum: {
    ...KINDS,
    make: (_name, labels) => sa.Enum(...labels, { nativeEnum: false, length: 20 }),
  },
  variant: {
    ...LONG_TEXTS,
    make: () => sa.String(20).withVariant(sa.Text(), 'postgresql', 'mariadb', 'sqlite'),
  },
  otherVariant: { ...TEXTS, make: () => sa.String(20).withVariant(sa.Text(), 'oracle') },
  collated: {
    ...TEXTS,
    make: () => sa.String(20, { collation: 'C' }),
    on: ['postgresql'],
    defaults: texts,
  },
  array: {
    make: () => sa.ARRAY(sa.Integer()),
    on: ['postgresql'],
    values: ["'{1,2}'", "'{}'"],
    defaults: [() => '{}', () => sa.text("'{1}'::integer[]")],
  },
  textArrays: {
    make: () => sa.ARRAY(sa.String(20), { dimensions: 2 }),
    on: ['postgresql'],
    values: ["'{{a}}'", "'{}'"],
  },
  jsonb: {
    ...DOCUMENTS,
    make: () => sa.postgresql.JSONB(),
    on: ['postgresql'],
    defaults: [() => '{}', () => sa.text(`'{"a": 1}'::jsonb`)],
  },
  inet: {
    make: () => sa.postgresql.INET(),
    on: ['postgresql'],
    values: ["'10.0.0.1'", "'::1'"],
    isKey: true,
    defaults: [() => '127.0.0.1'],
  },
  cidr: {
    make: () => sa.postgresql.CIDR(),
    on: ['postgresql'],
    values: ["'10.0.0.0/8'", "'::/0'"],
  },
  macaddr: {
    make: () => sa.postgresql.MACADDR(),
    on: ['postgresql'],
    values: ["'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'"],
  },
  bits: { make: () => sa.postgresql.BIT(5), on: ['postgresql'], values: ["B'00101'", "B'11111'"] },
  varyingBits: {
    make: () => sa.postgresql.BIT(5, { varying: true }),
    on: ['postgresql'],
    values: ["B'1'", "B'11111'"],
  },
  preciseTimestamp: {
    ...MOMENTS,
    make: () => sa.postgresql.TIMESTAMP({ precision: 3, timezone: true }),
    on: ['postgresql'],
    defaults: [now],
  },
  preciseInterval: {
    make: () => sa.postgresql.INTERVAL({ precision: 3 }),
    on: ['postgresql'],
    values: ["'1 day'", "'2 hours'"],
  },
  yearInterval: {
    make: () => sa.postgresql.INTERVAL({ fields: 'YEAR TO MONTH' }),
    on: ['postgresql'],
    values: ["'1 year'", "'2 months'"],
  },
  searchVector: {
    make: () => sa.postgresql.TSVECTOR(),
    on: ['postgresql'],
    values: ["'a b'", "'c'"],
  },
  range: {
    make: () => sa.postgresql.INT4RANGE(),
    on: ['postgresql'],
    values: ["'[1,3)'", "'empty'"],
  },
  money: {
    make: () => sa.postgresql.MONEY(),
    on: ['postgresql'],
    values: ['1.5::numeric::money', '2::money'],
  },
  tinyInteger: {
    ...NUMBERS,
    make: () => sa.mysql.TINYINT(),
    on: ['mariadb'],
    defaults: [number],
  },
  unsignedInteger: {
    ...NUMBERS,
    isNumber: false,
    make: () => sa.mysql.INTEGER({ unsigned: true }),
    on: ['mariadb'],
    defaults: [number],
  },
  mediumInteger: { ...NUMBERS, make: () => sa.mysql.MEDIUMINT(), on: ['mariadb'] },
  year: { make: () => sa.mysql.YEAR(), on: ['mariadb'], values: ['2026', '1999'] },
  bit: { make: () => sa.mysql.BIT(8), on: ['mariadb'], values: ["b'1'", "b'101'"] },
  set: {
    make: () => sa.mysql.SET('a', "b's"),
    on: ['mariadb'],
    values: ["'a'", "'a,b''s'"],
    defaults: [() => 'a'],
  },
  mysqlEnum: {
    ...KINDS,
    make: (_name, labels) => sa.mysql.ENUM(...labels),
    on: ['mariadb'],
    defaults: [() => 'a'],
  },
  longText: { ...LONG_TEXTS, make: () => sa.mysql.LONGTEXT(), on: ['mariadb'] },
  mediumText: {
    ...LONG_TEXTS,
    make: () => sa.mysql.MEDIUMTEXT(),
    on: ['mariadb'],
    wider: 'longText',
  },
  mediumBlob: { ...BYTES, make: () => sa.mysql.MEDIUMBLOB(), on: ['mariadb'] },
  fixedBinary: { ...BYTES, make: () => sa.BINARY(4), on: ['mariadb'] },
  varBinary: { ...BYTES, make: () => sa.VARBINARY(40), on: ['mariadb'] },
  preciseDateTime: {
    ...MOMENTS,
    make: () => sa.mysql.DATETIME({ fsp: 3 }),
    on: ['mariadb'],
    defaults: [() => sa.text('CURRENT_TIMESTAMP(3)')],
  },
  touchedTimestamp: {
    ...MOMENTS,
    make: () => sa.mysql.TIMESTAMP(),
    on: ['mariadb'],
    defaults: [() => sa.text('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP')],
  },
  mariadbCollated: {
    ...TEXTS,
    make: () => sa.mysql.VARCHAR(20, { charset: 'latin1', collation: 'latin1_bin' }),
    on: ['mariadb'],
    defaults: [() => 'x'],
  },
}
