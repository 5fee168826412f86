import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import '../../../src/dialects/builtin.ts'
import { operationsOf, type Operations } from '../../../src/operations/operations.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import { MigrationQueue } from '../../../src/runtime/queue.ts'
import * as sa from '../../../src/sa.ts'
import { isRequired } from '../../live/required.ts'
import { liveDatabases, type ScratchDatabase } from '../../live/servers.ts'

const SERVERS = ['postgresql', 'mariadb'] as const

describe.each(SERVERS)('a batch on %s', (name) => {
  const server = liveDatabases().find((live) => live.name === name)
  if (server?.available !== true) {
    const reason = `SKIPPED: batch mode: ${name} is not reachable (${server?.reason ?? ''})`
    if (!isRequired(name)) console.warn(reason)
    it.skipIf(!isRequired(name))('needs the server', () => {
      throw new TypeError(reason)
    })
    return
  }
  let scratch: ScratchDatabase
  let connection: Connection
  let op: Operations

  beforeAll(async () => {
    scratch = await server.createScratch()
    connection = await createEngine(scratch.url).connect()
    const context = await MigrationContext.configure({ connection })
    op = operationsOf(context.createOperationContext(new MigrationQueue()))
  })
  afterAll(async () => {
    await connection.close()
    await scratch.dispose()
  })

  it('makes a table anew with its rows, constraints, indexes and comment', async () => {
    await op.createTable(
      'shop',
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('name', sa.String(20), { nullable: false, comment: 'its sign' }),
      sa.Column('size', sa.Integer(), { serverDefault: '5' }),
      sa.Column('old', sa.Integer()),
      sa.UniqueConstraint('name', { name: 'uq_shop_name' }),
      sa.CheckConstraint('size > 0', { name: 'ck_shop_size' }),
      sa.Index('ix_shop_size', 'size', 'name'),
      { comment: 'shops' },
    )
    await connection.execute(
      "INSERT INTO shop (id, name, size, old) VALUES (1, 'a', 10, 1), (2, 'b', 20, 2)",
    )
    await op.batchAlterTable('shop', { recreate: 'always' }, (batchOp) => {
      void batchOp.addColumn(sa.Column('town', sa.String(9)), { insertAfter: 'id' })
      void batchOp.alterColumn('size', { type: sa.BigInteger(), nullable: false })
      void batchOp.dropColumn('old')
    })
    const { rows } = await connection.execute('SELECT * FROM shop ORDER BY id')
    expect(rows).toEqual([
      { id: 1, town: null, name: 'a', size: 10 },
      { id: 2, town: null, name: 'b', size: 20 },
    ])
    const table = await (await inspect(connection)).reflectTable('shop')
    expect(table.comment).toBe('shops')
    expect(table.columns.find((column) => column.name === 'name')?.comment).toBe('its sign')
    expect(table.primaryKey.constrainedColumns).toEqual(['id'])
    expect(table.checkConstraints.map((check) => check.name)).toEqual(['ck_shop_size'])
    expect(table.uniqueConstraints.map((unique) => unique.name)).toEqual(['uq_shop_name'])
    expect(table.indexes.find((index) => index.name === 'ix_shop_size')?.columnNames).toEqual([
      'size',
      'name',
    ])
  })

  const rowsOf = async (table: string): Promise<readonly unknown[]> =>
    (await connection.execute(`SELECT * FROM ${table} ORDER BY id`)).rows

  const reflect = async (table: string) => (await inspect(connection)).reflectTable(table)

  /** Makes a table with two rows. */
  async function create(table: string): Promise<void> {
    await op.createTable(
      table,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('a', sa.String(20)),
      sa.Column('b', sa.Integer(), { nullable: false, serverDefault: '5' }),
    )
    await connection.execute(`INSERT INTO ${table} VALUES (1, 'x', 10), (2, 'y', 20)`)
  }

  describe.each(['auto', 'always', 'never'] as const)('recreate: %s', (recreate) => {
    it('makes every change of a table', async () => {
      const t = `every_${recreate}`
      const other = `other_${recreate}`
      await create(t)
      await op.createTable(other, sa.Column('id', sa.Integer(), { primaryKey: true }))
      await connection.execute(`INSERT INTO ${other} (id) VALUES (10), (20)`)
      await op.batchAlterTable(t, { recreate }, (batchOp) => {
        void batchOp.addColumn(sa.Column('c', sa.Integer(), { serverDefault: '3' }))
        void batchOp.alterColumn('a', {
          newColumnName: 'the a',
          type: sa.String(30),
          nullable: false,
          serverDefault: "it's",
          existingType: sa.String(20),
        })
        void batchOp.createForeignKey(`fk_${t}`, other, ['b'], ['id'], { ondelete: 'CASCADE' })
        void batchOp.createUniqueConstraint(`uq_${t}`, ['b'])
        void batchOp.createCheckConstraint(`ck_${t}`, 'b > 0')
        void batchOp.createIndex(`ix_${t}`, ['b', 'c'])
      })
      expect(await rowsOf(t)).toEqual([
        { id: 1, 'the a': 'x', b: 10, c: 3 },
        { id: 2, 'the a': 'y', b: 20, c: 3 },
      ])
      const made = await reflect(t)
      expect(made.columns.find((column) => column.name === 'the a')?.nullable).toBe(false)
      expect(made.foreignKeys).toMatchObject([
        { name: `fk_${t}`, referredTable: other, options: { ondelete: 'CASCADE' } },
      ])
      expect(made.uniqueConstraints.map(({ name: unique }) => unique)).toContain(`uq_${t}`)
      expect(made.checkConstraints.map(({ name: check }) => check)).toContain(`ck_${t}`)
      expect(made.indexes.map(({ name: index }) => index)).toContain(`ix_${t}`)

      await op.batchAlterTable(t, { recreate }, (batchOp) => {
        void batchOp.dropConstraint(`fk_${t}`, 'foreignkey')
        void batchOp.dropConstraint(`ck_${t}`, 'check')
        void batchOp.dropConstraint(`uq_${t}`, 'unique')
        void batchOp.dropIndex(`ix_${t}`)
        void batchOp.dropColumn('c')
      })
      const bare = await reflect(t)
      expect([bare.foreignKeys, bare.checkConstraints, bare.uniqueConstraints]).toEqual([
        [],
        [],
        [],
      ])
      expect(await rowsOf(t)).toEqual([
        { id: 1, 'the a': 'x', b: 10 },
        { id: 2, 'the a': 'y', b: 20 },
      ])
    })
  })

  it('takes the table from copyFrom, tableArgs and the order from partialReordering', async () => {
    await create('copied')
    const copyFrom = sa.Table(
      'copied',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('a', sa.String(20)),
      sa.Column('b', sa.Integer()),
    )
    await op.batchAlterTable(
      'copied',
      {
        recreate: 'always',
        copyFrom,
        tableArgs: [sa.UniqueConstraint('b', { name: 'uq_copied' })],
        partialReordering: [['id', 'b', 'c', 'a']],
      },
      (batchOp) => void batchOp.addColumn(sa.Column('c', sa.Integer())),
    )
    const made = await reflect('copied')
    expect(made.columns.map(({ name: column }) => column)).toEqual(['id', 'b', 'c', 'a'])
    expect(made.uniqueConstraints.map(({ name: unique }) => unique)).toEqual(['uq_copied'])
    expect(await rowsOf('copied')).toHaveLength(2)
  })

  it('takes columns from reflectArgs, with the CHECK of their type', async () => {
    await create('typed')
    await op.batchAlterTable(
      'typed',
      {
        recreate: 'always',
        reflectArgs: [
          sa.Column(
            'a',
            sa.Enum('x', 'y', { nativeEnum: false, createConstraint: true, name: 'ck_typed' }),
          ),
        ],
      },
      (batchOp) => void batchOp.alterColumn('b', { nullable: true }),
    )
    expect((await reflect('typed')).checkConstraints.map(({ name: check }) => check)).toEqual([
      'ck_typed',
    ])
    await expect(connection.execute("INSERT INTO typed VALUES (3, 'z', 1)")).rejects.toThrow()
    expect(await rowsOf('typed')).toHaveLength(2)
  })

  it('finds what has no name by a naming convention', async () => {
    await create('unnamed')
    await connection.execute('ALTER TABLE unnamed ADD UNIQUE (b)')
    const [unique] = (await reflect('unnamed')).uniqueConstraints
    await op.batchAlterTable(
      'unnamed',
      { recreate: 'always', namingConvention: { uq: 'uq_%(table_name)s_%(column_0_name)s' } },
      (batchOp) => void batchOp.dropConstraint(unique?.name ?? 'uq_unnamed_b', 'unique'),
    )
    expect((await reflect('unnamed')).uniqueConstraints).toEqual([])
  })

  it('does not touch a table that rows refer to', async () => {
    await create('parent')
    await op.createTable(
      'child',
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      sa.Column('parent_id', sa.Integer(), sa.ForeignKey('parent.id', { ondelete: 'CASCADE' })),
    )
    await connection.execute('INSERT INTO child VALUES (1, 1), (2, 2)')
    const batch = op.batchAlterTable('parent', { recreate: 'always' }, (batchOp) => {
      void batchOp.addColumn(sa.Column('c', sa.Integer()))
    })
    await expect(batch).rejects.toThrow(/DROP (?:CONSTRAINT parent_pkey|TABLE parent)/)
    expect(await rowsOf('child')).toEqual([
      { id: 1, parent_id: 1 },
      { id: 2, parent_id: 2 },
    ])
    expect(await rowsOf('parent')).toHaveLength(2)
    expect(await (await inspect(connection)).getTableNames()).not.toContain('_alembic_tmp_parent')
  })
})
