import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import { getLogger, type LogRecord } from '../../src/util/logging.ts'
import { hasPgbouncer, startPgbouncer, type Pooler } from '../live/pgbouncer.ts'
import { isRequired } from '../live/required.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

const isThere = await hasPgbouncer()
if (!isThere && !isRequired('pgbouncer')) {
  console.warn('SKIPPED: behind PgBouncer: apt-get install pgbouncer')
}

describe.skipIf(!isThere && !isRequired('pgbouncer'))('behind PgBouncer', () => {
  describeDatabases(['postgresql'], 'that gives sessions on', (db) => {
    let scratch: ScratchDatabase
    let open: Connection[]
    const poolers = new Map<number, Pooler>()

    beforeAll(async () => {
      for (const sessions of [1, 2, 5]) poolers.set(sessions, await startPgbouncer(sessions))
    })

    beforeEach(async () => {
      scratch = await db.createScratch()
      await scratch.query('CREATE TABLE log (id TEXT)')
      open = []
    })

    afterEach(async () => {
      for (const connection of open) await connection.close()
      await scratch.dispose()
    })

    afterAll(async () => {
      for (const pooler of poolers.values()) await pooler.stop()
    })

    const connect = async (sessions: number): Promise<Connection> => {
      const database = new URL(scratch.url).pathname.slice(1)
      const url = poolers.get(sessions)?.urlOf(database) ?? ''
      const connection = await createEngine(url).connect()
      open.push(connection)
      return connection
    }

    const history = inMemoryHistory(
      ['a1', 'b2', 'c3'].map((id, at, ids) => ({
        id,
        down: ids[at - 1] ?? null,
        upgrade: () => op.execute(`INSERT INTO log SELECT '${id}' FROM pg_sleep(0.02)`),
      })),
    )
    const run = async (sessions: number, options: MigrationContextOptions = {}): Promise<void> => {
      const connection = await connect(sessions)
      const fn = history.upgradeTo('c3')
      const context = await MigrationContext.configure({ connection, fn, ...options })
      await context.beginTransaction(() => context.runMigrations())
    }
    const logged = async (): Promise<readonly unknown[]> =>
      (await scratch.query('SELECT id FROM log ORDER BY id')).map(({ id }) => id)

    it('runs at once do everything once, with one transaction for each', async () => {
      await Promise.all(Array.from({ length: 8 }, () => run(5)))
      expect(await logged()).toEqual(['a1', 'b2', 'c3'])
    })

    it.each([false, true])(
      'a run that gets the session of another one does not get its lock (a transaction per migration: %s)',
      async (transactionPerMigration) => {
        const other = inMemoryHistory([
          {
            id: 'a1',
            down: null,
            upgrade: async () => {
              await op.getContext().autocommitBlock(async () => {
                // The pooler's only session is free, and has the lock.
                const second = run(1, { lock: 'fail', transactionPerMigration })
                await expect(second).rejects.toMatchObject({ code: 'LOCK_NOT_ACQUIRED' })
              })
            },
          },
        ])
        await run(1, { fn: other.upgradeTo('a1') })
        expect(await logged()).toEqual([])
        await run(1, { lock: 'fail', transactionPerMigration })
        expect(await logged()).toEqual(['b2', 'c3'])
      },
    )

    /** Takes the session that has the lock away from whoever uses it. */
    const pinHolder = async (): Promise<void> => {
      const [first, second] = [await connect(2), await connect(2)]
      await first.begin()
      if (await holdsLock(first)) return
      await second.begin()
      expect(await holdsLock(second)).toBe(true)
      await first.rollback()
    }
    const holdsLock = async (connection: Connection): Promise<boolean> => {
      const { rows } = await connection.execute(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
      )
      return rows.length > 0
    }

    it.each([false, true])(
      'a run that lost the session with its lock fails, and says why (a transaction per migration: %s)',
      async (transactionPerMigration) => {
        const records: string[] = []
        const { handlers } = getLogger('alembic.runtime.migration')
        const listen = ({ message }: LogRecord): void => void records.push(message)
        handlers.add(listen)
        const losing = inMemoryHistory([
          {
            id: 'a1',
            down: null,
            upgrade: async () => {
              await op.getContext().autocommitBlock(pinHolder)
              await op.execute("INSERT INTO log VALUES ('after')")
            },
          },
        ])
        const failing = run(2, { fn: losing.upgradeTo('a1'), transactionPerMigration })
        await expect(failing).rejects.toThrow(
          /is not this one any more: a pooler .*Connect to the server itself/,
        )
        handlers.delete(listen)
        expect(await logged()).toEqual([])
        expect(records.join('\n')).toMatch(
          /Session \d+ keeps the lock of 'alembic_version': a pooler .* pg_terminate_backend\(\d+\)/,
        )
        expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([])
      },
    )
  })
})
