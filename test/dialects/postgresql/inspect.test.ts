import { describe, expect, it } from 'vitest'
import { pgliteDriver } from '../../../src/dialects/postgresql/drivers/pglite.ts'
import { engine } from '../../../src/dialects/postgresql/index.ts'
import { createCatalogReader } from '../../../src/dialects/postgresql/inspect/index.ts'
import { parseFormattedType } from '../../../src/dialects/postgresql/inspect/type-names.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { withoutOuterParentheses } from '../../../src/engine/outer-parentheses.ts'
import { Inspector } from '../../../src/engine/inspector.ts'
import { connectionOver } from '../../../src/engine/registry.ts'
import type { ReflectedTable } from '../../../src/engine/reflected.ts'
import { describePostgresql } from './live.ts'

async function run(connection: Connection, ...statements: readonly string[]): Promise<void> {
  for (const sql of statements) await connection.execute(sql)
}

const inspectorOf = (connection: Connection): Inspector =>
  new Inspector(createCatalogReader(connection))

/** The SQL of a table's column types. */
function typesOf(connection: Connection, table: ReflectedTable): string[] {
  return table.columns.map(({ type }) => connection.dialect.types.compile(type))
}

describe('parentheses around a condition', () => {
  it.each([
    ['a > 1', 'a > 1'],
    ['(a > 1)', 'a > 1'],
    ['((a > 1) AND (a < 5))', '(a > 1) AND (a < 5)'],
    ['(a > 1) OR (b > 1)', '(a > 1) OR (b > 1)'],
    ["(a = ')') OR (b = '(')", "(a = ')') OR (b = '(')"],
    ['("(" > 1)', '"(" > 1'],
  ])('%s', (condition, expected) => {
    expect(withoutOuterParentheses(condition)).toBe(expected)
  })
})

it('the name of a type is taken apart', () => {
  expect(parseFormattedType('timestamp(3) with time zone[]')).toEqual({
    name: 'timestamp with time zone',
    args: ['3'],
    isArray: true,
    element: 'timestamp(3) with time zone',
  })
  expect(parseFormattedType('numeric(10,2)').args).toEqual(['10', '2'])
})

describePostgresql('types without a class of their own', (connection) => {
  it('come back as the server writes them, and make the same column again', async () => {
    await run(
      connection(),
      'CREATE SCHEMA ext',
      'CREATE EXTENSION ltree SCHEMA ext',
      'CREATE TYPE pair AS (a integer, b text)',
      'CREATE TYPE "Float Range" AS RANGE (subtype = float8)',
      "CREATE TYPE ext.colour AS ENUM ('red', 'green')",
      'CREATE DOMAIN money2 AS numeric(10,2)[]',
      'CREATE TABLE odd (a pair, b pair[], c "Float Range", d ext.ltree, e bpchar, f ext.colour[], g refcursor, h money2, i "char")',
    )
    const table = await inspectorOf(connection()).reflectTable('odd')
    const types = typesOf(connection(), table)
    expect(types).toEqual([
      ...['pair', 'pair[]', '"Float Range"', 'ext.ltree', 'bpchar', 'ext.colour[]', 'refcursor'],
      ...['money2', 'VARCHAR'],
    ])
    const columns = types.map((type, position) => `c${position} ${type}`)
    await run(connection(), `CREATE TABLE again (${columns.join(', ')})`)
    const again = await inspectorOf(connection()).reflectTable('again')
    expect(typesOf(connection(), again)).toEqual(types)
  })

  it('domains keep their whole base type', async () => {
    const [domain] = await inspectorOf(connection()).getDomains()
    expect(domain).toMatchObject({ name: 'money2', baseType: 'numeric(10,2)[]', visible: true })
    expect(connection().dialect.types.compile(domain!.type)).toBe('NUMERIC(10, 2)[]')
  })

  it('enumerations are found in their schema', async () => {
    const inspector = inspectorOf(connection())
    expect(await inspector.getEnums()).toEqual([])
    expect(await inspector.getEnums('ext')).toEqual([
      { name: 'colour', schema: 'ext', visible: false, labels: ['red', 'green'] },
    ])
  })
})

describePostgresql('tables of every kind', (connection) => {
  it('are told apart', async () => {
    await run(
      connection(),
      'CREATE TABLE plain (a integer) WITH (fillfactor = 60)',
      'CREATE TABLE heir (b integer) INHERITS (plain)',
      'CREATE TABLE parts (day date NOT NULL, n integer) PARTITION BY RANGE (day)',
      `CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
      'CREATE TEMPORARY TABLE fleeting (a integer)',
      'CREATE FOREIGN DATA WRAPPER nothing',
      'CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing',
      'CREATE FOREIGN TABLE far (a integer) SERVER elsewhere',
      'CREATE VIEW seen AS SELECT a FROM plain',
      'CREATE MATERIALIZED VIEW kept AS SELECT a FROM plain',
    )
    const inspector = inspectorOf(connection())
    expect(await inspector.getTableNames()).toEqual(['heir', 'part1', 'parts', 'plain'])
    expect(await inspector.getTempTableNames()).toEqual(['fleeting'])
    expect(await inspector.getViewNames()).toEqual(['seen'])
    expect(await inspector.getMaterializedViewNames()).toEqual(['kept'])
    const tables = await inspector.reflectTables()
    expect([...tables.keys()]).toEqual(['far', 'heir', 'part1', 'parts', 'plain'])
    expect([...tables.values()].map(({ options }) => options['postgresql'])).toEqual([
      undefined,
      { inherits: ['plain'] },
      undefined,
      { partitionBy: 'RANGE (day)' },
      { with: { fillfactor: '60' } },
    ])
  })

  it('a temporary table and a view are found by name', async () => {
    const inspector = inspectorOf(connection())
    expect((await inspector.reflectTable('fleeting')).columns).toHaveLength(1)
    expect((await inspector.reflectTable('kept')).columns).toHaveLength(1)
    expect(await inspector.hasTable('nowhere')).toBe(false)
    await expect(inspector.getColumns('nowhere')).rejects.toThrow("No table 'nowhere'")
  })
})

describePostgresql('numbers from a sequence', (connection) => {
  it("say whether the sequence is the column's own", async () => {
    await run(
      connection(),
      'CREATE SEQUENCE free',
      `CREATE TABLE m (a serial, b integer DEFAULT nextval('free'), c bigserial, d integer GENERATED ALWAYS AS IDENTITY)`,
      'ALTER TABLE m ALTER c SET DEFAULT 5',
    )
    const columns = await inspectorOf(connection()).getColumns('m')
    expect(columns.map(({ ownedSequence }) => ownedSequence)).toEqual([
      'm_a_seq',
      undefined,
      undefined,
      undefined,
    ])
  })
})

describePostgresql('constraints', (connection) => {
  it('that are not valid or not inherited say so', async () => {
    await run(
      connection(),
      'CREATE TABLE p (id integer PRIMARY KEY)',
      'CREATE TABLE c (p_id integer, CONSTRAINT ck CHECK (p_id > 0) NO INHERIT)',
      'ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p NOT VALID',
      'ALTER TABLE c ADD CONSTRAINT ck2 CHECK ((p_id > 1) OR (p_id < 9)) NOT VALID',
    )
    const table = await inspectorOf(connection()).reflectTable('c')
    expect(
      table.checkConstraints.map(({ name, sqltext, dialectOptions }) => [
        name,
        sqltext,
        dialectOptions,
      ]),
    ).toEqual([
      ['ck', 'p_id > 0', { postgresql: { noInherit: true } }],
      ['ck2', 'p_id > 1 OR p_id < 9', { postgresql: { notValid: true } }],
    ])
    expect(table.foreignKeys[0]?.dialectOptions).toEqual({ postgresql: { notValid: true } })
  })
})

/** A schema with something of everything. */
const RICH = [
  `CREATE TYPE mood AS ENUM ('sad', 'happy')`,
  'CREATE DOMAIN posint AS integer CHECK (VALUE > 0)',
  'CREATE TABLE p (id bigint GENERATED ALWAYS AS IDENTITY (MINVALUE -5 CACHE 3) PRIMARY KEY, x integer NOT NULL DEFAULT 5, tags text[] COLLATE "C", m mood DEFAULT \'sad\', d posint, twice integer GENERATED ALWAYS AS (x * 2) STORED, UNIQUE (x) INCLUDE (m))',
  'CREATE TABLE c (id serial PRIMARY KEY, p_id bigint REFERENCES p ON DELETE CASCADE, CHECK (p_id <> 7))',
  `CREATE INDEX ix_c ON c (lower(p_id::text) DESC, id) WHERE id > 5`,
  `COMMENT ON TABLE c IS 'the child'`,
  `COMMENT ON COLUMN c.p_id IS 'its parent'`,
]

describePostgresql('a whole schema', (connection) => {
  it('is read in as many queries with thirty tables as with two', async () => {
    await run(connection(), ...RICH)
    const count = async (): Promise<number> => {
      let sent = 0
      const stop = connection().observe(() => {
        sent += 1
      })
      await inspectorOf(connection()).reflectTables()
      stop()
      return sent
    }
    const few = await count()
    for (let n = 0; n < 30; n++) {
      await run(connection(), `CREATE TABLE t${n} (LIKE p INCLUDING ALL)`)
    }
    expect(await count()).toBe(few)
    // Columns, domains, enumerations, foreign keys, indexes, all other constraints, comments, options
    expect(few).toBe(8)
  })

  it('is the same on PGlite', async () => {
    const { PGlite } = await import('@electric-sql/pglite')
    const client = await PGlite.create()
    const lite = await connectionOver(engine, (await pgliteDriver.adopt(client))!)
    await run(lite, ...RICH)
    const read = async (from: Connection): Promise<unknown> => {
      const tables = await inspectorOf(from).reflectTables({ tables: ['p', 'c'] })
      return JSON.parse(
        JSON.stringify([...tables.values()], (_, value: unknown) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      )
    }
    expect(await read(lite)).toEqual(await read(connection()))
    await client.close()
  }, 60_000)

  it('numbers beyond the exact ones of JavaScript are kept', async () => {
    const [id] = await inspectorOf(connection()).getColumns('p')
    expect(id?.identity).toEqual({
      ...{ always: true, start: -5, increment: 1, minvalue: -5, cache: 3, cycle: false },
      maxvalue: 9_223_372_036_854_775_807n,
    })
  })
})
