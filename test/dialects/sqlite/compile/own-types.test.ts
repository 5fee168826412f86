import { expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/sqlite/index.ts'
import { sa } from '../../../../src/index.ts'

const { types } = createDialect()

it.each<[sa.TypeEngine, string]>([
  [sa.sqlite.BLOB(), 'BLOB'],
  [sa.sqlite.BLOB({ length: 50 }), 'BLOB'],
  [sa.sqlite.BOOLEAN(), 'BOOLEAN'],
  [sa.sqlite.CHAR(), 'CHAR'],
  [sa.sqlite.CHAR({ length: 50 }), 'CHAR(50)'],
  [sa.sqlite.CHAR({ collation: 'utf8_bin' }), 'CHAR COLLATE "utf8_bin"'],
  [sa.sqlite.CHAR({ length: 50, collation: 'utf8_bin' }), 'CHAR(50) COLLATE "utf8_bin"'],
  [sa.sqlite.DATE(), 'DATE'],
  [sa.sqlite.DATETIME(), 'DATETIME'],
  [sa.sqlite.DECIMAL(), 'DECIMAL'],
  [sa.sqlite.DECIMAL({ precision: 3 }), 'DECIMAL(3)'],
  [sa.sqlite.DECIMAL({ scale: 2 }), 'DECIMAL'],
  [sa.sqlite.DECIMAL({ asdecimal: false }), 'DECIMAL'],
  [sa.sqlite.DECIMAL({ precision: 10, scale: 2 }), 'DECIMAL(10, 2)'],
  [sa.sqlite.FLOAT(), 'FLOAT'],
  [sa.sqlite.FLOAT({ precision: 3 }), 'FLOAT'],
  [sa.sqlite.FLOAT({ asdecimal: false }), 'FLOAT'],
  [sa.sqlite.INTEGER(), 'INTEGER'],
  [sa.sqlite.JSON(), 'JSON'],
  [sa.sqlite.JSON({ noneAsNull: true }), 'JSON'],
  [sa.sqlite.NUMERIC(), 'NUMERIC'],
  [sa.sqlite.NUMERIC({ precision: 3 }), 'NUMERIC(3)'],
  [sa.sqlite.NUMERIC({ scale: 2 }), 'NUMERIC'],
  [sa.sqlite.NUMERIC({ asdecimal: false }), 'NUMERIC'],
  [sa.sqlite.NUMERIC({ precision: 10, scale: 2 }), 'NUMERIC(10, 2)'],
  [sa.sqlite.SMALLINT(), 'SMALLINT'],
  [sa.sqlite.TEXT(), 'TEXT'],
  [sa.sqlite.TEXT({ length: 50 }), 'TEXT(50)'],
  [sa.sqlite.TEXT({ collation: 'utf8_bin' }), 'TEXT COLLATE "utf8_bin"'],
  [sa.sqlite.TEXT({ length: 50, collation: 'utf8_bin' }), 'TEXT(50) COLLATE "utf8_bin"'],
  [sa.sqlite.TIME(), 'TIME'],
  [sa.sqlite.TIMESTAMP(), 'TIMESTAMP'],
  [sa.sqlite.TIMESTAMP({ timezone: true }), 'TIMESTAMP'],
  [sa.sqlite.VARCHAR(), 'VARCHAR'],
  [sa.sqlite.VARCHAR({ length: 50 }), 'VARCHAR(50)'],
  [sa.sqlite.VARCHAR({ collation: 'utf8_bin' }), 'VARCHAR COLLATE "utf8_bin"'],
  [sa.sqlite.VARCHAR({ length: 50, collation: 'utf8_bin' }), 'VARCHAR(50) COLLATE "utf8_bin"'],
  [sa.sqlite.REAL(), 'REAL'],
  [sa.sqlite.REAL({ precision: 3 }), 'REAL'],
  [sa.sqlite.REAL({ asdecimal: false }), 'REAL'],
])('%s is written as %s', (type, sql) => {
  expect(types.compile(type)).toBe(sql)
})
