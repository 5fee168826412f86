// The lease of databases without a lock of their own; what it needs of one the main databases have, too.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compareMetadata } from '../../src/autogenerate/index.ts'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
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
    const lease = await dead.read()
    if (lease !== null) await dead.takeOver(lease, 'thief', 300)
    await expect(lock.assertHeld()).rejects.toThrow(/Another run has taken over the migration lock/)
  })

  it('goes to one of many that ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 5 }, async () => newLock().acquire(await newTarget(), 'session', 0)),
    )
    expect(asked.filter(Boolean)).toHaveLength(1)
  })
})

describeDatabases(['firebird'], 'a run under the lease', (db) => {
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
