import { expect, it } from 'vitest'
import { NamedLock } from '../../../../src/dialects/mysql/impl/lock.ts'
import { createEngine } from '../../../../src/engine/engine.ts'
import { describeMariadb, openScratch } from '../live.ts'

describeMariadb('the lock of MariaDB', () => {
  it('is held by one session at a time, and goes with the session', async () => {
    const live = await openScratch()
    const engine = createEngine(live.scratch.url)
    try {
      const first = await engine.connect()
      const lock = new NamedLock()
      const target = (connection: typeof first, versionTable: string = 'alembic_version') => ({
        connection,
        versionTable,
        versionTableSchema: null,
      })
      expect(await lock.acquire(target(live.connection), 'session', null)).toBe(true)
      expect(await lock.acquire(target(first), 'session', 0)).toBe(false)
      expect(await lock.acquire(target(first), 'session', 50)).toBe(false)
      expect(await lock.acquire(target(first, 'other'), 'session', 0)).toBe(true)
      await lock.release(target(live.connection))
      expect(await lock.acquire(target(first), 'session', 0)).toBe(true)
      await first.close()
      expect(await lock.acquire(target(live.connection), 'session', 1000)).toBe(true)
      await lock.release(target(live.connection))
      await lock.release(target(live.connection))
    } finally {
      await engine.dispose()
      await live.dispose()
    }
  })
})
