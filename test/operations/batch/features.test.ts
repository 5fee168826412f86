import { describe, expect, it } from 'vitest'
import type { BatchOperations } from '../../../src/operations/batch-alter-table.ts'
import * as sa from '../../../src/sa.ts'
import { openBatchDatabase } from './batch-database.ts'
import { dumpTable, statementOf } from './table-dump.ts'

type Body = (batchOp: BatchOperations) => void

const PARENT = 'CREATE TABLE p (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, UNIQUE (x, y))'

/** A feature, statements that use it on a table `t`, and words of the stored statement that no catalog shows. */
type Feature = readonly [what: string, statements: readonly string[], words?: readonly string[]]

const FEATURES: readonly Feature[] = [
  ['a CHECK without a name', ['CREATE TABLE t (a INTEGER, b INTEGER, CHECK (a < b OR b IS NULL))']],
  [
    'a CHECK behind a column',
    ["CREATE TABLE t (a TEXT CHECK (a LIKE '%(') CONSTRAINT ck CHECK (a <> ''))"],
  ],
  ['collations', ['CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT COLLATE rtrim)']],
  [
    'virtual generated columns',
    [
      'CREATE TABLE t (a INTEGER, b AS (a * 2), c TEXT GENERATED ALWAYS AS (b || a))',
      'INSERT INTO t (a) VALUES (4)',
    ],
  ],
  [
    'stored generated columns',
    [
      'CREATE TABLE t (a INTEGER, b INTEGER AS (a * 2) STORED NOT NULL)',
      'INSERT INTO t (a) VALUES (4)',
    ],
  ],
  ['STRICT', ['CREATE TABLE t (a ANY, b BLOB) STRICT', "INSERT INTO t VALUES ('5', x'00')"]],
  [
    'WITHOUT ROWID',
    [
      'CREATE TABLE t (a TEXT, b INTEGER, c, PRIMARY KEY (b, a)) WITHOUT ROWID',
      "INSERT INTO t VALUES ('x', 2, 3)",
    ],
  ],
  [
    'AUTOINCREMENT and its counter',
    [
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)',
      'INSERT INTO t VALUES (7, 1), (9, 2)',
      'DELETE FROM t WHERE id = 9',
    ],
  ],
  [
    'the counter of a table without rows',
    [
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)',
      'INSERT INTO t VALUES (9, 1)',
      'DELETE FROM t',
    ],
  ],
  [
    'partial indexes',
    [
      'CREATE TABLE t (a TEXT, b INTEGER)',
      "CREATE UNIQUE INDEX ix ON t (a) WHERE b > 0 AND a <> ':x'",
    ],
  ],
  [
    'indexes on expressions',
    ['CREATE TABLE t (a TEXT, b INTEGER)', 'CREATE INDEX ix ON t (lower(a), b + 1 DESC)'],
  ],
  [
    'orders of an index, of one element twice too',
    ['CREATE TABLE t (a TEXT)', 'CREATE INDEX ix ON t (a, a DESC, lower(a), lower(a) DESC)'],
  ],
  [
    'collations in indexes',
    ['CREATE TABLE t (a TEXT)', 'CREATE INDEX ix ON t (a COLLATE nocase DESC)'],
  ],
  [
    'comments in indexes',
    ['CREATE TABLE t (a TEXT)', 'CREATE INDEX ix ON t (a /* why */) -- what for'],
  ],
  [
    'triggers',
    [
      'CREATE TABLE t (a INTEGER)',
      'CREATE TRIGGER tr1 BEFORE UPDATE OF a ON t WHEN new.a > 0 BEGIN SELECT 1; END',
      'CREATE TRIGGER tr2 AFTER DELETE ON t BEGIN INSERT INTO t (a) VALUES (old.a); END',
      'INSERT INTO t VALUES (1)',
    ],
  ],
  [
    'triggers of other tables',
    [
      'CREATE TABLE t (a INTEGER)',
      'CREATE TABLE o (a)',
      'CREATE TRIGGER tr AFTER INSERT ON o BEGIN INSERT INTO t (a) VALUES (new.a); END',
    ],
  ],
  [
    'views, and triggers on them',
    [
      'CREATE TABLE t (a INTEGER)',
      'CREATE VIEW v AS SELECT a FROM t',
      'CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END',
    ],
  ],
  [
    'what foreign keys do',
    [
      PARENT,
      'CREATE TABLE t (a REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL, b REFERENCES p (id) ON DELETE RESTRICT, c, d, CONSTRAINT fk FOREIGN KEY (c, d) REFERENCES p (x, y) ON UPDATE SET DEFAULT)',
    ],
  ],
  [
    'when foreign keys are looked at',
    [
      PARENT,
      'CREATE TABLE t (a REFERENCES p DEFERRABLE INITIALLY DEFERRED, b REFERENCES p NOT DEFERRABLE, c REFERENCES p MATCH FULL)',
    ],
  ],
  [
    'foreign keys that point here',
    [
      'CREATE TABLE t (a INTEGER PRIMARY KEY, up INTEGER REFERENCES t)',
      'CREATE TABLE c (t_a REFERENCES t ON DELETE CASCADE)',
      'INSERT INTO t VALUES (1, NULL), (2, 1)',
      'INSERT INTO c VALUES (1), (2)',
    ],
  ],
  [
    'the order of columns',
    ['CREATE TABLE t (z, y, a, id INTEGER PRIMARY KEY, m)', 'INSERT INTO t VALUES (1, 2, 3, 4, 5)'],
  ],
  [
    'hidden row numbers',
    [
      'CREATE TABLE t (a TEXT)',
      "INSERT INTO t (rowid, a) VALUES (5, 'x'), (-3, 'y'), (9000000000000000001, 'z')",
    ],
  ],
  [
    'hidden row numbers beside a column "rowid"',
    [
      'CREATE TABLE t (rowid TEXT PRIMARY KEY, a)',
      "INSERT INTO t (_rowid_, rowid) VALUES (5, 'x'), (3, 'y')",
    ],
  ],
  [
    'hidden row numbers beside an INT primary key',
    ['CREATE TABLE t (id INT PRIMARY KEY, a)', 'INSERT INTO t (rowid, id) VALUES (5, 1), (3, 2)'],
  ],
  [
    'defaults',
    [
      `CREATE TABLE t (a DEFAULT -5, b DEFAULT +1.5e3, c DEFAULT x'00ff', d DEFAULT NULL, e DEFAULT TRUE, f DEFAULT "dq", g DEFAULT CURRENT_TIMESTAMP, h DEFAULT 'it''s :x %s', i DEFAULT foo, j DEFAULT ((1)+(2)), k DEFAULT ('a' || 'b'), l DEFAULT 0x10, m DEFAULT (hex('--')))`,
    ],
  ],
  [
    'types as they are written',
    [
      'CREATE TABLE t (a "my type", b [we ird](3), c VARCHAR(5), d DECIMAL(10, -2), e UNSIGNED BIG INT, f)',
    ],
  ],
  [
    'names that need quotes',
    [
      'CREATE TABLE t ("check" INTEGER, [primary] TEXT, `a.b` TEXT, "q""q", "%s", ":x", "?" UNIQUE)',
      'CREATE INDEX "in dex" ON t ("a.b", "q""q")',
    ],
  ],
  [
    'what is done about conflicts',
    [
      'CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT REPLACE, b PRIMARY KEY ON CONFLICT FAIL)',
    ],
  ],
  [
    'names of constraints',
    [
      'CREATE TABLE t (a CONSTRAINT pk PRIMARY KEY, b CONSTRAINT uq UNIQUE, CONSTRAINT "c k" CHECK (b > 0))',
    ],
  ],
  [
    'names of NOT NULL, DEFAULT and COLLATE',
    [
      'CREATE TABLE t (a TEXT CONSTRAINT nn NOT NULL CONSTRAINT "d f" DEFAULT 5 CONSTRAINT co COLLATE NOCASE)',
    ],
    ['CONSTRAINT nn NOT NULL', 'CONSTRAINT "d f" DEFAULT 5', 'CONSTRAINT co COLLATE'],
  ],
  [
    'comments',
    [
      `CREATE TABLE t /* zero */ ( -- one
  id INTEGER PRIMARY KEY, -- two
  -- three
  /* four */
  a VARCHAR /* five */ (3) /* six */ DEFAULT (5 -- seven
  ), b INTEGER CHECK (b > 0 /* eight */ AND b < 9 -- nine
  ), /* ten */ c AS (b * /* eleven */ 2 -- twelve
  ),
  UNIQUE (a /* thirteen */), -- fourteen
  CHECK (a <> b) -- fifteen
  -- sixteen
) STRICT -- seventeen`
        .replace('(3)', '')
        .replace('VARCHAR', 'TEXT')
        .replace('c AS', 'c ANY AS'),
    ],
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'.split(
      ' ',
    ),
  ],
  [
    'what ANALYZE found',
    [
      'CREATE TABLE t (a UNIQUE, b)',
      'CREATE INDEX ix ON t (b)',
      'INSERT INTO t VALUES (1, 1), (2, 1), (3, 2)',
      'ANALYZE',
    ],
  ],
]

describe('a change elsewhere in the table keeps', () => {
  it.each(FEATURES.map(([what, statements, words = []]) => ({ what, statements, words })))(
    '$what',
    async ({ statements, words }) => {
      const database = await openBatchDatabase(...statements)
      const before = await dumpTable(database, 't')
      const analyzed = await database.rows(
        "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'",
      )
      const statistics = 'SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY idx'
      const found = analyzed.length > 0 ? await database.rows(statistics) : []
      await database.op.batchAlterTable('t', { recreate: 'always' }, (batchOp) => {
        void batchOp.addColumn(sa.Column('note', sa.Text()))
      })
      await database.op.batchAlterTable('t', (batchOp) => {
        void batchOp.dropColumn('note')
      })
      expect(await dumpTable(database, 't')).toEqual(before)
      const statement = await statementOf(database, 't')
      for (const word of words)
        expect(statement.match(RegExp(`\\b${word}\\b`, 'g'))).toEqual([word])
      if (analyzed.length > 0) expect(await database.rows(statistics)).toEqual(found)
      expect(await database.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    },
  )
})

const drop: Body = (batchOp) => void batchOp.dropColumn('a')
const rename: Body = (batchOp) => void batchOp.alterColumn('a', { newColumnName: 'the "a"' })

describe('a renamed column is renamed in', () => {
  it.each([
    [
      'a CHECK',
      ['CREATE TABLE t (a, b, CHECK (a > b AND t.a <> 5))'],
      'CHECK ("the ""a""" > b AND "the ""a""" <> 5)',
    ],
    ['a generated column', ['CREATE TABLE t (a, b AS (A * 2))'], 'AS ("the ""a""" * 2)'],
    ['a key', ['CREATE TABLE t (b, a, PRIMARY KEY (b, a))'], 'PRIMARY KEY (b, "the ""a""")'],
    [
      'a unique constraint',
      ['CREATE TABLE t (b, a, CONSTRAINT u UNIQUE (a, b))'],
      'UNIQUE ("the ""a""", b)',
    ],
    [
      'a foreign key',
      [PARENT, 'CREATE TABLE t (b, a REFERENCES p ON DELETE CASCADE)'],
      'FOREIGN KEY("the ""a""") REFERENCES p (id) ON DELETE CASCADE',
    ],
    [
      'an index',
      [
        'CREATE TABLE t (a, b)',
        'CREATE INDEX ix ON t (b, a COLLATE NOCASE DESC /* x */) WHERE "A" > 0',
      ],
      'ON t (b, "the ""a""" COLLATE NOCASE DESC /* x */) WHERE "the ""a""" > 0',
    ],
    [
      'an index on an expression',
      ['CREATE TABLE t (a, b)', "CREATE INDEX ix ON t (a(1, 'a') + a)".replace('a(1', 'max(1')],
      `(max(1, 'a') + "the ""a""")`,
    ],
  ])('%s', async (_, statements, expected) => {
    const database = await openBatchDatabase(...statements)
    await database.op.batchAlterTable('t', rename)
    expect((await database.schemaOf('t')).join('\n')).toContain(expected)
  })

  it('comments stay with it, and go with a column that is dropped', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (\n a INTEGER, -- about a\n b INTEGER, -- about b\n /* about c */ c INTEGER\n)',
    )
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.alterColumn('a', { newColumnName: 'z', type: sa.Text() })
      void batchOp.dropColumn('b')
    })
    expect(await database.schemaOf('t')).toEqual([
      'CREATE TABLE "t" ( z TEXT, -- about a /* about c */ c INTEGER )',
    ])
  })
})

describe('what names a changed column and cannot go on stops the batch before anything is lost', () => {
  it.each<[string, readonly string[], Body, RegExp]>([
    [
      'a CHECK of two columns',
      ['CREATE TABLE t (a, b, CHECK (a > b))'],
      drop,
      /A CHECK of table 't' names 'a', which the batch drops, and 'b': a > b/,
    ],
    [
      'a generated column',
      ['CREATE TABLE t (a, b AS (a * 2))'],
      drop,
      /Generated column 'b' of table 't' is computed from 'a', which the batch drops/,
    ],
    [
      'an index',
      ['CREATE TABLE t (a, b)', 'CREATE INDEX ix ON t (b, a)'],
      drop,
      /Index 'ix' is on column 'a', which the batch drops/,
    ],
    [
      'a condition of an index',
      ['CREATE TABLE t (a, b)', 'CREATE INDEX ix ON t (b) WHERE a > 0'],
      drop,
      /Index 'ix' is on column 'a'/,
    ],
    [
      'a trigger that reads it',
      ['CREATE TABLE t (a, b)', 'CREATE TRIGGER tr AFTER UPDATE ON t BEGIN SELECT new.a; END'],
      drop,
      /trigger tr: no such column: new\.a/,
    ],
    [
      'a trigger that reads it, renamed',
      ['CREATE TABLE t (a, b)', 'CREATE TRIGGER tr AFTER UPDATE ON t BEGIN SELECT new.a; END'],
      rename,
      /trigger tr: no such column: new\.a/,
    ],
    [
      'a trigger on its updates',
      [
        'CREATE TABLE t (a, b)',
        'CREATE TRIGGER tr AFTER UPDATE OF b, "A" ON t BEGIN SELECT 1; END',
      ],
      drop,
      /Trigger 'tr' is on updates of column 'a' of table 't', which the batch drops or renames/,
    ],
    [
      'a trigger on its updates, renamed',
      [
        'CREATE TABLE t (a, b)',
        'CREATE TEMP TRIGGER tr AFTER UPDATE OF a ON t BEGIN SELECT 1; END',
      ],
      rename,
      /Trigger 'tr' is on updates of column 'a'/,
    ],
    [
      'a trigger of another table',
      [
        'CREATE TABLE t (a, b)',
        'CREATE TABLE o (x)',
        'CREATE TRIGGER tr AFTER INSERT ON o BEGIN UPDATE t SET a = 1; END',
      ],
      drop,
      /trigger tr: no such column: a/,
    ],
    [
      'a view',
      ['CREATE TABLE t (a, b)', 'CREATE VIEW v AS SELECT "a" FROM t'],
      rename,
      /view v: no such column/,
    ],
    [
      'a temporary view',
      ['CREATE TABLE t (a, b)', 'CREATE TEMP VIEW v AS SELECT a FROM t'],
      drop,
      /view v: no such column/,
    ],
    [
      'a foreign key from elsewhere',
      [
        'CREATE TABLE t (a UNIQUE, b)',
        'CREATE TABLE c (t_a REFERENCES t (a))',
        'INSERT INTO t VALUES (1, 1)',
        'INSERT INTO c VALUES (1)',
      ],
      drop,
      /would leave a foreign key of 'c' useless/,
    ],
  ])('%s', async (_, statements, body, message) => {
    const database = await openBatchDatabase(...statements)
    const before = await dumpTable(database, 't')
    await expect(database.op.batchAlterTable('t', body)).rejects.toThrow(message)
    expect(await dumpTable(database, 't')).toEqual(before)
    expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(await database.rows('PRAGMA legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
  })

  it('but a key that loses a column goes on with the rest, and says so', async () => {
    const database = await openBatchDatabase('CREATE TABLE t (a, b, c, PRIMARY KEY (a, b))')
    const warnings: string[] = []
    const listen = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', listen)
    await database.op.batchAlterTable('t', drop)
    await new Promise(setImmediate)
    process.off('warning', listen)
    expect(await database.schemaOf('t')).toEqual(['CREATE TABLE "t" ( b, c, PRIMARY KEY (b) )'])
    expect(warnings).toEqual([
      "The primary key of table 't', (a, b), is left with (b): the batch drops the rest",
    ])
  })
})

describe('what no schema object can say stops the batch', () => {
  it.each([
    ['CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)', /without losing: PRIMARY KEY DESC/],
    [
      'CREATE TABLE t (a TEXT, b, UNIQUE (a COLLATE NOCASE))',
      /without losing: UNIQUE \(a COLLATE NOCASE\)/,
    ],
    [
      'CREATE TABLE t (a, b, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (a))',
      /without losing: a second unique constraint over a/,
    ],
    ['CREATE TABLE t (a, b, CONSTRAINT x)', /without losing: CONSTRAINT x/],
  ])('%s', async (statement, message) => {
    const database = await openBatchDatabase(statement)
    const before = await statementOf(database, 't')
    const batch = database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.alterColumn('b', { type: sa.Text() })
    })
    await expect(batch).rejects.toThrow(message)
    expect(await statementOf(database, 't')).toBe(before)
  })
})

it('triggers of an attached file are looked at there', async () => {
  const database = await openBatchDatabase(
    "ATTACH DATABASE ':memory:' AS other",
    'CREATE TABLE t (x)',
    'CREATE TABLE other.t (a, b)',
    'CREATE TRIGGER other.tr AFTER UPDATE OF b ON t BEGIN UPDATE t SET a = 1; END',
  )
  const change = (body: Body) => database.op.batchAlterTable('t', { schema: 'other' }, body)
  await change((batchOp) => void batchOp.alterColumn('b', { nullable: false }))
  expect(await database.rows('SELECT name FROM other.sqlite_master ORDER BY name')).toEqual([
    { name: 't' },
    { name: 'tr' },
  ])
  await expect(change(drop)).rejects.toThrow(/error in trigger tr: no such column: a/)
})

it('a full-text table finds the rows of its content table by their hidden numbers', async () => {
  const database = await openBatchDatabase(
    'CREATE TABLE t (title TEXT, body TEXT)',
    "CREATE VIRTUAL TABLE search USING fts5 (body, content = 't')",
    "INSERT INTO t (rowid, title, body) VALUES (10, 'first', 'apple'), (20, 'second', 'pear')",
    "INSERT INTO search (search) VALUES ('rebuild')",
    'DELETE FROM t WHERE rowid = 10',
    "INSERT INTO search (search, rowid, body) VALUES ('delete', 10, 'apple')",
  )
  await database.op.batchAlterTable('t', (batchOp) => {
    void batchOp.alterColumn('title', { type: sa.String(50) })
  })
  expect(
    await database.rows(
      "SELECT t.title, search.body FROM search JOIN t ON t.rowid = search.rowid WHERE search MATCH 'pear'",
    ),
  ).toEqual([{ title: 'second', body: 'pear' }])
})
