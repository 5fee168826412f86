import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/mssql/compile/index.ts'
import { tablesIn } from '../../../src/dialects/mssql/inspect/catalog.ts'
import { readColumn, type ColumnRow } from '../../../src/dialects/mssql/inspect/columns.ts'
import { readForeignKey } from '../../../src/dialects/mssql/inspect/foreign-keys.ts'
import { readIndex, type IndexRow } from '../../../src/dialects/mssql/inspect/indexes.ts'
import { readPrimaryKey, readUniqueConstraint } from '../../../src/dialects/mssql/inspect/keys.ts'
import type { Connection } from '../../../src/engine/connection.ts'

// There is no server here: what is tested is what is made of rows as the documentation of the catalog views describes
// them, and the texts of the queries as far as they hang on the scope.

const dialect = createDialect({ serverVersion: [16, 0] })
const connection = { dialect } as unknown as Connection

const quote = (name: string): string => dialect.preparer.quote(name)

const row: ColumnRow = {
  table: 't',
  name: 'c',
  type_name: 'int',
  base_type: 'int',
  type_schema: 'sys',
  is_user_defined: false,
  max_length: 4,
  precision: 10,
  scale: 0,
  collation: null,
  is_nullable: true,
  default: null,
  computed: null,
  is_persisted: null,
  is_identity: false,
  seed: null,
  increment: null,
  comment: null,
}

describe('columns', () => {
  const typeOf = (changes: Partial<ColumnRow>): string =>
    dialect.types.compile(readColumn({ ...row, ...changes }, 'c', quote).type)

  it.each([
    [{}, 'INTEGER'],
    [{ type_name: 'varchar', max_length: 50 }, 'VARCHAR(50)'],
    [{ type_name: 'varchar', max_length: -1 }, 'VARCHAR(max)'],
    [
      { type_name: 'nvarchar', max_length: 100, collation: 'Latin1_General_BIN' },
      'NVARCHAR(50) COLLATE Latin1_General_BIN',
    ],
    [{ type_name: 'nchar', max_length: 20 }, 'NCHAR(10)'],
    [{ type_name: 'text', max_length: 16 }, 'TEXT'],
    [{ type_name: 'varbinary', max_length: -1 }, 'VARBINARY(max)'],
    [{ type_name: 'decimal', precision: 10, scale: 2 }, 'DECIMAL(10, 2)'],
    [{ type_name: 'float', precision: 53 }, 'FLOAT'],
    [{ type_name: 'datetime2', scale: 7 }, 'DATETIME2'],
    [{ type_name: 'datetime2', scale: 3 }, 'DATETIME2(3)'],
    [{ type_name: 'sysname', base_type: 'nvarchar', max_length: 256 }, 'NVARCHAR(128)'],
    [{ type_name: 'geography', base_type: null }, 'GEOGRAPHY'],
    [
      { type_name: 'Phone', base_type: 'varchar', type_schema: 'dbo', is_user_defined: true },
      'dbo.[Phone]',
    ],
    [{ type_name: 'json', base_type: null }, 'json'],
  ])('%o is %s', (changes, sql) => {
    expect(typeOf(changes)).toBe(sql)
  })

  it('have their default, comment and identity', () => {
    const identity = { is_identity: true, seed: '9007199254740993', increment: '1' }
    expect(
      readColumn({ ...row, ...identity, is_nullable: false, comment: 'x' }, 'c', quote),
    ).toMatchObject({
      nullable: false,
      autoincrement: true,
      comment: 'x',
      identity: { start: 9007199254740993n, increment: 1 },
    })
    expect(readColumn({ ...row, default: "('x')" }, 'c', quote).default).toBe("('x')")
    expect(
      readColumn({ ...row, computed: '([a]+(1))', is_persisted: true }, 'c', quote),
    ).toMatchObject({ computed: { sqltext: '[a]+(1)', persisted: true } })
  })
})

describe('keys', () => {
  const key = { table: 't', name: 'k', column: 'a', is_clustered: true }

  it('say how they are clustered where that is not the usual', () => {
    const all = [key, { ...key, column: 'b' }]
    expect(readPrimaryKey(key, all)).toEqual({ name: 'k', constrainedColumns: ['a', 'b'] })
    expect(readPrimaryKey({ ...key, is_clustered: false }, all)).toMatchObject({
      dialectOptions: { mssql: { clustered: false } },
    })
    expect(readUniqueConstraint(key, all)).toEqual({
      name: 'k',
      columnNames: ['a', 'b'],
      dialectOptions: { mssql: { clustered: true } },
    })
  })

  it('foreign ones name a schema that is not the default one', () => {
    const foreign = {
      table: 't',
      name: 'f',
      column: 'a',
      referred_schema: 'dbo',
      referred_table: 'o',
      referred_column: 'id',
      update_action: 'NO_ACTION',
      delete_action: 'SET_NULL',
    }
    const read = (schema: string | null): unknown =>
      readForeignKey(foreign, [foreign], schema, 'dbo')
    expect(read(null)).toEqual({
      name: 'f',
      constrainedColumns: ['a'],
      referredSchema: null,
      referredTable: 'o',
      referredColumns: ['id'],
      options: { ondelete: 'SET NULL' },
    })
    expect(read('dbo')).toMatchObject({ referredSchema: 'dbo' })
    expect(read('shop.dbo')).toMatchObject({ referredSchema: 'shop.dbo' })
  })
})

describe('indexes', () => {
  const index: IndexRow = {
    table: 't',
    name: 'ix',
    type: 2,
    is_unique: false,
    filter: null,
    column: 'a',
    is_included: false,
    is_descending: false,
  }

  it('have their columns, orderings, included columns and condition', () => {
    const all = [
      index,
      { ...index, column: 'b', is_descending: true },
      { ...index, column: 'c', is_included: true },
    ]
    expect(readIndex({ ...index, filter: '([a]>(5))', is_unique: true }, all)).toEqual({
      name: 'ix',
      unique: true,
      columnNames: ['a', 'b'],
      columnSorting: { b: ['desc'] },
      includeColumns: ['c'],
      dialectOptions: { mssql: { include: ['c'], where: '([a]>(5))' } },
    })
  })

  it('of columnstores have all columns as their own, or none', () => {
    const columnstore = { ...index, type: 6, is_included: true }
    expect(readIndex(columnstore, [columnstore])).toMatchObject({
      columnNames: ['a'],
      dialectOptions: { mssql: { columnstore: true } },
    })
    const clustered = { ...index, type: 5, column: null, is_included: null, is_descending: null }
    expect(readIndex(clustered, [clustered])).toMatchObject({
      columnNames: [],
      dialectOptions: { mssql: { clustered: true, columnstore: true } },
    })
  })
})

describe('the tables of a scope', () => {
  it('are all of a schema, or those named', () => {
    expect(tablesIn(connection, { schema: null, tables: null })).toEqual({
      sys: 'sys',
      from: 'sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id',
      where: "s.name = @1 AND o.type IN ('U') AND o.is_ms_shipped = 0",
      parameters: ['dbo'],
    })
    expect(tablesIn(connection, { schema: 's', tables: ['a', 'b'], views: true })).toMatchObject({
      where: "s.name = @1 AND o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND o.name IN (@2, @3)",
      parameters: ['s', 'a', 'b'],
    })
    expect(tablesIn(connection, { schema: null, tables: [] }).where).toMatch(/AND 1 = 0$/)
  })

  it('may be in another database', () => {
    expect(tablesIn(connection, { schema: 'Shop.dbo', tables: null })).toMatchObject({
      sys: '[Shop].sys',
      parameters: ['dbo'],
    })
  })
})
