import Firebird from 'node-firebird'
import { expect, it } from 'vitest'
import { nodeFirebirdDriver } from '../../../src/dialects/firebird/drivers/node-firebird.ts'
import { describeDiffs } from '../../../src/autogenerate/describe-diffs.ts'
import { compareMetadata } from '../../../src/autogenerate/produce.ts'
import { adoptConnection } from '../../../src/engine/adopt-connection.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { op } from '../../../src/index.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import * as sa from '../../../src/sa.ts'
import type { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import { describeDriver, questionMark } from '../../engine/driver-contract.ts'
import { inMemoryHistory } from '../../runtime/history.ts'
import { describeFirebird } from './live.ts'

describeFirebird('the driver', (_connection, url) => {
  describeDriver('node-firebird', {
    open: () => nodeFirebirdDriver.connect(makeUrl(url())),
    placeholder: questionMark,
    columns: {
      integer: 'BIGINT',
      decimal: 'NUMERIC(18, 10)',
      bytes: 'BLOB SUB_TYPE 0',
      moment: 'TIMESTAMP',
      text: 'VARCHAR(400)',
    },
    momentText: '2024-02-29 23:59:58.1230',
    severalStatements: /Token unknown/,
    dropTable: `EXECUTE BLOCK AS BEGIN
      IF (EXISTS (SELECT 1 FROM rdb$relations WHERE rdb$relation_name = 'CONTRACT')) THEN
        EXECUTE STATEMENT 'DROP TABLE contract';
    END`,
  })
})

describeFirebird('Firebird', (connection, url) => {
  it("takes a connection of the user's own, and leaves it open", async () => {
    const { host, port, database, username, password } = makeUrl(url())
    const own = await Firebird.attachAsync({
      ...{ host: host ?? '', port: port ?? 3050, database: database ?? '' },
      ...{ user: username ?? '', password: password ?? '' },
    })
    const adopted = await adoptConnection(own)
    expect(adopted.dialect.name).toBe('firebird')
    await adopted.transaction(() => adopted.execute('SELECT 1 FROM rdb$database'))
    await adopted.close()
    expect(await own.queryAsync('SELECT 1 AS n FROM rdb$database')).toEqual([{ N: 1 }])
    await own.detachAsync()
  })

  it('says what to do where the server refuses the login', async () => {
    const wrong = makeUrl(url()).set({ password: 'wrong' })
    await expect(nodeFirebirdDriver.connect(wrong)).rejects.toThrow(
      /:\/\/SYSDBA:\*\*\*@.*: Firebird refuses user name or password\. If both are right, give the user/,
    )
  })

  it('takes a transaction back, but not what DDL did before', async () => {
    await connection().begin()
    await connection().execute('CREATE TABLE kept (a INTEGER)')
    await connection().execute('INSERT INTO kept VALUES (1)')
    await connection().rollback()
    const { rows } = await connection().execute('SELECT COUNT(*) AS n FROM kept')
    expect(rows).toEqual([{ n: 0 }])
    await connection().execute('DROP TABLE kept')
  })

  it('gives exact values', async () => {
    const { rows } = await connection().execute(
      `SELECT CAST('1.50' AS NUMERIC(6, 2)) AS small, CAST('123456789012.3456' AS NUMERIC(18, 4)) AS wide,
         CAST('2024-02-29' AS DATE) AS d, CAST('01:02:03.004' AS TIME) AS t, TRUE AS b,
         CAST(1.5 AS DOUBLE PRECISION) AS f, CAST('text' AS BLOB SUB_TYPE 1) AS doc, NULL AS n
       FROM rdb$database`,
    )
    expect(rows).toEqual([
      {
        ...{ small: '1.50', wide: '123456789012.3456', d: '2024-02-29', t: '01:02:03.0040' },
        ...{ b: true, f: 1.5, doc: 'text', n: null },
      },
    ])
  })

  it('takes numbers of more than 64 bits', async () => {
    const { rows } = await connection().execute(
      'SELECT CAST(? AS DOUBLE PRECISION) AS a, CAST(? AS DOUBLE PRECISION) AS b FROM rdb$database',
      [2 ** 63, -1e300],
    )
    expect(rows).toEqual([{ a: 2 ** 63, b: -1e300 }])
  })

  it('reads back every type as what it is', async () => {
    const types: Readonly<Record<string, TypeEngine>> = {
      a: sa.firebird.SMALLINT(),
      b: sa.firebird.INTEGER(),
      c: sa.firebird.BIGINT(),
      d: sa.firebird.NUMERIC(4, 1),
      e: sa.firebird.DECIMAL(18, 6),
      f: sa.firebird.FLOAT(),
      g: sa.firebird.DOUBLE_PRECISION(),
      h: sa.firebird.DATE(),
      i: sa.firebird.TIME(),
      j: sa.firebird.TIMESTAMP(),
      k: sa.firebird.BOOLEAN(),
      l: sa.firebird.CHAR(5),
      m: sa.firebird.VARCHAR(20, { charset: 'ASCII' }),
      n: sa.firebird.CHAR(16, { charset: 'OCTETS' }),
      o: sa.firebird.TEXT(),
      p: sa.firebird.BLOB(),
    }
    const { types: compiler } = connection().dialect
    const columns = Object.entries(types).map(([name, type]) => `${name} ${compiler.compile(type)}`)
    await connection().execute(`CREATE TABLE all_types (${columns.join(', ')})`)
    const reflected = await (await sa.inspect(connection())).getColumns('all_types')
    expect(reflected.map(({ name, type }) => `${name} ${compiler.compile(type)}`)).toEqual(columns)
    await connection().execute('DROP TABLE all_types')
  })

  it('reads keys, checks, indexes, defaults, comments, views and sequences', async () => {
    for (const sql of [
      'CREATE SEQUENCE numbers',
      `CREATE TABLE parent (id INTEGER GENERATED BY DEFAULT AS IDENTITY (START WITH 5) NOT NULL,
         "Mixed" VARCHAR(9) DEFAULT 'it''s', "order" INTEGER DEFAULT NULL, up COMPUTED BY (id + 1),
         CONSTRAINT pk_parent PRIMARY KEY (id), CONSTRAINT uq_parent UNIQUE ("Mixed", "order"))`,
      `CREATE TABLE child (a INTEGER, b INTEGER NOT NULL, CONSTRAINT ck_child CHECK ((a > 1) OR (b > 1)),
         CONSTRAINT fk_child FOREIGN KEY (a) REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE)`,
      'CREATE UNIQUE DESCENDING INDEX ix_child ON child (b, a)',
      'CREATE INDEX ix_sum ON child COMPUTED BY (a + b)',
      'CREATE VIEW mixed_names (n) AS SELECT "Mixed" FROM parent',
      "COMMENT ON TABLE parent IS 'a table'",
      "COMMENT ON COLUMN parent.id IS 'a column'",
    ]) {
      await connection().execute(sql)
    }
    const inspector = await sa.inspect(connection())
    expect(await inspector.getTableNames()).toEqual(['child', 'parent'])
    expect(await inspector.getViewNames()).toEqual(['mixed_names'])
    expect(await inspector.getSequenceNames()).toEqual(['numbers'])
    expect(await inspector.getViewDefinition('mixed_names')).toContain('SELECT "Mixed" FROM parent')
    const parent = await inspector.reflectTable('parent')
    expect(parent).toMatchObject({
      primaryKey: { name: 'pk_parent', constrainedColumns: ['id'] },
      uniqueConstraints: [{ name: 'uq_parent', columnNames: ['Mixed', 'order'] }],
      indexes: [],
      comment: 'a table',
    })
    expect(parent.columns.map(({ type: _, ...column }) => column)).toEqual([
      {
        ...{ name: 'id', nullable: false, default: null, autoincrement: true, comment: 'a column' },
        identity: { always: false, start: 5, increment: 1 },
      },
      { name: 'Mixed', nullable: true, default: "'it''s'", autoincrement: false, comment: null },
      { name: 'order', nullable: true, default: null, autoincrement: false, comment: null },
      {
        ...{ name: 'up', nullable: true, default: null, autoincrement: false, comment: null },
        computed: { sqltext: 'id + 1' },
      },
    ])
    expect(await inspector.reflectTable('child')).toMatchObject({
      checkConstraints: [{ name: 'ck_child', sqltext: '(a > 1) OR (b > 1)' }],
      foreignKeys: [
        {
          ...{ name: 'fk_child', constrainedColumns: ['a'], referredSchema: null },
          ...{ referredTable: 'parent', referredColumns: ['id'] },
          options: { ondelete: 'SET NULL', onupdate: 'CASCADE' },
        },
      ],
      indexes: [
        {
          ...{ name: 'ix_child', columnNames: ['b', 'a'], unique: true },
          dialectOptions: { firebird: { descending: true } },
        },
        { name: 'ix_sum', columnNames: [null], expressions: ['a + b'], unique: false },
      ],
    })
    for (const sql of ['DROP VIEW mixed_names', 'DROP TABLE child', 'DROP TABLE parent']) {
      await connection().execute(sql)
    }
    await connection().execute('DROP SEQUENCE numbers')
  })

  it('asks as often for many tables as for one', async () => {
    const queries = async (): Promise<number> => {
      let count = 0
      const stop = connection().observe(() => (count += 1))
      await (await sa.inspect(connection())).reflectTables()
      stop()
      return count
    }
    await connection().execute('CREATE TABLE q1 (a INTEGER)')
    const one = await queries()
    await connection().execute('CREATE TABLE q2 (a INTEGER)')
    expect(await queries()).toBe(one)
    for (const name of ['q1', 'q2']) await connection().execute(`DROP TABLE ${name}`)
  })

  it('migrates up and down; what a statement adds can be used by the next', async () => {
    const history = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: () => {
          void op.createTable(
            'cars',
            sa.Column('id', sa.Integer(), { primaryKey: true }),
            sa.Column('Model', sa.String(20), { nullable: false, index: true }),
          )
          void op.addColumn(
            'cars',
            sa.Column('year', sa.Integer(), { serverDefault: sa.text('0') }),
          )
          void op.execute('INSERT INTO cars (id, "Model", "year") VALUES (1, \'x\', 7)')
          void op.alterColumn('cars', 'year', {
            type: sa.BigInteger(),
            nullable: false,
            serverDefault: null,
            comment: "it's",
            newColumnName: 'built',
          })
          void op.createTableComment('cars', 'of 1999')
          return op.createUniqueConstraint('uq_cars', 'cars', ['Model'])
        },
        downgrade: () => {
          void op.dropConstraint('uq_cars', 'cars')
          void op.dropColumn('cars', 'built')
          return op.dropTable('cars')
        },
      },
    ])
    const run = async (fn: ReturnType<typeof history.upgradeTo>): Promise<void> => {
      const context = await MigrationContext.configure({
        connection: connection(),
        fn,
        lock: 'off',
      })
      await context.beginTransaction(() => context.runMigrations())
    }
    await run(history.upgradeTo('a1'))
    const inspector = await sa.inspect(connection())
    expect(await inspector.getColumns('cars')).toMatchObject([
      { name: 'id', nullable: false },
      { name: 'Model', nullable: false },
      { name: 'built', nullable: false, default: null, comment: "it's" },
    ])
    expect(await inspector.getTableComment('cars')).toBe('of 1999')
    const { rows } = await connection().execute('SELECT version_num FROM alembic_version')
    expect(rows).toEqual([{ version_num: 'a1' }])
    await run(history.downgradeTo(null))
    expect(await (await sa.inspect(connection())).getTableNames()).toEqual(['alembic_version'])
  })

  it('finds no difference to what it created', async () => {
    const metadata = sa.MetaData()
    sa.Table(
      'people',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('name', sa.String(20), { nullable: false, unique: true, serverDefault: "it's" }),
      sa.Column('amount', sa.Numeric(10, 2), { serverDefault: sa.text('0') }),
      sa.Column('active', sa.Boolean(), { nullable: false }),
      sa.Column('born', sa.DateTime(), { serverDefault: sa.func.now() }),
      sa.Column('bio', sa.Text()),
      sa.Column('friend', sa.Integer(), sa.ForeignKey('people.id', { ondelete: 'CASCADE' })),
      sa.CheckConstraint('amount >= 0', { name: 'ck_amount' }),
      sa.Index('ix_born', 'born', { firebird: { descending: true } }),
    )
    await sa.createAll(metadata, connection())
    const context = await MigrationContext.configure({
      connection: connection(),
      compareServerDefault: true,
    })
    expect(describeDiffs(await compareMetadata(context, metadata))).toBe('[]')
    await sa.dropAll(metadata, connection())
  })
})
