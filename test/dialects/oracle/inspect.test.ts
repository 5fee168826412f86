import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/oracle/compile/index.ts'
import { readColumn, type ColumnRow } from '../../../src/dialects/oracle/inspect/columns.ts'
import { readForeignKey } from '../../../src/dialects/oracle/inspect/constraints.ts'
import { readIndex, type IndexRow } from '../../../src/dialects/oracle/inspect/indexes.ts'
import { relationsIn } from '../../../src/dialects/oracle/inspect/relations.ts'
import { readOptions } from '../../../src/dialects/oracle/inspect/tables.ts'
import { nameFromCatalog } from '../../../src/engine/capital-names.ts'
import type { Connection } from '../../../src/engine/connection.ts'

// There is no server here: what is tested is what is made of rows as the documentation of the dictionary views describes
// them, and the texts of the queries as far as they hang on the scope.

const dialect = createDialect({ serverVersion: [21], defaultSchemaName: 'scott' })
const connection = { dialect } as unknown as Connection

const row: ColumnRow = {
  table: 'T',
  name: 'C',
  data_type: 'VARCHAR2',
  type_owner: null,
  data_length: 200,
  char_length: 50,
  data_precision: null,
  data_scale: null,
  nullable: 'Y',
  default: null,
  virtual: 'NO',
  comment: null,
  generation: null,
  identity_options: null,
  default_on_null: 'NO',
}

describe('columns', () => {
  it.each([
    [{}, 'VARCHAR2(50 CHAR)'],
    [{ data_type: 'NVARCHAR2' }, 'NVARCHAR2(50)'],
    [{ data_type: 'NUMBER' }, 'NUMBER'],
    [{ data_type: 'NUMBER', data_scale: 0 }, 'NUMBER(38, 0)'],
    [{ data_type: 'NUMBER', data_precision: 10, data_scale: 2 }, 'NUMBER(10, 2)'],
    [{ data_type: 'NUMBER', data_precision: 19, data_scale: 0 }, 'NUMBER(19)'],
    [{ data_type: 'FLOAT', data_precision: 126 }, 'DOUBLE PRECISION'],
    [{ data_type: 'FLOAT', data_precision: 63 }, 'REAL'],
    [{ data_type: 'FLOAT', data_precision: 40 }, 'FLOAT(40)'],
    [{ data_type: 'TIMESTAMP(6)' }, 'TIMESTAMP'],
    [{ data_type: 'TIMESTAMP(6) WITH TIME ZONE' }, 'TIMESTAMP WITH TIME ZONE'],
    [{ data_type: 'TIMESTAMP(6) WITH LOCAL TIME ZONE' }, 'TIMESTAMP WITH LOCAL TIME ZONE'],
    [{ data_type: 'TIMESTAMP(3)' }, 'TIMESTAMP(3)'],
    [{ data_type: 'INTERVAL DAY(2) TO SECOND(6)' }, 'INTERVAL DAY(2) TO SECOND(6)'],
    [{ data_type: 'INTERVAL YEAR(2) TO MONTH' }, 'INTERVAL YEAR(2) TO MONTH'],
    [{ data_type: 'RAW', data_length: 16 }, 'RAW(16)'],
    [{ data_type: 'SDO_GEOMETRY', type_owner: 'MDSYS' }, 'MDSYS.SDO_GEOMETRY'],
  ])('%o is %s', (changes, sql) => {
    expect(dialect.types.compile(readColumn({ ...row, ...changes }, 'c').type)).toBe(sql)
  })

  it('have their default, formula and identity', () => {
    expect(readColumn({ ...row, default: "'x' " }, 'c').default).toBe("'x'")
    expect(readColumn({ ...row, default: '"A"+1', virtual: 'YES' }, 'c')).toMatchObject({
      default: null,
      computed: { sqltext: '"A"+1', persisted: false },
    })
    const identity = {
      generation: 'BY DEFAULT',
      default: '"S"."ISEQ$$_1".nextval',
      default_on_null: 'YES',
      identity_options:
        'START WITH: 5, INCREMENT BY: 1, MAX_VALUE: 9999999999999999999999999999, MIN_VALUE: 1, CYCLE_FLAG: N, CACHE_SIZE: 20, ORDER_FLAG: Y',
    }
    expect(readColumn({ ...row, ...identity }, 'c')).toMatchObject({
      default: null,
      autoincrement: true,
      identity: {
        always: false,
        onNull: true,
        start: 5,
        increment: 1,
        minvalue: 1,
        maxvalue: 9999999999999999999999999999n,
        cache: 20,
        cycle: false,
        order: true,
      },
    })
  })
})

it('foreign keys name a schema that is not the default one', () => {
  const key = {
    table: 't',
    name: 'f',
    column: 'a',
    referred_schema: 'scott',
    referred_table: 'o',
    referred_column: 'id',
    delete_rule: 'SET NULL',
    deferrable: 'DEFERRABLE',
    deferred: 'DEFERRED',
  }
  expect(readForeignKey(key, [key], null, 'scott')).toEqual({
    name: 'f',
    constrainedColumns: ['a'],
    referredSchema: null,
    referredTable: 'o',
    referredColumns: ['id'],
    options: { ondelete: 'SET NULL', deferrable: true, initially: 'DEFERRED' },
  })
  expect(readForeignKey(key, [key], 'scott', 'scott').referredSchema).toBe('scott')
})

it('indexes have their columns, expressions, orderings and options', () => {
  const index: IndexRow = {
    table: 't',
    name: 'ix',
    type: 'FUNCTION-BASED NORMAL',
    uniqueness: 'UNIQUE',
    compression: 'ENABLED',
    prefix_length: 1,
    column: 'A',
    expression: null,
    descend: 'ASC',
  }
  const all = [
    index,
    { ...index, column: 'SYS_NC00004$', expression: '"B"', descend: 'DESC' },
    { ...index, column: 'SYS_NC00005$', expression: 'LOWER("C")' },
  ]
  expect(readIndex(index, all, (name) => nameFromCatalog(name, dialect.preparer))).toEqual({
    name: 'ix',
    unique: true,
    columnNames: ['a', 'b', null],
    expressions: ['a', 'b', 'LOWER("C")'],
    columnSorting: { b: ['desc'] },
    dialectOptions: { oracle: { compress: 1 } },
  })
})

it('tables have their options', () => {
  const table = { table: 't', compression: 'DISABLED', compress_for: null, duration: null }
  expect(readOptions(table)).toEqual({})
  expect(readOptions({ ...table, compression: 'ENABLED', compress_for: 'BASIC' })).toEqual({
    oracle: { compress: true },
  })
  expect(readOptions({ ...table, duration: 'SYS$SESSION' })).toEqual({
    oracle: { onCommit: 'PRESERVE ROWS' },
  })
})

it('the tables of a scope are all of a schema, or those named', () => {
  const { from, parameters } = relationsIn(connection, {
    schema: null,
    tables: ['users', 'Mixed'],
    views: true,
  })
  expect(from).toBe(
    '(SELECT t.owner, t.table_name FROM all_tables t WHERE t.owner = :1 AND t.table_name IN (:2, :3) UNION ALL SELECT v.owner, v.view_name FROM all_views v WHERE v.owner = :4 AND v.view_name IN (:5, :6)) r',
  )
  expect(parameters).toEqual(['SCOTT', 'USERS', 'Mixed', 'SCOTT', 'USERS', 'Mixed'])
  expect(relationsIn(connection, { schema: 's', tables: null })).toMatchObject({
    parameters: ['S'],
  })
})
