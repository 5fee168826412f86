import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/sqlite/index.ts'
import * as sqlite from '../../../../src/dialects/sqlite/types.ts'
import { createEngine } from '../../../../src/engine/engine.ts'
import '../../../../src/dialects/builtin.ts'
import * as sa from '../../../../src/sa.ts'
import type { Table } from '../../../../src/sql/schema/table.ts'

const dialect = createDialect()

function createTable(table: Table): string {
  return dialect.ddl.compile({ kind: 'createTable', table, ifNotExists: false })
}

function folded(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ')
}

describe('CREATE TABLE', () => {
  it('has everything that SQLite has, and runs', async () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true, sqlite: { onConflictPrimaryKey: 'FAIL' } }),
      sa.Column('a', sa.String(5, 'NOCASE'), {
        nullable: false,
        serverDefault: "it's",
        sqlite: { onConflictNotNull: 'ABORT' },
      }),
      sa.Column('b', sa.Integer(), { unique: true, sqlite: { onConflictUnique: 'REPLACE' } }),
      sa.Column('c', sa.Integer(), sa.Computed('b + 1', { persisted: true })),
      sa.Column('d', sa.Text(), { serverDefault: sa.func['now']?.() ?? null }),
      sa.Column('e', sa.Text(), {
        serverDefault: sa.text("lower('X')"),
        sqlite: { collation: 'RTRIM' },
      }),
      sa.CheckConstraint('b > 0', { name: 'ck', sqlite: { onConflict: 'IGNORE' } }),
      sa.ForeignKeyConstraint(['b'], ['t.id'], { ondelete: 'CASCADE', name: 'fk' }),
      { sqlite: { autoincrement: true, strict: false } },
    )
    const sql = createTable(table)
    expect(folded(sql)).toBe(
      `CREATE TABLE t ( id INTEGER NOT NULL PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT, a VARCHAR(5) COLLATE "NOCASE" DEFAULT 'it''s' NOT NULL ON CONFLICT ABORT, b INTEGER, c INTEGER GENERATED ALWAYS AS (b + 1) STORED, d TEXT DEFAULT CURRENT_TIMESTAMP, e TEXT COLLATE "RTRIM" DEFAULT (lower('X')), CONSTRAINT ck CHECK (b > 0) ON CONFLICT IGNORE, CONSTRAINT fk FOREIGN KEY(b) REFERENCES t (id) ON DELETE CASCADE, UNIQUE (b) ON CONFLICT REPLACE )`,
    )
    const connection = await createEngine('sqlite://').connect()
    await connection.execute(sql)
    await connection.close()
  })

  it('ends with WITHOUT ROWID and STRICT', () => {
    const key = sa.Column('a', sa.Integer(), { primaryKey: true })
    const table = sa.Table('t', sa.MetaData(), key, { sqlite: { withRowid: false, strict: true } })
    expect(createTable(table)).toBe(
      'CREATE TABLE t (\n    a INTEGER NOT NULL, \n    PRIMARY KEY (a)\n)\n WITHOUT ROWID,\n STRICT',
    )
  })

  it('leaves foreign keys out that would leave the file', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), sa.ForeignKey('other.p.id')),
    )
    expect(createTable(table)).toBe('CREATE TABLE t (\n    a INTEGER\n)')
  })

  it('refuses AUTOINCREMENT on a key of two columns', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer(), { primaryKey: true, autoincrement: true }),
      sa.Column('b', sa.Integer(), { primaryKey: true }),
    )
    expect(() => createTable(table)).toThrow(
      "SQLite does not support autoincrement for composite primary keys: column 'a' of table 't'",
    )
  })

  it('refuses conflict resolutions that are none', () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer()),
      sa.UniqueConstraint('a', { sqlite: { onConflict: 'IGNORE); DROP TABLE x' as 'IGNORE' } }),
    )
    expect(() => createTable(table)).toThrow('Unexpected conflict resolution')
  })
})

describe('defaults', () => {
  it.each([
    ['5', '5'],
    ['1.5', '(1.5)'],
    ['-5', '(-5)'],
    ['NULL', 'NULL'],
    ["'a b'", "'a b'"],
    ["'a' || 'b'", "('a' || 'b')"],
    ["('a') || ('b')", "(('a') || ('b'))"],
    ["(datetime('now'))", "(datetime('now'))"],
    ["datetime('now', 'localtime')", "(datetime('now', 'localtime'))"],
    ["'x' COLLATE NOCASE", "'x' COLLATE NOCASE"],
    ["X'00'", "(X'00')"],
  ])('%s', (sql, expected) => {
    const column = sa.Column('c', sa.Text(), { serverDefault: sa.text(sql) })
    expect(dialect.columns.compile(column)).toBe(`c TEXT DEFAULT ${expected}`)
  })
})

describe('CREATE INDEX', () => {
  it('names the schema with the index, and has conditions and collations', () => {
    const index = sa.Index('ix', 'a', sa.desc('b'), {
      unique: true,
      sqlite: { where: sa.text("a <> 'x'"), collate: { a: 'NOCASE', b: 'RTRIM' } },
    })
    sa.Table('t', sa.MetaData(), sa.Column('a', sa.Text()), sa.Column('b', sa.Text()), index, {
      schema: 's',
    })
    expect(dialect.ddl.compile({ kind: 'createIndex', index, ifNotExists: false })).toBe(
      `CREATE UNIQUE INDEX s.ix ON t (a COLLATE "NOCASE", b COLLATE "RTRIM" DESC) WHERE a <> 'x'`,
    )
    expect(dialect.ddl.compile({ kind: 'dropIndex', index, ifExists: true })).toBe(
      'DROP INDEX IF EXISTS s.ix',
    )
  })
})

describe('ALTER TABLE', () => {
  const table = { name: 't', quote: null, schema: null }
  const existing = {}

  it('adds, drops and renames', () => {
    expect(dialect.ddl.compile({ kind: 'renameTable', table, newName: 'u' })).toBe(
      'ALTER TABLE t RENAME TO u',
    )
    expect(
      dialect.ddl.compile({ kind: 'renameColumn', table, column: 'a', newName: 'The B', existing }),
    ).toBe('ALTER TABLE t RENAME COLUMN a TO "The B"')
    expect(dialect.ddl.compile({ kind: 'dropColumn', table, column: 'a', ifExists: false })).toBe(
      'ALTER TABLE t DROP COLUMN a',
    )
  })

  it('names batch mode where it can do no more', () => {
    const wayOut = "use op.batchAlterTable('t', …), which makes the table anew"
    expect(() =>
      dialect.ddl.compile({
        kind: 'alterColumnNullable',
        table,
        column: 'a',
        existing,
        nullable: true,
      }),
    ).toThrow(`SQLite's ALTER TABLE can't change whether a column is nullable; ${wayOut}`)
    expect(() =>
      dialect.ddl.compile({
        kind: 'alterColumnType',
        table,
        column: 'a',
        existing,
        type: sa.Text(),
        using: null,
      }),
    ).toThrow(`can't change a column's type; ${wayOut}`)
    expect(() =>
      dialect.ddl.compile({
        kind: 'alterColumnDefault',
        table,
        column: 'a',
        existing,
        serverDefault: null,
      }),
    ).toThrow(`can't change a column's default; ${wayOut}`)
    const constraint = sa.UniqueConstraint('a')
    sa.Table('t', sa.MetaData(), sa.Column('a', sa.Text()), constraint)
    expect(() => dialect.ddl.compile({ kind: 'addConstraint', constraint })).toThrow(
      /^No support for ALTER of constraints in SQLite dialect\. .* Here that is op\.batchAlterTable\('t', …\)\.$/,
    )
  })
})

describe('types', () => {
  it.each([
    [sqlite.DATE(), 'DATE'],
    [sqlite.DATE({ storageFormat: '%(year)04d%(month)02d%(day)02d' }), 'DATE_CHAR'],
    [sqlite.DATETIME({ truncateMicroseconds: true }), 'DATETIME'],
    [sqlite.DATETIME({ storageFormat: '%(year)04d%(month)02d' }), 'DATETIME_CHAR'],
    [sqlite.TIME({ storageFormat: '%(hour)02d%(minute)02d' }), 'TIME_CHAR'],
    [sqlite.JSON(), 'JSON'],
    [sa.Uuid(), 'CHAR(32)'],
    [sa.Interval(), 'DATETIME'],
    [sa.LargeBinary(10), 'BLOB'],
    [sa.Enum('a', 'bbb'), 'VARCHAR(3)'],
  ])('%s is %s', (type, expected) => {
    expect(dialect.types.compile(type)).toBe(expected)
  })

  it('take one way to say how times are stored', () => {
    expect(() => sqlite.TIME({ truncateMicroseconds: true, storageFormat: '%(hour)d' })).toThrow(
      'You can specify only one of truncateMicroseconds and storageFormat or regexp',
    )
  })
})

describe('literals', () => {
  it.each<[unknown, ReturnType<typeof sa.Text> | ReturnType<typeof sa.DateTime> | null, string]>([
    ['2024-02-29T13:14:15.1+02:00', sa.DateTime(), "'2024-02-29 13:14:15.100000'"],
    [new Date('2024-02-29T13:14:15Z'), sa.DateTime(), "'2024-02-29 13:14:15.000000'"],
    ['soon', sa.DateTime(), "'soon'"],
    [Uint8Array.of(0, 255), null, "X'00FF'"],
    [true, null, '1'],
    ["it's", sa.Text(), "'it''s'"],
  ])('%s', (value, type, expected) => {
    expect(dialect.literals.renderLiteral(value, type)).toBe(expected)
  })

  it('follow the storage format of their type', () => {
    const day = sqlite.DATE({ storageFormat: '%(month)02d/%(day)02d/%(year)04d' })
    expect(dialect.literals.renderLiteral('2024-02-29', day)).toBe("'02/29/2024'")
    const time = sqlite.TIME({ truncateMicroseconds: true })
    expect(dialect.literals.renderLiteral('13:14:15.5', time)).toBe("'13:14:15'")
    const uuid = dialect.literals.renderLiteral('12345678-1234-5678-1234-567812345678', sa.Uuid())
    expect(uuid).toBe("'12345678123456781234567812345678'")
  })
})
