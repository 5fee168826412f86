import { describe, expect, it } from 'vitest'
import * as sa from '../../../src/sa.ts'
import { openBatchDatabase } from './batch-database.ts'

const addNote = sa.Column('note', sa.Text(), { serverDefault: sa.text("upper('n')") })

/** Makes `t` anew with one more column, and gives what is stored of it then. */
async function schemaAfter(...statements: readonly string[]): Promise<readonly string[]> {
  const database = await openBatchDatabase(...statements)
  await database.op.batchAlterTable('t', (batchOp) => {
    void batchOp.addColumn(addNote.copy())
  })
  return await database.schemaOf('t')
}

describe('a table that is made anew keeps', () => {
  it.each([
    ['types as they were declared', 'a UUID, b my type(3), c, d INT'],
    ['collations', 'a TEXT COLLATE "NOCASE", b VARCHAR(5) COLLATE "RTRIM"'],
    ['defaults', `a TEXT DEFAULT 'x', b INTEGER DEFAULT (1+1), c TEXT DEFAULT CURRENT_TIMESTAMP`],
    ['defaults of two strings', `a TEXT DEFAULT ('a' || 'b'), b TEXT DEFAULT (('a') || ('b'))`],
    ['defaults with colons', `a TEXT DEFAULT 'a:b \\:c'`],
    ['NOT NULL and what is done about it', 'a INTEGER NOT NULL ON CONFLICT IGNORE'],
    ['generated columns', 'a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED'],
    ['virtual columns', 'a INTEGER, "B b" INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL'],
  ])('%s', async (_, columns) => {
    const [sql] = await schemaAfter(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${columns})`)
    const kept = columns.replaceAll('(1+1)', '(1+1)')
    expect(sql).toBe(
      `CREATE TABLE "t" ( id INTEGER, ${kept}, note TEXT DEFAULT (upper('n')), PRIMARY KEY (id) )`,
    )
  })

  it.each([
    ['a named primary key', 'CONSTRAINT pk PRIMARY KEY (a, b)'],
    ['what a primary key does about conflicts', 'PRIMARY KEY (b) ON CONFLICT REPLACE'],
    ['unique constraints', 'CONSTRAINT uq UNIQUE (b, a), UNIQUE (a) ON CONFLICT IGNORE'],
    ['CHECKs without a name', "CONSTRAINT ck CHECK (a > 0), CHECK (a < b OR b LIKE '%)')"],
    [
      'foreign keys',
      'CONSTRAINT fk FOREIGN KEY(a) REFERENCES p (id) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED',
    ],
    ['a foreign key to itself', 'PRIMARY KEY (a), FOREIGN KEY(b) REFERENCES t (a)'],
  ])('%s', async (_, constraints) => {
    const [sql] = await schemaAfter(
      'CREATE TABLE p (id INTEGER PRIMARY KEY)',
      `CREATE TABLE t (a INTEGER, b TEXT, ${constraints})`,
    )
    expect(sql).toBe(
      `CREATE TABLE "t" ( a INTEGER, b TEXT, note TEXT DEFAULT (upper('n')), ${constraints} )`,
    )
  })

  it('constraints that were written behind a column', async () => {
    const [sql] = await schemaAfter(
      `CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY, b TEXT CONSTRAINT u UNIQUE CHECK (b <> ''), c INTEGER REFERENCES t ON DELETE SET NULL)`,
    )
    expect(sql).toBe(
      `CREATE TABLE "t" ( a INTEGER, b TEXT, c INTEGER, note TEXT DEFAULT (upper('n')), CONSTRAINT pk PRIMARY KEY (a), CONSTRAINT u UNIQUE (b), FOREIGN KEY(c) REFERENCES t (a) ON DELETE SET NULL, CHECK (b <> '') )`,
    )
  })

  it('STRICT and WITHOUT ROWID', async () => {
    const [sql] = await schemaAfter(
      'CREATE TABLE t (a TEXT PRIMARY KEY, b ANY) WITHOUT ROWID, STRICT',
    )
    expect(sql).toBe(
      `CREATE TABLE "t" ( a TEXT NOT NULL, b ANY, note TEXT DEFAULT (upper('n')), PRIMARY KEY (a) ) WITHOUT ROWID, STRICT`,
    )
  })

  it('AUTOINCREMENT, the name of its key, and its counter', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER NOT NULL CONSTRAINT pk_t PRIMARY KEY AUTOINCREMENT, a TEXT)',
      "INSERT INTO t (a) VALUES ('x'), ('y'), ('z')",
      'DELETE FROM t WHERE id > 1',
    )
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    expect((await database.schemaOf('t'))[0]).toBe(
      `CREATE TABLE "t" ( id INTEGER NOT NULL CONSTRAINT pk_t PRIMARY KEY AUTOINCREMENT, a TEXT, note TEXT DEFAULT (upper('n')) )`,
    )
    await database.run("INSERT INTO t (a) VALUES ('new')")
    expect(await database.rows('SELECT id FROM t')).toEqual([{ id: 1 }, { id: 4 }])
  })

  it('the counter of a table without rows', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)',
      "INSERT INTO t (a) VALUES ('x'), ('y')",
      'DELETE FROM t',
    )
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    await database.run("INSERT INTO t (a) VALUES ('new')")
    expect(await database.rows('SELECT id FROM t')).toEqual([{ id: 3 }])
  })

  it('an INT primary key, which is no rowid, with its NULLs', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INT PRIMARY KEY, a TEXT)',
      "INSERT INTO t VALUES (NULL, 'x'), (2, 'y')",
    )
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    expect(await database.rows('SELECT id, a FROM t ORDER BY a')).toEqual([
      { id: null, a: 'x' },
      { id: 2, a: 'y' },
    ])
  })

  it('indexes: partial ones, on expressions, ordered, collated', async () => {
    const indexes = [
      'CREATE INDEX ix_collate ON t (b COLLATE "NOCASE")',
      'CREATE INDEX ix_expr ON t (lower(b), a)',
      'CREATE INDEX ix_order ON t (a DESC, b)',
      "CREATE UNIQUE INDEX ix_part ON t (b) WHERE a > 0 AND b <> ':x'",
    ]
    const schema = await schemaAfter('CREATE TABLE t (a INTEGER, b TEXT)', ...indexes)
    expect(schema.slice(1)).toEqual(indexes)
  })

  it('triggers, also temporary ones, and views', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (a INTEGER)',
      'CREATE TABLE log (a INTEGER)',
      'CREATE VIEW v AS SELECT a + 1 AS b FROM t',
      'CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END',
      'CREATE TEMP TRIGGER tmp_tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (-new.a); END',
      'INSERT INTO t VALUES (1)',
    )
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    await database.run('INSERT INTO t (a) VALUES (2)')
    expect(await database.rows('SELECT a FROM log ORDER BY a')).toEqual([
      { a: -2 },
      { a: -1 },
      { a: 1 },
      { a: 2 },
    ])
    expect(await database.rows('SELECT b FROM v')).toEqual([{ b: 2 }, { b: 3 }])
  })

  it('its place in an attached file', async () => {
    const database = await openBatchDatabase(
      "ATTACH DATABASE ':memory:' AS other",
      'CREATE TABLE t (main INTEGER)',
      'CREATE TABLE other.p (id INTEGER PRIMARY KEY)',
      'CREATE TABLE other.t (a INTEGER REFERENCES p (id))',
      'CREATE INDEX other.ix ON t (a)',
      'CREATE TRIGGER other.tr AFTER INSERT ON t BEGIN SELECT 1; END',
      'INSERT INTO other.p VALUES (1)',
      'INSERT INTO other.t VALUES (1)',
    )
    await database.op.batchAlterTable('t', { schema: 'other' }, (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    expect(await database.rows('SELECT * FROM other.t')).toEqual([{ a: 1, note: 'N' }])
    expect(await database.rows('SELECT name FROM other.sqlite_master ORDER BY name')).toEqual([
      { name: 'ix' },
      { name: 'p' },
      { name: 't' },
      { name: 'tr' },
    ])
  })

  it('names that need quotes', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE "or""der.x" ("se lect" INTEGER PRIMARY KEY, "a.b" TEXT CHECK ("a.b" <> \'"\'), "ÄÖ" INTEGER REFERENCES "or""der.x" ("se lect"))',
      'CREATE INDEX "in dex" ON "or""der.x" ("a.b")',
      `INSERT INTO "or""der.x" VALUES (1, 'it''s', NULL), (2, 'x', 1)`,
    )
    await database.op.batchAlterTable('or"der.x', (batchOp) => {
      void batchOp.addColumn(addNote.copy())
    })
    expect(await database.rows('SELECT * FROM "or""der.x"')).toEqual([
      { 'se lect': 1, 'a.b': "it's", ÄÖ: null, note: 'N' },
      { 'se lect': 2, 'a.b': 'x', ÄÖ: 1, note: 'N' },
    ])
    expect(await database.rows('PRAGMA foreign_key_list("or""der.x")')).toMatchObject([
      { table: 'or"der.x', from: 'ÄÖ', to: 'se lect' },
    ])
  })
})
