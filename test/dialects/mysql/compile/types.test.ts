import { describe, expect, it } from 'vitest'
import { createDialect as createMariadb } from '../../../../src/dialects/mariadb/index.ts'
import { createDialect as createMysql } from '../../../../src/dialects/mysql/index.ts'
import * as mysql from '../../../../src/dialects/mysql/types/index.ts'
import * as sa from '../../../../src/sa.ts'

const dialects = [createMysql(), createMariadb()] as const

const spellings: readonly (readonly [sa.TypeEngine, string])[] = [
  [mysql.TINYINT(1), 'TINYINT(1)'],
  [
    mysql.INTEGER({ displayWidth: 5, unsigned: true, zerofill: true }),
    'INTEGER(5) UNSIGNED ZEROFILL',
  ],
  [mysql.BIGINT({ unsigned: true }), 'BIGINT UNSIGNED'],
  [mysql.MEDIUMINT(), 'MEDIUMINT'],
  [mysql.DECIMAL(5, 2, { unsigned: true }), 'DECIMAL(5, 2) UNSIGNED'],
  [mysql.NUMERIC(10, 0, { zerofill: true }), 'NUMERIC(10, 0) ZEROFILL'],
  [mysql.DOUBLE(10, 2), 'DOUBLE(10, 2)'],
  [mysql.FLOAT(10), 'FLOAT(10)'],
  [mysql.REAL({ unsigned: true }), 'REAL UNSIGNED'],
  [mysql.BIT(3), 'BIT(3)'],
  [mysql.YEAR(4), 'YEAR(4)'],
  [mysql.DATETIME({ fsp: 6 }), 'DATETIME(6)'],
  [mysql.TIMESTAMP(false, 3), 'TIMESTAMP(3)'],
  [mysql.TIME(), 'TIME'],
  [
    mysql.VARCHAR(20, { charset: 'latin1', binary: true }),
    'VARCHAR(20) CHARACTER SET latin1 BINARY',
  ],
  [mysql.CHAR(20, { ascii: true }), 'CHAR(20) ASCII'],
  [mysql.TEXT({ length: 100, unicode: true }), 'TEXT(100) UNICODE'],
  [mysql.LONGTEXT({ national: true, collation: 'x' }), 'NATIONAL LONGTEXT COLLATE x'],
  [mysql.NVARCHAR(20, { collation: 'utf8mb4_bin' }), 'NATIONAL VARCHAR(20) COLLATE utf8mb4_bin'],
  [mysql.NCHAR(), 'NATIONAL CHAR'],
  [mysql.ENUM('a', "it's", { collation: 'utf8mb4_bin' }), "ENUM('a','it''s') COLLATE utf8mb4_bin"],
  [mysql.SET('a', 'b', { charset: 'ascii' }), "SET('a','b') CHARACTER SET ascii"],
  [mysql.ENUM(String.raw`a\b`), String.raw`ENUM('a\\b')`],
  [mysql.MEDIUMBLOB(), 'MEDIUMBLOB'],
  [mysql.POINT({ srid: 4326 }), 'POINT SRID 4326'],
  [mysql.VECTOR(3), 'VECTOR(3)'],
  [sa.String(50, 'utf8mb4_bin'), 'VARCHAR(50) COLLATE utf8mb4_bin'],
  [sa.Boolean(), 'BOOL'],
  [sa.DateTime({ timezone: true }), 'DATETIME'],
  [sa.Interval(), 'DATETIME'],
  [sa.LargeBinary(40), 'BLOB(40)'],
  [sa.Enum('a', 'b'), "ENUM('a','b')"],
  [sa.Enum('a', 'bbb', { nativeEnum: false }), 'VARCHAR(3)'],
  [sa.Uuid(), 'CHAR(32)'],
]

describe.each(dialects)('types of $name', (dialect) => {
  it.each(spellings)('spells %s', (type, sql) => {
    expect(dialect.types.compile(type)).toBe(sql)
  })

  it('asks for a length where the servers do', () => {
    expect(() => dialect.types.compile(sa.String())).toThrow(
      `VARCHAR requires a length on dialect ${dialect.name}`,
    )
    expect(() => dialect.types.compile(mysql.NVARCHAR())).toThrow('NVARCHAR requires a length')
    expect(() => dialect.types.compile(sa.VARBINARY())).toThrow('VARBINARY requires a length')
  })

  it('has no arrays', () => {
    expect(() => dialect.types.compile(sa.ARRAY(sa.Integer()))).toThrow(
      "can't render element of type ARRAY",
    )
  })
})

describe('types by server version', () => {
  it('uses the native UUID of MariaDB where it is known to be there', () => {
    const known = createMariadb({ flags: { supportsNativeUuid: true } })
    expect(known.types.compile(sa.Uuid())).toBe('UUID')
    expect(known.types.compile(sa.Uuid({ nativeUuid: false }))).toBe('CHAR(32)')
  })

  it('refuses what is not the name of a collation or a character set', () => {
    const refused = '"x; DROP TABLE t" is not the name of a collation or a character set'
    expect(() => createMysql().types.compile(sa.String(5, 'x; DROP TABLE t'))).toThrow(refused)
    const charset = 'x; DROP TABLE t'
    expect(() => createMysql().types.compile(mysql.VARCHAR(5, { charset }))).toThrow(refused)
  })

  it('doubles percent signs for drivers that format statements with them', () => {
    const formatting = createMysql({ paramstyle: 'format' })
    expect(formatting.types.compile(mysql.ENUM('a%b'))).toBe("ENUM('a%%b')")
  })
})

describe('arguments of types', () => {
  it('are those that make the type again', () => {
    expect(mysql.INTEGER(11, { unsigned: true }).typeArguments()).toEqual({
      positional: [],
      options: { displayWidth: 11, unsigned: true },
    })
    expect(mysql.SET('a', '', { retrieveAsBitwise: true }).typeArguments()).toEqual({
      positional: ['a', ''],
      options: { retrieveAsBitwise: true },
    })
    expect(mysql.DOUBLE(8, 2, { asdecimal: true }).typeArguments().options).toEqual({
      precision: 8,
      scale: 2,
    })
    expect(mysql.FLOAT({ asdecimal: true }).typeArguments().options).toEqual({ asdecimal: true })
  })

  it('are refused where no column could be made of them', () => {
    expect(() => mysql.DOUBLE(10)).toThrow('You must specify both precision and scale')
    expect(() => mysql.SET('a', '')).toThrow("Can't use the blank value '' in a SET")
  })
})
