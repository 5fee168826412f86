import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import { op, sa } from '../../../src/index.ts'
import { migrate, scriptOf } from '../../property/run.ts'

const numbered = (type: sa.TypeEngine): ReturnType<typeof sa.table> =>
  sa.table('t', sa.column('v', type))

const withDefault = (): sa.Table =>
  sa.Table(
    't',
    sa.MetaData(),
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('w', sa.Integer(), { default: 7 }),
  )

interface Difference {
  readonly what: string
  readonly dialect: string
  readonly run: () => unknown
  readonly exactly: string
  /** A pattern: the message of an error. */
  readonly here: string | RegExp
}

const DIFFERENCES: readonly Difference[] = [
  {
    what: 'bytes that are text',
    dialect: 'sqlite',
    run: () => op.bulkInsert(numbered(sa.LargeBinary()), [{ v: Buffer.from("'\\%") }]),
    exactly: String.raw`INSERT INTO t (v) VALUES ('''\%');`,
    here: "INSERT INTO t (v) VALUES (X'275C25');",
  },
  {
    what: 'bytes that are text, on a server that reads backslashes',
    dialect: 'mysql',
    run: () => op.bulkInsert(numbered(sa.LargeBinary()), [{ v: Buffer.from('\0\\') }]),
    exactly: "INSERT INTO t (v) VALUES ('\0\\\\');",
    here: "INSERT INTO t (v) VALUES (X'005C');",
  },
  {
    what: 'an empty array',
    dialect: 'postgresql',
    run: () => op.bulkInsert(numbered(sa.ARRAY(sa.Integer())), [{ v: [] }]),
    exactly: 'INSERT INTO t (v) VALUES (ARRAY[]);',
    here: "INSERT INTO t (v) VALUES ('{}');",
  },
  {
    what: 'an array where there are none',
    dialect: 'mysql',
    run: () => op.bulkInsert(numbered(sa.ARRAY(sa.Integer())), [{ v: [1, 2] }]),
    exactly: 'INSERT INTO t (v) VALUES ([1, 2]);',
    here: /Row 0 of the rows for table 't', column 'v': Could not render literal value 1,2/,
  },
  {
    what: "a column's default",
    dialect: 'postgresql',
    run: () => op.bulkInsert(withDefault(), [{ id: 1 }]),
    exactly: 'INSERT INTO t (id, w) VALUES (1, $1);',
    here: 'INSERT INTO t (id, w) VALUES (1, 7);',
  },
  {
    what: 'a row that says nothing',
    dialect: 'oracle',
    run: () => op.bulkInsert(numbered(sa.Integer()), [{}]),
    exactly: 'INSERT INTO t () VALUES ()\n\n/',
    here: /Dialect oracle has no INSERT without columns; give a row of 't' at least one value/,
  },
  {
    what: 'what looks like a placeholder of another kind',
    dialect: 'sqlite',
    run: () => op.execute("select '%(x)s'"),
    exactly: "select '?';",
    here: "select '%(x)s';",
  },
  {
    what: 'a name that begins with a digit',
    dialect: 'db2',
    run: () => op.dropTable('1st'),
    exactly: 'DROP TABLE 1st;',
    here: 'DROP TABLE "1st";',
  },
  {
    what: 'a type that the reference has and does not write',
    dialect: 'oracle',
    run: () => op.createTable('t', sa.Column('c', sa.oracle.BFILE())),
    exactly: '',
    here: 'CREATE TABLE t (\n    c BFILE\n)\n\n/',
  },
  {
    what: 'a quote in the name of a table',
    dialect: 'mssql',
    run: () => op.renameTable("o'table", 't2'),
    exactly: "EXEC sp_rename '[o'table]', t2;\n\nGO",
    here: "EXEC sp_rename '[o''table]', t2;\n\nGO",
  },
  {
    what: 'quotes in what drops a default',
    dialect: 'mssql',
    run: () => op.dropColumn("o'table", "o'clock", { mssql: { dropDefault: true } }),
    exactly: `declare @const_name varchar(256)
select @const_name = QUOTENAME([name]) from sys.default_constraints
where parent_object_id = object_id('o'table')
and col_name(parent_object_id, parent_column_id) = 'o'clock'
exec('alter table [o'table] drop constraint ' + @const_name);

GO

ALTER TABLE [o'table] DROP COLUMN [o'clock];

GO`,
    here: `declare @const_name varchar(256)
select @const_name = QUOTENAME([name]) from sys.default_constraints
where parent_object_id = object_id('o''table')
and col_name(parent_object_id, parent_column_id) = 'o''clock'
exec('alter table [o''table] drop constraint ' + @const_name);

GO

ALTER TABLE [o'table] DROP COLUMN [o'clock];

GO`,
  },
]

describe.each(DIFFERENCES)('$what, on $dialect', ({ dialect, run, exactly, here }) => {
  it('is written as it is best', async () => {
    const script = scriptOf({ dialectName: dialect }, run)
    if (typeof here === 'string') expect((await script).trim()).toBe(here)
    else await expect(script).rejects.toThrow(here)
  })

  it('is written as Alembic does where that is asked for', async () => {
    const dialectOpts = { flags: { exactlyAsAlembic: true } }
    const script = scriptOf({ dialectName: dialect, dialectOpts }, run)
    if (exactly === '') await expect(script).rejects.toThrow("can't render element of type BFILE")
    else expect((await script).trim()).toBe(exactly)
  })
})

describe('two columns of one name', () => {
  const run = (): unknown =>
    op.createTable('t', sa.Column('a', sa.Integer()), sa.Column('a', sa.String(50)))

  it('are refused', async () => {
    await expect(scriptOf({ dialectName: 'firebird' }, run)).rejects.toThrow(
      "A column with name 'a' is already present in table 't'",
    )
  })

  it('are one, the last, where that is asked for', async () => {
    const dialectOpts = { flags: { replacesColumns: true } }
    const script = await scriptOf({ dialectName: 'firebird', dialectOpts }, run)
    expect(script.trim()).toBe('CREATE TABLE t (\n    a VARCHAR(50)\n);')
  })
})

describe("a column's default", () => {
  let next = 0
  const table = (): sa.Table =>
    sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('n', sa.Integer(), { default: () => (next += 1) }),
      sa.Column('s', sa.Text(), { default: sa.func.lower('X') }),
    )

  it('is asked for each row that says nothing of the column', async () => {
    next = 0
    const rows = [{ id: 1 }, { id: 2, n: 9 }, { id: 3 }]
    const run = (): unknown => op.bulkInsert(table(), rows)
    expect(await scriptOf({ dialectName: 'sqlite' }, run)).toBe(
      [
        "INSERT INTO t (id, n, s) VALUES (1, 1, lower('X'));",
        "INSERT INTO t (id, n, s) VALUES (2, 9, lower('X'));",
        "INSERT INTO t (id, n, s) VALUES (3, 2, lower('X'));",
        '',
      ].join('\n\n'),
    )
  })

  it('is stored on a server', async () => {
    next = 0
    const engine = createEngine('sqlite://')
    const connection = await engine.connect()
    await migrate({ connection }, async () => {
      await op.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT)')
      const made = sa.Table(
        't',
        sa.MetaData(),
        sa.Column('id', sa.Integer()),
        sa.Column('n', sa.Integer(), { default: () => (next += 1) }),
      )
      await op.bulkInsert(made, [{ id: 1 }, { id: 2, n: 9 }, { id: 3 }])
      await op.execute(sa.insert(made).values({ id: 4 }))
    })
    const { rows } = await connection.execute('SELECT id, n FROM t ORDER BY id')
    await engine.dispose()
    expect(rows.map((row) => [row['id'], row['n']])).toEqual([
      [1, 1],
      [2, 9],
      [3, 2],
      [4, 3],
    ])
  })

  it('stands in an INSERT statement, too', async () => {
    next = 0
    const run = (): unknown => op.execute(sa.insert(table()).values({ id: 1 }))
    const script = await scriptOf({ dialectName: 'mysql', literalBinds: true }, run)
    expect(script.trim()).toBe("INSERT INTO t (id, n, s) VALUES (1, 1, lower('X'));")
  })
})
