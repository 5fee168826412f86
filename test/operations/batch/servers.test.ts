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

describe.each(SERVERS)('recreate: always on %s', (name) => {
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
})
