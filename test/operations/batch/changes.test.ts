import { describe, expect, it } from 'vitest'
import type { BatchOperations } from '../../../src/operations/batch-alter-table.ts'
import type { BatchOptions } from '../../../src/operations/batch/batch-options.ts'
import * as sa from '../../../src/sa.ts'
import { openBatchDatabase, type BatchDatabase } from './batch-database.ts'

const TABLE = `CREATE TABLE t (id INTEGER NOT NULL, a TEXT COLLATE NOCASE, b INTEGER, CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a), CONSTRAINT ck_b CHECK (b > 0), CHECK (t.a <> ''))`

interface Outcome {
  readonly schema: readonly string[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** Runs a batch on `t`, which has two rows. */
async function change(
  body: (batchOp: BatchOperations) => void,
  options: BatchOptions = {},
  ...more: readonly string[]
): Promise<Outcome> {
  const database = await withRows(...more)
  await database.op.batchAlterTable('t', options, body)
  return { schema: await database.schemaOf('t'), rows: await database.rows('SELECT * FROM t') }
}

async function withRows(...more: readonly string[]): Promise<BatchDatabase> {
  return await openBatchDatabase(
    TABLE,
    "INSERT INTO t VALUES (1, '10', 5), (2, '20', NULL)",
    ...more,
  )
}

describe('a change of a table with rows', () => {
  it('adds a column, at the end or elsewhere', async () => {
    const { schema, rows } = await change(
      (batchOp) => {
        void batchOp.addColumn(
          sa.Column('c', sa.Integer(), { serverDefault: '7', nullable: false }),
        )
        void batchOp.addColumn(sa.Column('d', sa.String(5)), { insertAfter: 'id' })
        void batchOp.addColumn(sa.Column('e', sa.String(5)), { insertBefore: 'b' })
      },
      { recreate: 'always' },
    )
    expect(schema[0]).toBe(
      `CREATE TABLE "t" ( id INTEGER NOT NULL, d VARCHAR(5), a TEXT COLLATE "NOCASE", e VARCHAR(5), b INTEGER, c INTEGER DEFAULT '7' NOT NULL, CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a), CONSTRAINT ck_b CHECK (b > 0), CHECK (a <> '') )`,
    )
    expect(rows).toEqual([
      { id: 1, d: null, a: '10', e: null, b: 5, c: 7 },
      { id: 2, d: null, a: '20', e: null, b: null, c: 7 },
    ])
  })

  it('adds a column with a CHECK of its type and an index, each once', async () => {
    const { schema } = await change((batchOp) => {
      void batchOp.addColumn(
        sa.Column('f', sa.Boolean({ createConstraint: true, name: 'ck_f' }), { index: true }),
      )
    })
    expect(schema[0]).toContain('CONSTRAINT ck_f CHECK (f IN (0, 1))')
    expect(schema[0]?.match(/ck_f/g)).toHaveLength(1)
    expect(schema.slice(1)).toEqual(['CREATE INDEX ix_t_f ON t (f)'])
  })

  it('drops a column, with what is about it alone', async () => {
    const { schema, rows } = await change((batchOp) => {
      void batchOp.dropColumn('b')
    })
    expect(schema[0]).toBe(
      `CREATE TABLE "t" ( id INTEGER NOT NULL, a TEXT COLLATE "NOCASE", CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a), CHECK (a <> '') )`,
    )
    expect(rows).toEqual([
      { id: 1, a: '10' },
      { id: 2, a: '20' },
    ])
  })

  it('renames a column wherever it is named', async () => {
    const { schema, rows } = await change(
      (batchOp) => {
        void batchOp.alterColumn('a', { newColumnName: 'the a' })
        void batchOp.createIndex('ix_new', ['the a'])
      },
      {},
      'CREATE INDEX ix_expr ON t (lower(a), b) WHERE a > 0',
      'CREATE INDEX ix_col ON t (a COLLATE NOCASE DESC)',
    )
    expect(schema).toEqual([
      `CREATE TABLE "t" ( id INTEGER NOT NULL, "the a" TEXT COLLATE "NOCASE", b INTEGER, CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE ("the a"), CONSTRAINT ck_b CHECK (b > 0), CHECK ("the a" <> '') )`,
      'CREATE INDEX ix_col ON t ("the a" COLLATE NOCASE DESC)',
      'CREATE INDEX ix_expr ON t (lower("the a"), b) WHERE "the a" > 0',
      'CREATE INDEX ix_new ON t ("the a")',
    ])
    expect(rows).toEqual([
      { id: 1, 'the a': '10', b: 5 },
      { id: 2, 'the a': '20', b: null },
    ])
  })

  it('changes type, nullability and default', async () => {
    const { schema, rows } = await change((batchOp) => {
      void batchOp.alterColumn('a', { type: sa.Integer(), nullable: false, serverDefault: '3' })
      void batchOp.alterColumn('b', { type: sa.String(9), serverDefault: sa.text("hex('x')") })
    })
    expect(schema[0]).toBe(
      `CREATE TABLE "t" ( id INTEGER NOT NULL, a INTEGER COLLATE "NOCASE" DEFAULT '3' NOT NULL, b VARCHAR(9) DEFAULT (hex('x')), CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a), CONSTRAINT ck_b CHECK (b > 0), CHECK (a <> '') )`,
    )
    expect(rows).toEqual([
      { id: 1, a: 10, b: '5' },
      { id: 2, a: 20, b: null },
    ])
  })

  it('keeps the values of a column that is no longer generated', async () => {
    const { schema, rows } = await change(
      (batchOp) => {
        void batchOp.alterColumn('g', { serverDefault: null })
      },
      {},
      'ALTER TABLE t ADD COLUMN g INTEGER AS (b * 2)',
    )
    expect(schema[0]).toContain('b INTEGER, g INTEGER, CONSTRAINT')
    expect(rows).toEqual([
      { id: 1, a: '10', b: 5, g: 10 },
      { id: 2, a: '20', b: null, g: null },
    ])
  })

  it('keeps the text of dates when a column becomes a date', async () => {
    const { rows } = await change(
      (batchOp) => {
        void batchOp.alterColumn('a', { type: sa.DateTime() })
      },
      {},
      "UPDATE t SET a = '2024-02-29 10:00' WHERE id = 1",
      "UPDATE t SET a = '2024-03-01' WHERE id = 2",
    )
    expect(rows).toEqual([
      { id: 1, a: '2024-02-29 10:00', b: 5 },
      { id: 2, a: '2024-03-01', b: null },
    ])
  })

  it('replaces constraints', async () => {
    const { schema } = await change((batchOp) => {
      void batchOp.dropConstraint('uq_a', 'unique')
      void batchOp.dropConstraint('ck_b', 'check')
      void batchOp.dropConstraint('pk_t', 'primary')
      void batchOp.createPrimaryKey('pk_new', ['a', 'id'])
      void batchOp.createCheckConstraint('ck_new', sa.column('b').lt(100))
      void batchOp.createForeignKey('fk_b', 't', ['b'], ['b'], { ondelete: 'SET NULL' })
      void batchOp.createUniqueConstraint('uq_new', ['b'])
    })
    expect(schema[0]).toBe(
      `CREATE TABLE "t" ( id INTEGER NOT NULL, a TEXT COLLATE "NOCASE", b INTEGER, CONSTRAINT pk_new PRIMARY KEY (a, id), CONSTRAINT ck_new CHECK (b < 100), CONSTRAINT fk_b FOREIGN KEY(b) REFERENCES t (b) ON DELETE SET NULL, CONSTRAINT uq_new UNIQUE (b), CHECK (a <> '') )`,
    )
  })

  it('drops and creates indexes', async () => {
    const { schema } = await change(
      (batchOp) => {
        void batchOp.dropIndex('ix_a')
        void batchOp.createIndex('ix_b', [sa.text('b + 1'), 'a'], { unique: true })
        void batchOp.alterColumn('b', { nullable: true })
      },
      {},
      'CREATE INDEX ix_a ON t (a)',
      'CREATE INDEX ix_keep ON t (b)',
    )
    expect(schema.slice(1)).toEqual([
      'CREATE UNIQUE INDEX ix_b ON t (b + 1, a)',
      'CREATE INDEX ix_keep ON t (b)',
    ])
  })

  it('does what is asked for on a condition where that holds', async () => {
    const body = (batchOp: BatchOperations): void => {
      void batchOp.addColumn(sa.Column('a', sa.Integer()), { ifNotExists: true })
      void batchOp.addColumn(sa.Column('c', sa.Integer()), { ifNotExists: true })
      void batchOp.dropColumn('nope', { ifExists: true })
      void batchOp.createIndex('ix_a', ['b'], { ifNotExists: true })
      void batchOp.createIndex('ix_b', ['b'], { ifNotExists: true })
      void batchOp.dropIndex('nope', { ifExists: true })
      void batchOp.dropConstraint('nope', { type: 'unique', ifExists: true })
    }
    const { schema, rows } = await change(
      body,
      { recreate: 'always' },
      'CREATE INDEX ix_a ON t (a)',
    )
    expect(schema.slice(1)).toEqual(['CREATE INDEX ix_a ON t (a)', 'CREATE INDEX ix_b ON t (b)'])
    expect(rows[0]).toEqual({ id: 1, a: '10', b: 5, c: null })
  })

  it('drops the CHECK that an expression makes with its column', async () => {
    const copyFrom = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('a', sa.Text()),
      sa.Column('b', sa.Integer()),
      sa.CheckConstraint(sa.column('b').gt(4), { name: 'ck_b' }),
    )
    const drop = (batchOp: BatchOperations): void => void batchOp.dropColumn('b')
    const { schema } = await change(drop, { copyFrom })
    expect(schema).toEqual(['CREATE TABLE "t" ( id INTEGER NOT NULL, a TEXT, PRIMARY KEY (id) )'])
    copyFrom.appendConstraint(sa.CheckConstraint(sa.column('b').gt(sa.column('id'))))
    await expect(change(drop, { copyFrom })).rejects.toThrow(
      "A CHECK of table 't' names 'b', which the batch drops, and 'id'. Drop the constraint, too",
    )
  })

  it('drops the CHECK of a type with its column', async () => {
    const copyFrom = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('a', sa.Text()),
      sa.Column('b', sa.Integer()),
      sa.CheckConstraint('b IN (0, 1)', { name: 'ck_b' }),
    )
    const { schema } = await change(
      (batchOp) => {
        const existingType = sa.Boolean({ createConstraint: true, name: 'ck_b' })
        void batchOp.dropColumn('b', { existingType })
      },
      { copyFrom },
    )
    expect(schema).toEqual(['CREATE TABLE "t" ( id INTEGER NOT NULL, a TEXT, PRIMARY KEY (id) )'])
  })

  it('drops a constraint without a name by that of a naming convention', async () => {
    const { schema } = await change(
      (batchOp) => {
        void batchOp.dropConstraint('uq_t_b', 'unique')
      },
      { namingConvention: { uq: 'uq_%(table_name)s_%(column_0_name)s' } },
      'DROP TABLE t',
      'CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (b), CONSTRAINT mine UNIQUE (a))',
    )
    expect(schema[0]).toBe('CREATE TABLE "t" ( a INTEGER, b INTEGER, CONSTRAINT mine UNIQUE (a) )')
  })

  it('takes columns and constraints from reflectArgs, tableArgs and tableOptions', async () => {
    const { schema } = await change(
      (batchOp) => {
        void batchOp.alterColumn('b', { newColumnName: 'flag' })
      },
      {
        reflectArgs: [sa.Column('b', sa.Boolean({ createConstraint: true, name: 'ck_flag' }))],
        tableArgs: [sa.CheckConstraint('id > 0', { name: 'ck_id' })],
        tableOptions: { sqlite: { withRowid: false } },
      },
      'DROP TABLE t',
      'CREATE TABLE t (id INTEGER PRIMARY KEY, b BOOLEAN)',
    )
    expect(schema[0]).toBe(
      'CREATE TABLE "t" ( id INTEGER, flag BOOLEAN, PRIMARY KEY (id), CONSTRAINT ck_id CHECK (id > 0), CONSTRAINT ck_flag CHECK (flag IN (0, 1)) ) WITHOUT ROWID',
    )
  })

  it('asks the listeners of reflectOptions', async () => {
    const { schema } = await change(
      (batchOp) => {
        void batchOp.alterColumn('b', { nullable: true })
      },
      {
        reflectOptions: {
          listeners: [
            [
              'column_reflect',
              (_inspector, table, column) =>
                table.name === 't' && column.name === 'a'
                  ? { ...column, type: sa.String(30), default: "'x'" }
                  : undefined,
            ],
          ],
        },
      },
    )
    expect(schema[0]).toContain(`a VARCHAR(30) COLLATE "NOCASE" DEFAULT 'x'`)
  })

  it('orders columns by partialReordering', async () => {
    const { rows } = await change(
      (batchOp) => {
        void batchOp.addColumn(sa.Column('c', sa.Integer()))
      },
      { recreate: 'always', partialReordering: [['c', 'b', 'a', 'id']] },
    )
    expect(Object.keys(rows[0] ?? {})).toEqual(['c', 'b', 'a', 'id'])
  })

  it('takes the table from copyFrom', async () => {
    const copyFrom = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('a', sa.Text(), { index: true }),
    )
    const { schema, rows } = await change(
      (batchOp) => {
        void batchOp.alterColumn('a', { nullable: false })
      },
      { copyFrom },
    )
    expect(schema).toEqual([
      'CREATE TABLE "t" ( id INTEGER NOT NULL, a TEXT NOT NULL, PRIMARY KEY (id) )',
      'CREATE INDEX ix_t_a ON t (a)',
    ])
    expect(rows).toEqual([
      { id: 1, a: '10' },
      { id: 2, a: '20' },
    ])
  })
})

describe('what needs no new table', () => {
  it('is done by ALTER TABLE and CREATE INDEX', async () => {
    const database = await withRows()
    const sent: string[] = []
    database.connection.observe(({ sql }) => void sent.push(sql))
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.addColumn(sa.Column('c', sa.Integer(), { serverDefault: '7' }))
      void batchOp.createIndex('ix_b', ['b'])
    })
    expect(sent).toEqual([
      "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT '7'",
      'CREATE INDEX ix_b ON t (b)',
    ])
  })
})

describe('a batch is refused before anything changes', () => {
  it.each<[string, (batchOp: BatchOperations) => void, RegExp]>([
    [
      'an unknown column',
      (b) => void b.dropColumn('nope'),
      /has no column 'nope'; it has id, a, b/,
    ],
    [
      'an unknown constraint',
      (b) => void b.dropConstraint('nope', 'check'),
      /No such constraint: 'nope'/,
    ],
    [
      'a constraint without a name',
      (b) => void b.createUniqueConstraint(null, ['a']),
      /Constraint must have a name/,
    ],
    [
      'a value that is no number',
      (b) => void b.alterColumn('word', { type: sa.Integer() }),
      /Column 'word' of table 't' can't become INTEGER: 1 rows hold something else, 'two' for example/,
    ],
    [
      'a fraction that would be cut',
      (b) => void b.alterColumn('frac', { type: sa.Integer() }),
      /Column 'frac' of table 't' can't become INTEGER: 1 rows hold something else, 2\.5 for example/,
    ],
    [
      'a CHECK of several columns, one of them dropped',
      (b) => void b.dropColumn('word'),
      /A CHECK of table 't' names 'word', which the batch drops, and 'frac': word <> frac \+ 9\. Drop the constraint, too/,
    ],
    ['an index on a dropped column', (b) => void b.dropColumn('frac'), /which the batch drops/],
    [
      'a foreign key that leaves its file',
      (b) => void b.createForeignKey('fk', 'p', ['b'], ['id'], { referentSchema: 'other' }),
      /a foreign key stays in its schema on sqlite/,
    ],
  ])('%s', async (_, body, message) => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, word TEXT, frac REAL, CHECK (word <> frac + 9))',
      'CREATE INDEX ix_frac ON t (frac)',
      "INSERT INTO t VALUES (1, 'x', 1, '1', 1.0), (2, 'y', 2, 'two', 2.5)",
    )
    const before = await database.schemaOf('t')
    await expect(database.op.batchAlterTable('t', body)).rejects.toThrow(message)
    expect(await database.schemaOf('t')).toEqual(before)
    expect(await database.rows('SELECT count(*) AS n FROM t')).toEqual([{ n: 2 }])
    expect(
      await database.rows("SELECT name FROM sqlite_master WHERE name LIKE '_alembic%'"),
    ).toEqual([])
  })

  it.each([
    [
      'a key with an order',
      'CREATE TABLE t (a INTEGER PRIMARY KEY DESC)',
      /without losing: PRIMARY KEY DESC/,
    ],
    [
      'a key with a collation',
      'CREATE TABLE t (a TEXT, UNIQUE (a COLLATE NOCASE))',
      /without losing: UNIQUE \(a COLLATE NOCASE\)/,
    ],
    ['a view', 'CREATE VIEW t AS SELECT 1 AS a', /it is no ordinary table/],
    ['a virtual table', 'CREATE VIRTUAL TABLE t USING fts5(a)', /it is no ordinary table/],
    ['a temporary table', 'CREATE TEMP TABLE t (a)', /it is no ordinary table/],
  ])('%s', async (_, sql, message) => {
    const database = await openBatchDatabase(sql)
    const batch = database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.alterColumn('a', { nullable: false })
    })
    await expect(batch).rejects.toThrow(message)
  })

  it.each([
    [
      'a view',
      'CREATE VIEW v AS SELECT a FROM t',
      /no longer work: error in view v: no such column: a/,
    ],
    [
      'a trigger',
      'CREATE TRIGGER tr AFTER UPDATE ON t BEGIN SELECT new.a; END',
      /no longer work: error in trigger tr: no such column: new\.a/,
    ],
  ])('%s that names a column which goes', async (_, sql, message) => {
    const database = await withRows(sql)
    const before = await database.rows('SELECT sql FROM sqlite_master')
    const batch = database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.dropColumn('a')
    })
    await expect(batch).rejects.toThrow(message)
    expect(await database.rows('SELECT sql FROM sqlite_master')).toEqual(before)
    expect(await database.rows('PRAGMA legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
  })

  it('a constraint that would drop rows without a word', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (a INTEGER)',
      'INSERT INTO t VALUES (1), (1), (2)',
    )
    const batch = database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.createUniqueConstraint('uq', ['a'], { sqlite: { onConflict: 'REPLACE' } })
    })
    await expect(batch).rejects.toThrow(
      "Table 't' had 3 rows and would have 2 after it was made anew, because of an ON CONFLICT clause",
    )
    expect(await database.rows('SELECT a FROM t')).toEqual([{ a: 1 }, { a: 1 }, { a: 2 }])
  })

  it('a table that already has rows with NULL where that is forbidden now', async () => {
    const database = await withRows()
    const batch = database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.alterColumn('b', { nullable: false })
    })
    await expect(batch).rejects.toThrow(/NOT NULL constraint failed: _alembic_tmp_t\.b/)
    expect(await database.rows('SELECT count(*) AS n FROM t')).toEqual([{ n: 2 }])
    expect(await database.schemaOf('t')).toEqual([TABLE])
  })
})
