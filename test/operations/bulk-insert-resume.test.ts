// Where DDL commits, a run that is cut off within a bulk insert of several batches is completed by the next one: no row is
// missing, none is there twice.
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
import type { MigrationFunction } from '../../src/script/script.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from '../runtime/history.ts'

const ROWS = 6500

describeDatabases(['postgresql', 'mariadb'], 'a bulk insert that is cut off', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection
  let session: number
  /** How many rows are read until the server ends the session. */
  let cutAfter: number

  const connect = async (): Promise<void> => {
    connection = await createEngine(scratch.url).connect()
    const sql =
      db.name === 'mariadb' ? 'SELECT CONNECTION_ID() AS id' : 'SELECT pg_backend_pid() AS id'
    session = Number((await connection.execute(sql)).rows[0]?.['id'])
  }
  const cut = async (): Promise<void> => {
    const kill =
      db.name === 'mariadb' ? `KILL ${session}` : `SELECT pg_terminate_backend(${session})`
    await scratch.query(kill)
  }

  beforeEach(async () => {
    scratch = await db.createScratch()
    await connect()
  })
  afterEach(async () => {
    await connection.close().catch(() => undefined)
    await scratch.dispose()
  })

  const rows = async function* (from: number) {
    for (let n = 0; n < ROWS; n++) {
      if (n === cutAfter) await cut()
      yield { n: from + n }
    }
  }
  const table = (name: string) => sa.table(name, sa.column('n', sa.Integer()))
  const create = async (name: string): Promise<void> => {
    await op.createTable(name, sa.Column('n', sa.Integer()))
  }

  async function migrate(upgrade: MigrationFunction, options: MigrationContextOptions = {}) {
    const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
    const context = await MigrationContext.configure({ connection, fn, ...options })
    await context.beginTransaction(() => context.runMigrations())
  }

  const found = async (name: string): Promise<unknown> =>
    (await scratch.query(`SELECT count(*) AS n, count(DISTINCT n) AS d FROM ${name}`)).map((row) =>
      Object.values(row).map(Number),
    )[0]

  async function cutOffAndComplete(upgrade: MigrationFunction): Promise<void> {
    await expect(migrate(upgrade)).rejects.toThrow()
    await connection.close().catch(() => undefined)
    cutAfter = -1
    await connect()
    await migrate(upgrade, { resume: 'continue' })
    for (const name of ['first', 'second']) expect(await found(name)).toEqual([ROWS, ROWS])
    expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'a1' },
    ])
  }

  it.each([0, 1023, 1024, 4100, ROWS - 1])('after %i rows', async (after) => {
    cutAfter = after
    await cutOffAndComplete(async () => {
      await create('first')
      await op.bulkInsert(
        table('first'),
        Array.from({ length: ROWS }, (_, n) => ({ n })),
      )
      await create('second')
      await op.bulkInsert(table('second'), rows(0))
    })
  })

  it.each([1023, 4100])('in an autocommit block, after %i rows', async (after) => {
    cutAfter = after
    await cutOffAndComplete(async () => {
      await create('first')
      await create('second')
      await op.getContext().autocommitBlock(async () => {
        await op.bulkInsert(
          table('first'),
          Array.from({ length: ROWS }, (_, n) => ({ n })),
        )
        await op.bulkInsert(table('second'), rows(0))
      })
    })
  })

  it('keeps the rows of a call that was done', async () => {
    cutAfter = -1
    const ends: MigrationFunction = async () => {
      await create('first')
      await op.bulkInsert(table('first'), rows(0))
      await create('second')
      await op.bulkInsert(table('second'), rows(0))
      if (isFirst) await cut()
      await op.execute('INSERT INTO second SELECT n FROM second WHERE n < 0')
    }
    let isFirst = true
    await expect(migrate(ends)).rejects.toThrow()
    isFirst = false
    await connect()
    await migrate(ends, { resume: 'continue' })
    for (const name of ['first', 'second']) expect(await found(name)).toEqual([ROWS, ROWS])
  })
})
