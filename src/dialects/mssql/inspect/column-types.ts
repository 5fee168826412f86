import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as mssql from '../types/index.ts'

/** What the catalog says of a column's type. */
export interface TypeRow {
  readonly type_name: string
  /** The system type below it; `null` for those of the server's own assemblies. */
  readonly base_type: string | null
  readonly type_schema: string
  readonly is_user_defined: boolean
  /** In bytes; -1 is `max`. */
  readonly max_length: number
  readonly precision: number
  readonly scale: number
  /** Only where it isn't the database's own. */
  readonly collation: string | null
}

type Reader = (row: TypeRow) => TypeEngine

const named = (collation: string | null): { readonly collation?: string } =>
  collation === null ? {} : { collation }

const characters = (bytes: number, each: number): number | 'max' =>
  bytes === -1 ? 'max' : bytes / each

/** Digits of a second; 7 is what the type has without saying. */
const fraction = ({ scale }: TypeRow): number | undefined => (scale === 7 ? undefined : scale)

const READERS: Readonly<Record<string, Reader>> = {
  bigint: () => mssql.BIGINT(),
  binary: ({ max_length: length }) => mssql.BINARY(length),
  bit: () => mssql.BIT(),
  char: ({ max_length: length, collation }) => mssql.CHAR(length, named(collation)),
  date: () => mssql.DATE(),
  datetime: () => mssql.DATETIME(),
  datetime2: (row) => mssql.DATETIME2(fraction(row)),
  datetimeoffset: (row) => mssql.DATETIMEOFFSET(fraction(row)),
  decimal: ({ precision, scale }) => mssql.DECIMAL(precision, scale),
  // FLOAT is FLOAT(53); the server makes REAL of what has 24 or less.
  float: ({ precision }) => (precision === 53 ? mssql.FLOAT() : mssql.FLOAT(precision)),
  geography: () => mssql.GEOGRAPHY(),
  geometry: () => mssql.GEOMETRY(),
  hierarchyid: () => mssql.HIERARCHYID(),
  image: () => mssql.IMAGE(),
  int: () => mssql.INTEGER(),
  money: () => mssql.MONEY(),
  nchar: ({ max_length: length, collation }) => mssql.NCHAR(length / 2, named(collation)),
  ntext: ({ collation }) => mssql.NTEXT(named(collation)),
  numeric: ({ precision, scale }) => mssql.NUMERIC(precision, scale),
  nvarchar: ({ max_length: length, collation }) =>
    mssql.NVARCHAR(characters(length, 2), named(collation)),
  real: () => mssql.REAL(),
  smalldatetime: () => mssql.SMALLDATETIME(),
  smallint: () => mssql.SMALLINT(),
  smallmoney: () => mssql.SMALLMONEY(),
  sql_variant: () => mssql.SQL_VARIANT(),
  // An alias that comes with the server.
  sysname: ({ collation }) => mssql.NVARCHAR(128, named(collation)),
  text: ({ collation }) => mssql.TEXT(named(collation)),
  time: (row) => mssql.TIME(fraction(row)),
  timestamp: () => mssql.TIMESTAMP(),
  tinyint: () => mssql.TINYINT(),
  uniqueidentifier: () => mssql.UNIQUEIDENTIFIER(),
  varbinary: ({ max_length: length }) => mssql.VARBINARY(characters(length, 1)),
  varchar: ({ max_length: length, collation }) =>
    mssql.VARCHAR(characters(length, 1), named(collation)),
  xml: () => mssql.XML(),
}

/** The type of a column: a class of this package, else `NativeType` with its name as `quote` writes it. */
export function readType(row: TypeRow, quote: (name: string) => string): TypeEngine {
  if (row.is_user_defined) {
    return mssql.NativeType(`${quote(row.type_schema)}.${quote(row.type_name)}`)
  }
  const read = READERS[row.type_name] ?? READERS[row.base_type ?? '']
  return read === undefined ? mssql.NativeType(row.type_name) : read(row)
}
