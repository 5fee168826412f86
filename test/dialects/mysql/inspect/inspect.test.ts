import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../../src/engine/inspect.ts'
import * as sa from '../../../../src/sa.ts'
import type { Inspector } from '../../../../src/engine/inspector.ts'
import { describeMariadb, openScratch, type LiveMariadb } from '../live.ts'

const TABLES = [
  'CREATE SEQUENCE s1',
  'CREATE TABLE p (id INT AUTO_INCREMENT PRIMARY KEY, `q``q` INT UNIQUE)',
  `CREATE TABLE t (
     id INT PRIMARY KEY DEFAULT nextval(s1),
     a VARCHAR(20) CHARACTER SET latin1 NOT NULL DEFAULT 'it''s' COMMENT 'col',
     b DATETIME DEFAULT (now() + INTERVAL 1 DAY),
     c TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP,
     d BIT(3) DEFAULT b'101',
     e JSON,
     f INT UNSIGNED AS (id * 2) STORED,
     g ENUM('x,y', 'q''', '', 'b\\\\s', 'n\\n'),
     h INET6,
     i POINT,
     p_id INT,
     KEY ix_a (a(5) DESC, c),
     CONSTRAINT ck CHECK (id > 0),
     CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE
   ) COMMENT='tab' ROW_FORMAT=DYNAMIC STATS_PERSISTENT=1`,
  'CREATE TABLE m (x INT, KEY ix_x (x) USING BTREE) ENGINE=MEMORY',
  `CREATE TABLE r (y INT, z INT) PARTITION BY RANGE (y) SUBPARTITION BY HASH (z) SUBPARTITIONS 2
     (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)`,
  `CREATE TABLE v1 (a INT, b INT WITHOUT SYSTEM VERSIONING, c INT INVISIBLE, d TEXT COMPRESSED NOT NULL,
     KEY ix_b (b) COMMENT 'it''s' IGNORED) WITH SYSTEM VERSIONING`,
  'CREATE VIEW w AS SELECT id, a FROM t',
]

describeMariadb('reflection of MariaDB', () => {
  describe('through the dialect mariadb', () => {
    let live: LiveMariadb
    let inspector: Inspector

    beforeAll(async () => {
      live = await openScratch()
      for (const sql of TABLES) await live.connection.execute(sql)
      inspector = await inspect(live.connection)
    })
    afterAll(() => live.dispose())

    it('lists tables, views and sequences', async () => {
      expect(await inspector.getTableNames()).toEqual(['m', 'p', 'r', 't', 'v1'])
      expect(await inspector.getViewNames()).toEqual(['w'])
      expect(await inspector.getSequenceNames()).toEqual(['s1'])
      expect(await inspector.getDefaultSchemaName()).toBe(live.name)
      expect(await inspector.getSchemaNames()).toContain(live.name)
    })

    it('reads columns as they are, expressions and bit strings included', async () => {
      const { types } = live.connection.dialect
      const columns = await inspector.getColumns('t')
      const shown = columns.map((column) => [
        column.name,
        types.compile(column.type),
        column.nullable,
        column.default,
      ])
      expect(shown).toEqual([
        ['id', 'INTEGER(11)', false, 'nextval(`s1`)'],
        ['a', 'VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci', false, "'it''s'"],
        ['b', 'DATETIME', true, '(current_timestamp() + interval 1 day)'],
        ['c', 'TIMESTAMP', true, 'NULL ON UPDATE current_timestamp()'],
        ['d', 'BIT(3)', true, "b'101'"],
        ['e', 'LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', true, null],
        ['f', 'INTEGER(10) UNSIGNED', true, null],
        ['g', "ENUM('x,y','q''','','b\\\\s','n\n')", true, null],
        ['h', 'INET6', true, null],
        ['i', 'POINT', true, null],
        ['p_id', 'INTEGER(11)', true, null],
      ])
      expect(columns[1]?.comment).toBe('col')
      expect(columns[6]?.computed).toEqual({ sqltext: '(`id` * 2)', persisted: true })
      expect((await inspector.getColumns('p')).map(({ autoincrement }) => autoincrement)).toEqual([
        true,
        false,
      ])
    })

    it('reads names with backticks as they are', async () => {
      expect((await inspector.getColumns('p'))[1]?.name).toBe('q`q')
      expect(await inspector.getUniqueConstraints('p')).toEqual([
        { name: 'q`q', columnNames: ['q`q'], duplicatesIndex: 'q`q' },
      ])
    })

    it('reads keys and constraints', async () => {
      expect(await inspector.getPkConstraint('t')).toEqual({
        constrainedColumns: ['id'],
        name: null,
      })
      expect(await inspector.getIndexes('t')).toEqual([
        { name: 'fk', columnNames: ['p_id'], unique: false },
        {
          name: 'ix_a',
          columnNames: ['a', 'c'],
          unique: false,
          columnSorting: { a: ['desc'] },
          dialectOptions: { mariadb: { length: { a: 5 } } },
        },
      ])
      expect(await inspector.getForeignKeys('t')).toEqual([
        {
          name: 'fk',
          constrainedColumns: ['p_id'],
          referredSchema: null,
          referredTable: 'p',
          referredColumns: ['id'],
          options: { ondelete: 'CASCADE' },
        },
      ])
      expect(await inspector.getCheckConstraints('t')).toEqual([
        { name: 'ck', sqltext: '`id` > 0' },
      ])
      expect(await inspector.getIndexes('m')).toEqual([
        {
          name: 'ix_x',
          columnNames: ['x'],
          unique: false,
          dialectOptions: { mariadb: { using: 'BTREE' } },
        },
      ])
    })

    it('says schemas that were asked for by name', async () => {
      const [key] = await inspector.getForeignKeys('t', live.name)
      expect(key?.referredSchema).toBe(live.name)
    })

    it('reads comments and options, partitions among them', async () => {
      expect(await inspector.getTableComment('t')).toBe('tab')
      expect(await inspector.getTableOptions('t')).toEqual({
        mariadb: {
          comment: 'tab',
          engine: 'InnoDB',
          defaultCharset: 'utf8mb4',
          collate: 'utf8mb4_general_ci',
          rowFormat: 'DYNAMIC',
          statsPersistent: '1',
        },
      })
      expect((await inspector.getTableOptions('r'))['mariadb']).toMatchObject({
        partitionBy: 'RANGE (`y`)',
        subpartitionBy: 'HASH (`z`)',
        subpartitions: '2',
        partitionDefinitions:
          'PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB, PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB',
      })
    })

    it('makes again what it reads of what only MariaDB has', async () => {
      const { dialect } = live.connection
      const columns = await inspector.getColumns('v1')
      const metadata = sa.MetaData()
      const table = sa.Table(
        'v2',
        metadata,
        ...columns.map(({ name, type, nullable, dialectOptions }) =>
          sa.Column(name, type, { nullable, ...dialectOptions }),
        ),
        (await inspector.getTableOptions('v1')) as sa.TableOptions,
      )
      const [index] = await inspector.getIndexes('v1')
      table.appendIndex(sa.Index(index?.name ?? null, 'b', index?.dialectOptions ?? {}))
      const create = dialect.ddl.compile({ kind: 'createTable', table, ifNotExists: false })
      expect(create.replaceAll(/\s+/g, ' ')).toBe(
        'CREATE TABLE v2 ( a INTEGER(11), b INTEGER(11) WITHOUT SYSTEM VERSIONING, c INTEGER(11) INVISIBLE, d TEXT COMPRESSED NOT NULL )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci WITH SYSTEM VERSIONING',
      )
      await live.connection.execute(create)
      for (const made of table.indexes) {
        const sql = dialect.ddl.compile({ kind: 'createIndex', index: made, ifNotExists: false })
        expect(sql).toBe("CREATE INDEX ix_b ON v2 (b) COMMENT 'it''s' IGNORED")
        await live.connection.execute(sql)
      }
      const again = await inspect(live.connection)
      expect(await again.getColumns('v2')).toEqual(columns)
      expect(await again.getIndexes('v2')).toEqual(await inspector.getIndexes('v1'))
      expect(await again.getTableOptions('v2')).toEqual(await inspector.getTableOptions('v1'))
    })

    it('reads views with their columns and definition', async () => {
      expect((await inspector.getColumns('w')).map(({ nullable }) => nullable)).toEqual([
        false,
        false,
      ])
      expect(await inspector.getViewDefinition('w')).toMatch(/^CREATE .* VIEW `w` AS select/)
      expect(await inspector.getViewDefinition('t')).toBeNull()
    })

    it('says which table is missing', async () => {
      await expect(inspector.getColumns('nope')).rejects.toThrow("No table 'nope'")
    })
  })

  describe('of many tables', () => {
    it('asks a constant number of questions', async () => {
      const live = await openScratch()
      try {
        const count = async (): Promise<number> => {
          let statements = 0
          const stop = live.connection.observe(() => {
            statements += 1
          })
          await (await inspect(live.connection)).reflectTables()
          stop()
          return statements
        }
        await live.connection.execute(
          'CREATE TABLE t0 (id INT PRIMARY KEY, p INT REFERENCES t0 (id))',
        )
        const few = await count()
        for (let n = 1; n <= 20; n += 1) {
          await live.connection.execute(
            `CREATE TABLE t${n} (id INT PRIMARY KEY, p INT, CONSTRAINT f${n} FOREIGN KEY (p) REFERENCES t0 (id))`,
          )
        }
        expect(await count()).toBe(few)
        expect(few).toBeLessThanOrEqual(6)
      } finally {
        await live.dispose()
      }
    })
  })

  describe('through the dialect mysql', () => {
    it('puts options under the name of the dialect, and repeats the reference where told so', async () => {
      const live = await openScratch('mysql', { flags: { reflectsAsReference: true } })
      try {
        for (const sql of TABLES) await live.connection.execute(sql)
        const inspector = await inspect(live.connection)
        const columns = await inspector.getColumns('t')
        expect(columns.map((column) => column.default)).toEqual([
          ...[null, "'it''s'", '(current_timestamp()', null],
          ...[null, null, null, null, null, null, null],
        ])
        expect((await inspector.getColumns('p'))[1]?.name).toBe('q``q')
        expect((await inspector.getIndexes('t'))[1]).toEqual({
          name: 'ix_a',
          columnNames: ['a', 'c'],
          unique: false,
          dialectOptions: { mysql: { length: { a: 5 } } },
        })
        expect(
          live.connection.dialect.ddl.compile({
            kind: 'dropSequence',
            sequence: { name: 's1', quote: null, schema: null } as never,
            ifExists: false,
          }),
        ).toBe('DROP SEQUENCE s1')
      } finally {
        await live.dispose()
      }
    })
  })
})
