import { describe, expect, it } from 'vitest'
import { engine } from '../../../../src/dialects/sqlite/index.ts'
import '../../../../src/dialects/builtin.ts'
import type { Connection } from '../../../../src/engine/connection.ts'
import { createEngine } from '../../../../src/engine/engine.ts'
import type { ReflectedTable } from '../../../../src/engine/reflected.ts'
import { TextClause } from '../../../../src/sql/elements/expression.ts'

async function open(...statements: readonly string[]): Promise<Connection> {
  const connection = await createEngine('sqlite://').connect()
  for (const sql of statements) await connection.execute(sql)
  return connection
}

async function reflect(...statements: readonly string[]): Promise<ReflectedTable> {
  const inspector = engine.createInspector(await open(...statements))
  return await inspector.reflectTable('t')
}

describe('what the reference does not read', () => {
  it('generated columns, collations and types as declared', async () => {
    const { columns } = await reflect(
      `CREATE TABLE t (a UUID COLLATE NOCASE, b INTEGER NOT NULL ON CONFLICT IGNORE, c TEXT GENERATED ALWAYS AS (a || ')') STORED, d INT AS (b) VIRTUAL)`,
    )
    expect(columns).toMatchObject([
      { name: 'a', declaredType: 'UUID', dialectOptions: { sqlite: { collation: 'NOCASE' } } },
      { name: 'b', nullable: false, dialectOptions: { sqlite: { onConflictNotNull: 'IGNORE' } } },
      { name: 'c', declaredType: 'TEXT', computed: { sqltext: "a || ')'", persisted: true } },
      { name: 'd', declaredType: 'INT', computed: { sqltext: 'b', persisted: false } },
    ])
  })

  it('constraints behind columns, their names, and what is done about conflicts', async () => {
    const table = await reflect(
      `CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT REPLACE, A VARCHAR(5) NOT NULL CONSTRAINT "u 1" UNIQUE, b INTEGER CONSTRAINT fk REFERENCES t ON DELETE SET NULL DEFERRABLE, UNIQUE (B, a) ON CONFLICT IGNORE)`,
    )
    expect(table.primaryKey).toEqual({
      constrainedColumns: ['id'],
      name: 'pk',
      dialectOptions: { sqlite: { onConflict: 'REPLACE' } },
    })
    expect(table.uniqueConstraints).toEqual([
      {
        name: null,
        columnNames: ['b', 'A'],
        dialectOptions: { sqlite: { onConflict: 'IGNORE' } },
      },
      { name: 'u 1', columnNames: ['A'] },
    ])
    expect(table.foreignKeys).toEqual([
      {
        name: 'fk',
        constrainedColumns: ['b'],
        referredSchema: null,
        referredTable: 't',
        referredColumns: ['id'],
        options: { ondelete: 'SET NULL', deferrable: true },
      },
    ])
  })

  it('indexes on expressions, orders, collations and conditions', async () => {
    const { indexes } = await reflect(
      'CREATE TABLE t (a TEXT, b TEXT)',
      'CREATE INDEX i1 ON t (lower(a) DESC, B)',
      'CREATE UNIQUE INDEX i2 ON t (a COLLATE NOCASE DESC) WHERE b IS NOT NULL',
    )
    expect(indexes).toEqual([
      {
        name: 'i1',
        columnNames: [null, 'b'],
        expressions: ['lower(a)', 'B'],
        unique: false,
        columnSorting: { 'lower(a)': ['desc'] },
      },
      {
        name: 'i2',
        columnNames: ['a'],
        unique: true,
        columnSorting: { a: ['desc'] },
        dialectOptions: {
          sqlite: { where: new TextClause('b IS NOT NULL'), collate: { a: 'NOCASE' } },
        },
      },
    ])
  })

  it('options of tables', async () => {
    const { options } = await reflect('CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT) STRICT')
    expect(options).toEqual({ sqlite: { autoincrement: true, strict: true } })
  })
})

describe('reading a schema', () => {
  it('sends as many queries for 200 tables as for one', async () => {
    const count = async (tables: number): Promise<number> => {
      const names = Array.from({ length: tables }, (_, at) => `t${at}`)
      const connection = await open(
        ...names.flatMap((name) => [
          `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INTEGER REFERENCES t0, CHECK (b > 0))`,
          `CREATE INDEX ix_${name} ON ${name} (a)`,
        ]),
      )
      let queries = 0
      connection.observe(() => void queries++)
      const reflected = await engine.createInspector(connection).reflectTables()
      expect(reflected.size).toBe(tables)
      await connection.close()
      return queries
    }
    expect(await count(1)).toBe(2)
    expect(await count(200)).toBe(2)
  })

  it('finds attached databases and, by name, temporary tables', async () => {
    const connection = await open(
      "ATTACH DATABASE ':memory:' AS \"o'ther\"",
      `CREATE TABLE "o'ther".t (a INTEGER)`,
      'CREATE TABLE t (main INTEGER)',
      'CREATE TEMP TABLE tmp (b INTEGER)',
      'CREATE TEMP TABLE t (hidden INTEGER)',
    )
    const inspector = engine.createInspector(connection)
    const names = async (table: string, schema?: string): Promise<readonly string[]> =>
      (await inspector.getColumns(table, schema)).map(({ name }) => name)
    expect(await inspector.getSchemaNames()).toEqual(['main', "o'ther"])
    expect(await names('t')).toEqual(['main'])
    expect(await names('t', "o'ther")).toEqual(['a'])
    expect(await names('tmp')).toEqual(['b'])
    expect(await inspector.getTableNames()).toEqual(['t'])
    expect(await inspector.getTempTableNames()).toEqual(['t', 'tmp'])
    await expect(inspector.getColumns('nope')).rejects.toThrow("No table 'nope'")
  })
})
