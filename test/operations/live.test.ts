import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from '../runtime/history.ts'

describeEachDatabase('operations', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  async function migrate(
    upgrade: () => unknown,
    options: MigrationContextOptions = {},
  ): Promise<void> {
    const history = inMemoryHistory([{ id: 'a1', down: null, upgrade }])
    const fn = history.upgradeTo('a1')
    const context = await MigrationContext.configure({ connection, fn, ...options })
    await context.beginTransaction(() => context.runMigrations())
  }

  it('make, fill, change and read tables', async () => {
    await migrate(async () => {
      const users = op.createTable(
        'users',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('name', sa.String(50), { nullable: false, unique: true }),
        { comment: 'who may log in' },
      )
      void op.bulkInsert(users, [
        { id: 1, name: "O'Neill" },
        { id: 2, name: 'x' },
      ])
      void op.addColumn('users', sa.Column('age', sa.Integer(), { index: true, comment: 'years' }))
      void op.execute(sa.update(sa.table('users', sa.column('age'))).values({ age: 7 }))
      void op.bulkInsert(
        sa.table('users', sa.column('id'), sa.column('name'), sa.column('age')),
        [
          { id: 3, name: 'y' },
          { id: 4, name: 'z', age: op.inlineLiteral(9) },
        ],
        { multiinsert: false },
      )
      void op.renameTable('users', 'people')
      void op.createIndex('ix_people_both', 'people', ['age', 'name'], { unique: true })
      void op.dropIndex('ix_people_both', 'people')
      const rows = await op
        .getBind()
        .execute('SELECT id, name, age FROM people WHERE id > :id ORDER BY id', { id: 1 })
      expect(rows).toEqual([
        { id: 2, name: 'x', age: 7 },
        { id: 3, name: 'y', age: null },
        { id: 4, name: 'z', age: 9 },
      ])
    })
    expect(await scratch.query("SELECT id FROM people WHERE name = 'O''Neill'")).toEqual([
      { id: 1 },
    ])
  })

  it('find rows by values, and store documents as documents', async () => {
    const document = { list: [1, "it's"], nothing: null }
    const id = sa.column('id', sa.Integer())
    const t = sa.table('t', id, sa.column('doc', sa.JSON()))
    const read: unknown[] = []
    await migrate(async () => {
      void op.createTable('t', sa.Column('id', sa.Integer()), sa.Column('doc', sa.JSON()))
      void op.bulkInsert(t, [
        { id: 1, doc: document },
        { id: 2, doc: null },
        { id: 3, doc: 'text' },
      ])
      void op.execute(sa.insert(t).values({ id: 4, doc: document }))
      void op.execute(
        sa
          .update(t)
          .where(id.eq(2))
          .values({ doc: [true] }),
      )
      void op.execute(sa.delete(t).where(sa.and_(id.gt(2), id.lt(4))))
      read.push(...(await op.getBind().execute('SELECT id, doc FROM t ORDER BY id')))
    })
    const parsed = (value: unknown): unknown =>
      typeof value === 'string' ? JSON.parse(value) : value
    expect(read.map((row) => parsed((row as { doc: unknown }).doc))).toEqual([
      document,
      [true],
      document,
    ])
  })

  it('add and drop constraints, directly or in a batch', async () => {
    await migrate(async () => {
      void op.createTable('o', sa.Column('id', sa.Integer(), { primaryKey: true }))
      void op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('a', sa.Integer(), { nullable: false }),
        sa.Column('b', sa.String(20), { serverDefault: 'x' }),
      )
      void op.bulkInsert(sa.table('o', sa.column('id')), [{ id: 1 }])
      void op.bulkInsert(sa.table('t', sa.column('id'), sa.column('a')), [{ id: 1, a: 1 }])
      await op.batchAlterTable('t', async (batchOp) => {
        void batchOp.createForeignKey('fk_a', 'o', ['a'], ['id'])
        void batchOp.createUniqueConstraint('uq_b', ['b'])
        void batchOp.createCheckConstraint('ck_a', 'a > 0')
        await batchOp.alterColumn('b', {
          type: sa.String(30),
          nullable: false,
          serverDefault: null,
          newColumnName: 'c',
          existingType: sa.String(20),
          existingServerDefault: 'x',
        })
      })
    })
    await expect(scratch.query("INSERT INTO t (id, a, c) VALUES (2, 2, 'y')")).rejects.toThrow()
    await expect(scratch.query("INSERT INTO t (id, a, c) VALUES (2, 1, 'x')")).rejects.toThrow()
    await expect(scratch.query("INSERT INTO t (id, a, c) VALUES (2, -1, 'y')")).rejects.toThrow()
    await expect(scratch.query('INSERT INTO t (id, a) VALUES (2, 1)')).rejects.toThrow()
    await scratch.query("INSERT INTO t (id, a, c) VALUES (2, 1, 'y')")
    expect(await scratch.query('SELECT id, a, c FROM t ORDER BY id')).toEqual([
      { id: 1, a: 1, c: 'x' },
      { id: 2, a: 1, c: 'y' },
    ])
  })

  it('fail the migration with the server’s words where nobody awaits them', async () => {
    const failing = migrate(() => {
      void op.createTable('t', sa.Column('a', sa.Integer()))
      void op.execute('INSERT INTO nowhere (a) VALUES (1)')
      void op.dropTable('t')
    })
    await expect(failing).rejects.toThrow(/nowhere/)
  })
})
