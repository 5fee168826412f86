import { describe, expect, it } from 'vitest'
import { AddEnumValueOp, AddEnumValuesOp } from '../../../src/operations/add-enum-value.ts'
import { AlterEnumOp } from '../../../src/operations/alter-enum.ts'
import { CreateEnumOp, DropEnumOp } from '../../../src/operations/create-enum.ts'
import type { MigrateOperation } from '../../../src/operations/migrate-operation.ts'
import { op } from '../../../src/operations/operations.ts'
import { RenameEnumValueOp } from '../../../src/operations/rename-enum-value.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import * as sa from '../../../src/sa.ts'
import { run } from '../../autogenerate/round-trip.ts'
import { scriptOf } from '../../operations/op-fixture.ts'
import { inMemoryHistory } from '../../runtime/history.ts'
import { describePostgresql } from './live.ts'

const sqlOf = (operation: MigrateOperation<unknown>, dialect = 'postgresql'): Promise<string[]> =>
  scriptOf(dialect, () => op.invoke(operation))

const operations: readonly (readonly [MigrateOperation<unknown>, string[], string[] | RegExp])[] = [
  [
    new CreateEnumOp('Mood', ['sad', "it's"], { schema: 's' }),
    [`CREATE TYPE s."Mood" AS ENUM ('sad', 'it''s');`],
    ['DROP TYPE s."Mood";'],
  ],
  [
    new DropEnumOp('mood', { ifExists: true }, ['a', 'b']),
    ['DROP TYPE IF EXISTS mood;'],
    ["CREATE TYPE mood AS ENUM ('a', 'b');"],
  ],
  [new DropEnumOp('mood'), ['DROP TYPE mood;'], /values are not; write op\.createEnum\(\) by hand/],
  [
    new RenameEnumValueOp('mood', 'a', "b'", { schema: 's' }),
    ["ALTER TYPE s.mood RENAME VALUE 'a' TO 'b''';"],
    ["ALTER TYPE s.mood RENAME VALUE 'b''' TO 'a';"],
  ],
  [
    new AddEnumValueOp('mood', "it's", { after: 'a', schema: 's', ifNotExists: true }),
    ["ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'it''s' AFTER 'a';"],
    /reverse of addEnumValue\('mood', 'it's'\) is not known; say existingValues/,
  ],
  [
    new AddEnumValueOp('mood', 'x', { before: 'a' }),
    ["ALTER TYPE mood ADD VALUE 'x' BEFORE 'a';"],
    /say existingValues/,
  ],
  [new AlterEnumOp('mood', ['a']), [], /reverse of alterEnum\('mood'\) is not known/],
]

describe('operations on enumeration types', () => {
  it.each(operations)('write SQL, and have a reverse: %o', async (operation, sql, reverse) => {
    if (sql.length > 0) expect(await sqlOf(operation)).toEqual(sql)
    if (reverse instanceof RegExp) expect(() => operation.reverse()).toThrow(reverse)
    else expect(await sqlOf(operation.reverse())).toEqual(reverse)
  })

  it('several added values go together', () => {
    const added = new AddEnumValuesOp([
      new AddEnumValueOp('mood', 'b', { after: 'a', existingValues: ['a', 'z'] }),
      new AddEnumValueOp('mood', 'c', { after: 'b', existingValues: ['a', 'b', 'z'] }),
    ])
    expect(added.reverse()).toMatchObject({
      values: ['a', 'z'],
      existingValues: ['a', 'b', 'c', 'z'],
    })
  })

  it('refuse what makes no sense', () => {
    expect(() => new AddEnumValueOp('mood', 'x', { before: 'a', after: 'b' })).toThrow(
      "addEnumValue('mood', 'x') takes before or after, not both",
    )
    expect(() => new AlterEnumOp('mood', ['a'], { replace: { b: 'c' } })).toThrow(
      "alterEnum('mood') is to put 'c' in place of a value, but the type is not going to have it",
    )
    expect(() => new CreateEnumOp('mood', 'a' as never)).toThrow(
      'createEnum takes a list of values',
    )
  })

  it.each(['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle', 'firebird', 'db2'])(
    'are an error on %s, which names the way out',
    async (dialect) => {
      for (const operation of [
        new CreateEnumOp('mood', ['a']),
        new DropEnumOp('mood'),
        new AddEnumValueOp('mood', 'a'),
        new RenameEnumValueOp('mood', 'a', 'b'),
        new AlterEnumOp('mood', ['a']),
      ]) {
        await expect(sqlOf(operation, dialect)).rejects.toThrow(
          `Dialect ${dialect} has no enumeration types with names of their own, their values stand with each column; change those with op.alterColumn(…, { type: sa.Enum(…) })`,
        )
      }
    },
  )

  it('a script looks for the columns when it is run', async () => {
    const [rename, create, block, drop] = await scriptOf('postgresql', () =>
      op.alterEnum('mood', ['a', 'b'], { schema: 's', replace: { c: 'b' } }),
    )
    expect([rename, create, drop]).toEqual([
      'ALTER TYPE s.mood RENAME TO alembic_former_mood;',
      "CREATE TYPE s.mood AS ENUM ('a', 'b');",
      'DROP TYPE s.alembic_former_mood;',
    ])
    expect(block).toContain("WHERE t.oid = 's.alembic_former_mood'::regtype")
    expect(block).toContain(
      "THEN ' TYPE s.mood USING (CASE %2$I::text WHEN ''c'' THEN ''b'' ELSE %2$I::text END)::s.mood'",
    )
  })

  it('a script knows which types it has made, changed and dropped', async () => {
    const table = (name: string, ...labels: string[]): unknown =>
      op.createTable(name, sa.Column('m', sa.Enum(...labels, { name: 'mood' })))
    const script = await scriptOf('postgresql', async () => {
      await op.createEnum('mood', ['a'])
      await table('t', 'a')
      await op.addEnumValue('mood', 'b')
      await table('u', 'a', 'b')
      await op.dropEnum('mood')
      await table('v', 'a', 'b')
    })
    expect(script.map((statement) => statement.split('(')[0]?.trim())).toEqual([
      'CREATE TYPE mood AS ENUM',
      'CREATE TABLE t',
      "ALTER TYPE mood ADD VALUE 'b';",
      'CREATE TABLE u',
      'DROP TYPE mood;',
      'CREATE TYPE mood AS ENUM',
      'CREATE TABLE v',
    ])
  })

  it('ADD VALUE leaves the transaction of a script unless it is told to stay', async () => {
    const written: string[] = []
    const fn = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: async () => {
          await op.addEnumValue('mood', 'x')
          await op.addEnumValue('mood', 'y', { inTransaction: true })
        },
      },
    ]).upgradeTo('a1')
    const context = await MigrationContext.configure({
      dialectName: 'postgresql',
      asSql: true,
      outputBuffer: { write: (text: string) => written.push(text) },
      fn,
    })
    await context.beginTransaction(() => context.runMigrations())
    const lines = written.map((text) => text.trim()).filter((text) => !text.startsWith('--'))
    expect(lines.slice(2, 7)).toEqual([
      'COMMIT;',
      "ALTER TYPE mood ADD VALUE 'x';",
      'BEGIN;',
      "ALTER TYPE mood ADD VALUE 'y';",
      expect.stringContaining('INSERT INTO alembic_version'),
    ])
  })
})

describePostgresql('operations on enumeration types, live', (connection) => {
  const query = async (sql: string): Promise<readonly unknown[]> =>
    (await connection().execute(sql)).rows
  const labels = async (): Promise<unknown> =>
    (await query('SELECT enum_range(NULL::mood)::text[] AS labels'))[0]
  const start = async (): Promise<void> => {
    await connection().execute('DROP TABLE IF EXISTS t CASCADE')
    await connection().execute('DROP TYPE IF EXISTS mood CASCADE')
    await connection().execute("CREATE TYPE mood AS ENUM ('a', 'b', 'c')")
    await connection().execute(
      "CREATE TABLE t (m mood DEFAULT 'c', n mood NOT NULL, l mood[] DEFAULT '{a,c}')",
    )
    await connection().execute("INSERT INTO t (m, n, l) VALUES ('c', 'a', '{{a,c},{c,NULL}}')")
  }
  const AFTER = [{ m: 'b', n: 'a', l: '{{a,b},{b,NULL}}' }]
  const rows = (): Promise<readonly unknown[]> => query('SELECT m::text, n::text, l::text FROM t')

  it('a value can be used in the revision that adds it, and in the next one of the run', async () => {
    await start()
    await run(
      connection(),
      `await op.addEnumValue('mood', 'x', { after: 'a' })
       await op.execute("INSERT INTO t (n) VALUES ('x')")
       await op.addEnumValue('mood', 'y')`,
      `await op.execute("UPDATE t SET n = 'y' WHERE n = 'x'")`,
    )
    expect(await query("SELECT count(*)::int AS n FROM t WHERE n = 'y'")).toEqual([{ n: 1 }])
    expect(await labels()).toEqual({ labels: ['a', 'x', 'b', 'c', 'y'] })
  })

  it('in the transaction the server says why it can not be used yet, and undoes it', async () => {
    await start()
    const body = `await op.addEnumValue('mood', 'x', { inTransaction: true })
      await op.execute("INSERT INTO t (n) VALUES ('x')")`
    await expect(run(connection(), body)).rejects.toThrow('unsafe use of new value "x"')
    expect(await labels()).toEqual({ labels: ['a', 'b', 'c'] })
  })

  it("stays in a transaction that is the caller's own", async () => {
    await start()
    const fn = inMemoryHistory([
      { id: 'a1', down: null, upgrade: () => op.addEnumValue('mood', 'x') },
    ]).upgradeTo('a1')
    await connection().begin()
    const context = await MigrationContext.configure({ connection: connection(), fn })
    await context.runMigrations()
    await connection().rollback()
    expect(await labels()).toEqual({ labels: ['a', 'b', 'c'] })
  })

  it('alterEnum replaces values in rows, arrays and defaults', async () => {
    await start()
    await connection().execute("ALTER TABLE t ALTER l SET DEFAULT '{a}'")
    await run(connection(), "await op.alterEnum('mood', ['b', 'a'], { replace: { c: 'b' } })")
    expect(await rows()).toEqual(AFTER)
    await connection().execute("INSERT INTO t (n) VALUES ('a')")
    expect(await query('SELECT m::text, l::text FROM t OFFSET 1')).toEqual([{ m: 'b', l: '{a}' }])
    expect(await query("SELECT 1 FROM pg_type WHERE typname LIKE 'alembic%'")).toEqual([])
  })

  it('a script does the same', async () => {
    await start()
    await connection().execute("ALTER TABLE t ALTER l SET DEFAULT '{a}', ALTER m DROP DEFAULT")
    const script = await scriptOf('postgresql', () =>
      op.alterEnum('mood', ['b', 'a'], { replace: { c: 'b' } }),
    )
    for (const statement of script) await connection().execute(statement)
    expect(await rows()).toEqual(AFTER)
    await connection().execute("INSERT INTO t (n) VALUES ('a')")
    expect(await query('SELECT l::text FROM t OFFSET 1')).toEqual([{ l: '{a}' }])
  })

  it('rows with a value that goes are an error, and nothing has happened', async () => {
    await start()
    await expect(run(connection(), "await op.alterEnum('mood', ['a', 'b'])")).rejects.toThrow(
      'invalid input value for enum mood: "c"',
    )
    expect(await labels()).toEqual({ labels: ['a', 'b', 'c'] })
  })

  it('what is in the way is named before anything is done', async () => {
    await start()
    await connection().execute('CREATE VIEW v AS SELECT n FROM t')
    await connection().execute("CREATE VIEW w AS SELECT 1 AS one FROM t WHERE m > 'a'")
    await connection().execute(
      "CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
    )
    await connection().execute('CREATE DOMAIN d AS mood')
    await expect(run(connection(), "await op.alterEnum('mood', ['a'])")).rejects.toThrow(
      "Type mood can't get other values while these depend on it: function f(mood), type d, view v, view w. Drop them before op.alterEnum(), and create them again after it",
    )
    await connection().execute('DROP FUNCTION f; ')
  })

  it('a partition key can not change its type', async () => {
    await start()
    await connection().execute('CREATE TABLE p (m mood) PARTITION BY LIST (m)')
    await expect(run(connection(), "await op.alterEnum('mood', ['a'])")).rejects.toThrow(
      "Type mood can't get other values while these depend on it: partition key of table p.",
    )
    await connection().execute('DROP TABLE p')
  })

  it('partitions go along; comment, privileges and indexes stay', async () => {
    await start()
    await connection().execute(
      "CREATE TABLE p (id INT, m mood DEFAULT 'a') PARTITION BY RANGE (id)",
    )
    await connection().execute('CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9)')
    await connection().execute("CREATE INDEX ix ON p (id) WHERE m = 'a'")
    await connection().execute("INSERT INTO p VALUES (1, 'b')")
    await connection().execute("COMMENT ON TYPE mood IS 'how it''s'")
    await connection().execute('REVOKE USAGE ON TYPE mood FROM PUBLIC')
    await connection().execute('GRANT USAGE ON TYPE mood TO pg_monitor WITH GRANT OPTION')
    const state = `SELECT obj_description(oid, 'pg_type') AS comment, typacl::text AS acl,
      pg_get_indexdef('p1_id_idx'::regclass) AS index,
      (SELECT string_agg(m::text, ',') FROM p) AS rows FROM pg_type WHERE typname = 'mood'`
    const before = await query(state)
    await run(connection(), "await op.alterEnum('mood', ['c', 'b', 'a'])")
    expect(await query(state)).toEqual(before)
    expect(await labels()).toEqual({ labels: ['c', 'b', 'a'] })
    await connection().execute('DROP TABLE p')
  })

  it('a type that is there is left alone where that is asked', async () => {
    await start()
    await run(
      connection(),
      "await op.createEnum('mood', ['q'], { ifNotExists: true })\nawait op.dropEnum('nope', { ifExists: true })",
    )
    expect(await labels()).toEqual({ labels: ['a', 'b', 'c'] })
    await run(connection(), "await op.renameEnumValue('mood', 'a', 'z')")
    expect(await labels()).toEqual({ labels: ['z', 'b', 'c'] })
  })

  it('a text becomes an enumeration with its default, and back', async () => {
    await start()
    await connection().execute("CREATE TABLE u (c VARCHAR(5) DEFAULT 'it''s:a', d text[])")
    await connection().execute("INSERT INTO u VALUES ('x:1', '{x:1}')")
    await run(
      connection(),
      `const type = sa.Enum("it's:a", 'x:1', { name: 'kind' })
       await op.createEnum('kind', type.values)
       const existingServerDefault = sa.text("'it''s:a'::character varying")
       await op.alterColumn('u', 'c', { type, existingType: sa.String(5), existingServerDefault })
       await op.alterColumn('u', 'd', { type: sa.postgresql.ARRAY(type) })
       await op.alterColumn('u', 'd', { type: sa.postgresql.ARRAY(sa.Text()), existingType: sa.postgresql.ARRAY(type) })
       await op.execute('INSERT INTO u (d) VALUES (NULL)')
       await op.alterColumn('u', 'c', { type: sa.Text(), existingType: type, existingServerDefault })
       await op.dropEnum('kind')
       await op.execute('INSERT INTO u (d) VALUES (NULL)')`,
    )
    expect(await query('SELECT c FROM u')).toEqual([{ c: 'x:1' }, { c: "it's:a" }, { c: "it's:a" }])
  })
})
