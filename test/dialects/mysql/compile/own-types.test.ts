import { expect, it } from 'vitest'
import { createDialect as createMariadb } from '../../../../src/dialects/mariadb/index.ts'
import { createDialect } from '../../../../src/dialects/mysql/index.ts'
import { sa } from '../../../../src/index.ts'

const { types } = createDialect()

it.each<[sa.TypeEngine, string]>([
  [sa.mysql.BIGINT(), 'BIGINT'],
  [sa.mysql.BIGINT({ displayWidth: 5 }), 'BIGINT(5)'],
  [sa.mysql.BINARY(), 'BINARY'],
  [sa.mysql.BINARY({ length: 50 }), 'BINARY(50)'],
  [sa.mysql.BIT(), 'BIT'],
  [sa.mysql.BIT({ length: 50 }), 'BIT(50)'],
  [sa.mysql.BLOB(), 'BLOB'],
  [sa.mysql.BLOB({ length: 50 }), 'BLOB(50)'],
  [sa.mysql.BOOLEAN(), 'BOOL'],
  [sa.mysql.CHAR(), 'CHAR'],
  [sa.mysql.CHAR({ length: 50 }), 'CHAR(50)'],
  [sa.mysql.DATE(), 'DATE'],
  [sa.mysql.DATETIME(), 'DATETIME'],
  [sa.mysql.DATETIME({ timezone: true }), 'DATETIME'],
  [sa.mysql.DATETIME({ fsp: 6 }), 'DATETIME(6)'],
  [sa.mysql.DECIMAL(), 'DECIMAL'],
  [sa.mysql.DECIMAL({ precision: 3 }), 'DECIMAL(3)'],
  [sa.mysql.DECIMAL({ scale: 2 }), 'DECIMAL'],
  [sa.mysql.DECIMAL({ asdecimal: false }), 'DECIMAL'],
  [sa.mysql.DECIMAL({ precision: 10, scale: 2 }), 'DECIMAL(10, 2)'],
  [sa.mysql.DOUBLE(), 'DOUBLE'],
  [sa.mysql.DOUBLE({ asdecimal: false }), 'DOUBLE'],
  [sa.mysql.DOUBLE({ precision: 10, scale: 2 }), 'DOUBLE(10, 2)'],
  [sa.mysql.ENUM('a', 'b'), "ENUM('a','b')"],
  [
    sa.mysql.ENUM('a', "b'b", { charset: 'utf8mb4', collation: 'utf8mb4_bin' }),
    "ENUM('a','b''b') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
  ],
  [sa.mysql.FLOAT(), 'FLOAT'],
  [sa.mysql.FLOAT({ precision: 3 }), 'FLOAT(3)'],
  [sa.mysql.FLOAT({ scale: 2 }), 'FLOAT'],
  [sa.mysql.FLOAT({ asdecimal: false }), 'FLOAT'],
  [sa.mysql.FLOAT({ precision: 10, scale: 2 }), 'FLOAT(10, 2)'],
  [sa.mysql.INTEGER(), 'INTEGER'],
  [sa.mysql.INTEGER({ displayWidth: 5 }), 'INTEGER(5)'],
  [sa.mysql.JSON(), 'JSON'],
  [sa.mysql.JSON({ noneAsNull: true }), 'JSON'],
  [sa.mysql.LONGBLOB(), 'LONGBLOB'],
  [sa.mysql.LONGTEXT(), 'LONGTEXT'],
  [sa.mysql.MEDIUMBLOB(), 'MEDIUMBLOB'],
  [sa.mysql.MEDIUMINT(), 'MEDIUMINT'],
  [sa.mysql.MEDIUMINT({ displayWidth: 5 }), 'MEDIUMINT(5)'],
  [sa.mysql.MEDIUMTEXT(), 'MEDIUMTEXT'],
  [sa.mysql.NCHAR(), 'NATIONAL CHAR'],
  [sa.mysql.NCHAR({ length: 50 }), 'NATIONAL CHAR(50)'],
  [sa.mysql.NVARCHAR({ length: 50 }), 'NATIONAL VARCHAR(50)'],
  [sa.mysql.NUMERIC(), 'NUMERIC'],
  [sa.mysql.NUMERIC({ precision: 3 }), 'NUMERIC(3)'],
  [sa.mysql.NUMERIC({ scale: 2 }), 'NUMERIC'],
  [sa.mysql.NUMERIC({ asdecimal: false }), 'NUMERIC'],
  [sa.mysql.NUMERIC({ precision: 10, scale: 2 }), 'NUMERIC(10, 2)'],
  [sa.mysql.SET('a', 'b'), "SET('a','b')"],
  [sa.mysql.SET('a', "b'b", { charset: 'utf8mb4' }), "SET('a','b''b') CHARACTER SET utf8mb4"],
  [sa.mysql.SMALLINT(), 'SMALLINT'],
  [sa.mysql.SMALLINT({ displayWidth: 5 }), 'SMALLINT(5)'],
  [sa.mysql.REAL(), 'REAL'],
  [sa.mysql.REAL({ asdecimal: false }), 'REAL'],
  [sa.mysql.REAL({ precision: 10, scale: 2 }), 'REAL(10, 2)'],
  [sa.mysql.TEXT(), 'TEXT'],
  [sa.mysql.TEXT({ length: 50 }), 'TEXT(50)'],
  [sa.mysql.TIME(), 'TIME'],
  [sa.mysql.TIME({ timezone: true }), 'TIME'],
  [sa.mysql.TIME({ fsp: 6 }), 'TIME(6)'],
  [sa.mysql.TIMESTAMP(), 'TIMESTAMP'],
  [sa.mysql.TIMESTAMP({ timezone: true }), 'TIMESTAMP'],
  [sa.mysql.TIMESTAMP({ fsp: 6 }), 'TIMESTAMP(6)'],
  [sa.mysql.TINYBLOB(), 'TINYBLOB'],
  [sa.mysql.TINYINT(), 'TINYINT'],
  [sa.mysql.TINYINT({ displayWidth: 5 }), 'TINYINT(5)'],
  [sa.mysql.TINYTEXT(), 'TINYTEXT'],
  [sa.mysql.VARBINARY({ length: 50 }), 'VARBINARY(50)'],
  [sa.mysql.VARCHAR({ length: 50 }), 'VARCHAR(50)'],
  [sa.mysql.YEAR(), 'YEAR'],
  [sa.mysql.YEAR({ displayWidth: 5 }), 'YEAR(5)'],
])('%s is written as %s', (type, sql) => {
  expect(types.compile(type)).toBe(sql)
})

it('writes the types of MariaDB only there', () => {
  const mariadb = createMariadb()
  for (const type of [sa.mysql.INET4(), sa.mysql.INET6()]) {
    expect(mariadb.types.compile(type)).toBe(type.typeName)
    expect(() => types.compile(type)).toThrow('the database has no such type')
  }
})
