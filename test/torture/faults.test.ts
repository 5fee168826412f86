import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { type LiveDatabase, describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { longHistory } from './long-migration.ts'
import { isFull } from './run-worker.ts'

/** `npm run torture` tries every statement, `npm test` some of them. */
const stride = isFull ? 1 : 9

/**
 * When the session is lost: before a statement reaches the server, or after the server did it, before anybody heard; or the
 * server ends it itself.
 */
type Moment = 'before' | 'after' | 'cut'

describeEachDatabase('a session that is lost at any statement', (db) => {
  it('leaves a database that the next run completes', async () => {
    const expected = await undisturbed(db)
    const resumed: string[] = []
    const moments: readonly Moment[] =
      db.name === 'sqlite' ? ['before', 'after'] : ['before', 'after', 'cut']
    for (const moment of moments) {
      for (let point = 1; point <= expected.statements; point += stride) {
        const outcome = await disturbed(db, moment, point)
        expect(outcome.state, `${moment} statement ${point}`).toBe(expected.state)
        resumed.push(...outcome.resumed)
      }
    }
    // Where a transaction holds everything there is nothing to resume; elsewhere it must have come to that.
    if (db.name === 'sqlite') expect(resumed).toEqual([])
    else expect(resumed.length).toBeGreaterThan(0)
  }, 240_000)
})

async function undisturbed(db: LiveDatabase): Promise<{ state: string; statements: number }> {
  const scratch = await db.createScratch()
  try {
    const connection = await createEngine(scratch.url).connect()
    let statements = 0
    connection.observe(() => void (statements += 1))
    await migrate(db, connection)
    await connection.close()
    return { state: await finalState(db.name, scratch), statements }
  } finally {
    await scratch.dispose()
  }
}

async function disturbed(
  db: LiveDatabase,
  moment: Moment,
  point: number,
): Promise<{ state: string; resumed: string[] }> {
  const scratch = await db.createScratch()
  try {
    const connection = await createEngine(scratch.url).connect()
    if (moment === 'cut') cutSession(db, scratch, connection, point)
    else loseSession(connection, moment, point)
    await migrate(db, connection).catch(() => undefined)
    await connection.close().catch(() => undefined)
    const resumed = await complete(db, scratch)
    return { state: await finalState(db.name, scratch), resumed }
  } finally {
    await scratch.dispose()
  }
}

/** Runs again as a user would: plainly, and where that says so with `--resume`. */
async function complete(db: LiveDatabase, scratch: ScratchDatabase): Promise<string[]> {
  const connection = await createEngine(scratch.url).connect()
  try {
    await migrate(db, connection)
    return []
  } catch (error) {
    if ((error as { code?: string }).code !== 'MIGRATION_UNFINISHED') throw error
    await migrate(db, connection, 'continue')
    return [(error as Error).message]
  } finally {
    await connection.close()
  }
}

async function migrate(
  db: LiveDatabase,
  connection: Connection,
  resume: 'continue' | null = null,
): Promise<void> {
  const history = longHistory({ concurrently: db.name === 'postgresql' })
  const fn = history.upgradeTo('c3')
  const context = await MigrationContext.configure({ connection, fn, resume })
  await context.beginTransaction(() => context.runMigrations())
}

/** From the given statement on nothing gets through any more; what was open is rolled back, as the server does it. */
function loseSession(connection: Connection, moment: Moment, point: number): void {
  const session = connection.driverConnection
  const { execute, executeMany } = session
  let sent = 0
  let isLost = false
  const lossy = async <T>(run: () => Promise<T>): Promise<T> => {
    sent += 1
    if (isLost || (sent === point && moment === 'before')) await lose()
    const result = await run()
    if (sent === point) await lose()
    return result
  }
  const lose = async (): Promise<never> => {
    if (!isLost) await execute.call(session, 'ROLLBACK').catch(() => undefined)
    isLost = true
    throw new ConnectionLost('the connection is lost')
  }
  session.execute = (sql, parameters) => lossy(() => execute.call(session, sql, parameters))
  session.executeMany = (sql, rows) => lossy(() => executeMany.call(session, sql, rows))
}

const KILL: Readonly<Record<string, string>> = {
  postgresql:
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  mariadb:
    "SELECT CONCAT('KILL ', id) AS kill_it FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()",
}

/** Somebody at the server ends the session before the given statement. */
function cutSession(
  db: LiveDatabase,
  scratch: ScratchDatabase,
  connection: Connection,
  point: number,
): void {
  const session = connection.driverConnection
  const { execute, executeMany } = session
  let sent = 0
  const cut = async <T>(run: () => Promise<T>): Promise<T> => {
    sent += 1
    if (sent === point) {
      const rows = await scratch.query(KILL[db.name] ?? '')
      for (const { kill_it: kill } of rows) {
        if (typeof kill === 'string') await scratch.query(kill).catch(() => undefined)
      }
    }
    return await run()
  }
  session.execute = (sql, parameters) => cut(() => execute.call(session, sql, parameters))
  session.executeMany = (sql, rows) => cut(() => executeMany.call(session, sql, rows))
}

class ConnectionLost extends Error {
  readonly code = 'ECONNRESET'
}
