// The lease of databases without a lock of their own; what it needs of one the main databases have, too.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compareMetadata } from '../../src/autogenerate/index.ts'
import '../../src/dialects/builtin.ts'
import { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { LeaseLock } from '../../src/impl/lease-lock.ts'
import { LeaseTable } from '../../src/impl/lease-table.ts'
import type { LockTarget } from '../../src/impl/migration-lock.ts'
import { op } from '../../src/operations/operations.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { withLogger } from '../../src/util/logging.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

const SHORT = { renewed: 300, unattended: 300 }

/** Takes the lease over from whoever has it; a beat between reading and writing is in the way. */
async function steal(table: LeaseTable): Promise<void> {
  for (;;) {
    const lease = await table.read()
    if (lease !== null && (await table.takeOver(lease, 'thief', 300))) return
    await sleep(1)
  }
}

describeDatabases(['postgresql', 'mariadb', 'firebird'], 'the lease', (db) => {
  let scratch: ScratchDatabase
  let open: Connection[]
  let locks: LeaseLock[]
  let target: LockTarget

  beforeEach(async () => {
    scratch = await db.createScratch()
    open = []
    locks = []
    target = await newTarget()
  })

  afterEach(async () => {
    for (const lock of locks) await lock.release()
    for (const connection of open) await connection.close()
    await scratch.dispose()
  })

  async function newTarget(): Promise<LockTarget> {
    const connection = await createEngine(scratch.url).connect()
    open.push(connection)
    return { connection, versionTable: 'alembic_version', versionTableSchema: null }
  }

  function newLock(): LeaseLock {
    const lock = new LeaseLock(SHORT)
    locks.push(lock)
    return lock
  }

  it('is held by one at a time, as long as its heart beats', async () => {
    const [first, second] = [newLock(), newLock()]
    expect(await second.findHolder(target)).toBe(null)
    expect(await first.acquire(target, 'session', 0)).toBe(true)
    expect(await second.findHolder(target)).toMatchObject({ session: `process ${process.pid}` })
    expect(await second.acquire(target, 'session', 0)).toBe(false)
    // Several times as long as it lasts without a beat.
    expect(await second.acquire(target, 'session', 1500)).toBe(false)
    await first.assertHeld()
    const other = { ...target, versionTable: 'other' }
    expect(await second.acquire(other, 'session', 0)).toBe(true)
    await second.release()
    await first.release()
    expect(await second.acquire(target, 'session', 0)).toBe(true)
    await second.release()
    expect(await second.findHolder(target)).toBe(null)
  })

  it('is taken over from whoever gives no sign of life, and who then finds out', async () => {
    const dead = new LeaseTable(target.connection, 'alembic_version', null)
    await dead.ensure()
    expect(await dead.insert('dead', 300)).toBe(true)
    expect(await dead.beat('dead')).toBe(true)
    const warnings: string[] = []
    const logger = {
      debug() {},
      info() {},
      error() {},
      warn: (line: string) => warnings.push(line),
    }
    const lock = newLock()
    const taken = await withLogger(logger, () => lock.acquire(target, 'session', 5000))
    expect(taken).toBe(true)
    expect(warnings).toEqual([expect.stringContaining('it gave no sign of life for 300 ms')])
    expect(await dead.beat('dead')).toBe(false)
    await steal(dead)
    await expect(lock.assertHeld()).rejects.toThrow(/Another run has taken over the migration lock/)
  })

  it('can not be lost between the last look and the commit', async () => {
    const thief = new LeaseTable((await newTarget()).connection, 'alembic_version', null)
    const lock = newLock()
    expect(await lock.acquire(target, 'session', 0)).toBe(true)
    await target.connection.begin()
    await lock.holdUntilCommit(target)
    let isStolen = false
    const stealing = steal(thief).then(() => (isStolen = true))
    // Longer than the lease lasts: its own heart waits for the row, too.
    await sleep(3 * SHORT.renewed)
    expect(isStolen).toBe(false)
    await target.connection.commit()
    await stealing
    await target.connection.begin()
    await expect(lock.holdUntilCommit(target)).rejects.toThrow(/Another run has taken over/)
    await target.connection.rollback()
  })

  it('is known by its row where the driver counts none, as that of Db2', async () => {
    const { connection } = await newTarget()
    const { driverConnection, dialect } = connection
    const counting = new Connection({
      dialect,
      driverConnection: Object.assign(Object.create(driverConnection) as typeof driverConnection, {
        execute: async (sql: string, values?: readonly unknown[]) => ({
          ...(await driverConnection.execute(sql, values)),
          rowCount: undefined,
        }),
        isInTransaction: () => driverConnection.isInTransaction(),
      }),
    })
    const table = new LeaseTable(counting, 'alembic_version', null)
    await table.ensure()
    expect(await table.insert('one', 300)).toBe(true)
    expect(await table.beat('one')).toBe(true)
    expect(await table.beatIn(counting, 'one')).toBe(true)
    const lease = await table.read()
    expect(await table.takeOver({ ...lease!, beat: 0 }, 'two', 300)).toBe(false)
    expect(await table.takeOver(lease!, 'two', 300)).toBe(true)
    expect([await table.beat('one'), await table.beat('two')]).toEqual([false, true])
  })

  it('goes to one of many that ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 5 }, async () => newLock().acquire(await newTarget(), 'session', 0)),
    )
    expect(asked.filter(Boolean)).toHaveLength(1)
  })
})

describeDatabases(['firebird'], 'a run under the lease', (db) => {
  it('writes no version where the lease went over after the last look', async () => {
    const scratch = await db.createScratch()
    const engine = createEngine(scratch.url)
    try {
      const [connection, other] = [await engine.connect(), await engine.connect()]
      const history = inMemoryHistory([{ id: 'a1', down: null, upgrade: () => {} }])
      const context = await MigrationContext.configure({
        connection,
        fn: history.upgradeTo('a1'),
        // The row is written, and not committed.
        onVersionApply: () => steal(new LeaseTable(other, 'alembic_version', null)),
      })
      const run = context.runMigrations()
      await expect(run).rejects.toThrow(/Another run has taken over the migration lock/)
      expect(await context.getCurrentHeads()).toEqual([])
    } finally {
      await engine.dispose()
      await scratch.dispose()
    }
  })

  it('keeps another one out, and leaves a table that autogenerate passes over', async () => {
    const scratch = await db.createScratch()
    const engine = createEngine(scratch.url)
    try {
      const connection = await engine.connect()
      const seen: unknown[] = []
      const second = inMemoryHistory([
        { id: 'a1', down: null, upgrade: () => op.execute('CREATE TABLE never (x INTEGER)') },
      ])
      const first = inMemoryHistory([
        {
          id: 'a1',
          down: null,
          upgrade: async () => {
            const other = await engine.connect()
            const options = { connection: other, fn: second.upgradeTo('a1') }
            const skipping = await MigrationContext.configure({ ...options, lock: 'skip' })
            await skipping.runMigrations()
            seen.push(skipping.lock?.isSkipped, await skipping.findLockHolder())
            const failing = await MigrationContext.configure({ ...options, lock: 'fail' })
            await expect(failing.runMigrations()).rejects.toThrow(/holds the lock/)
            await op.execute('CREATE TABLE made (x INTEGER)')
          },
        },
      ])
      const context = await MigrationContext.configure({ connection, fn: first.upgradeTo('a1') })
      await context.runMigrations()
      expect(seen).toEqual([true, expect.objectContaining({ session: `process ${process.pid}` })])
      expect(await context.getCurrentHeads()).toEqual(['a1'])
      expect(await context.findLockHolder()).toBe(null)
      const metadata = sa.MetaData()
      sa.Table('made', metadata, sa.Column('x', sa.Integer()))
      expect(await compareMetadata(context, metadata)).toEqual([])
    } finally {
      await engine.dispose()
      await scratch.dispose()
    }
  })
})

describeDatabases(['postgresql', 'mariadb', 'firebird'], 'one transaction around a run', (db) => {
  it('ends before the lock is given back', async () => {
    const scratch = await db.createScratch()
    const engine = createEngine(scratch.url)
    try {
      const [connection, other] = [await engine.connect(), await engine.connect()]
      const history = inMemoryHistory([{ id: 'a1', down: null, upgrade: () => {} }])
      const transactionalDdl = true
      const context = await MigrationContext.configure({
        connection,
        fn: history.upgradeTo('a1'),
        transactionalDdl,
      })
      const observer = await MigrationContext.configure({ connection: other })
      await context.beginTransaction(async () => {
        await context.runMigrations()
        expect(await observer.findLockHolder()).not.toBe(null)
      })
      expect(await observer.findLockHolder()).toBe(null)
      expect(await context.getCurrentHeads()).toEqual(['a1'])
    } finally {
      await engine.dispose()
      await scratch.dispose()
    }
  })
})
