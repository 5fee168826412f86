import type { Connection } from '../../src/engine/connection.ts'
import type { DatabaseName, ScratchDatabase } from '../live/servers.ts'

/**
 * What happens at a statement: it fails, and the session goes on; the session is lost before it reaches the server, or after
 * the server did it, before anybody heard; or somebody at the server ends the session.
 */
export type Moment = 'fails' | 'lost before' | 'lost after' | 'cut'

export interface Fault {
  hasHappened(): boolean
}

/** Makes one statement of a connection go wrong. */
export function disturb(
  database: DatabaseName,
  scratch: ScratchDatabase,
  connection: Connection,
  { moment, point }: { readonly moment: Moment; readonly point: number },
): Fault {
  let sent = 0
  const rollback = bypass(connection)
  let isLost = false
  /** What was open is rolled back, as the server does it; nothing gets through any more. */
  const lose = async (): Promise<never> => {
    if (!isLost) await rollback()
    isLost = true
    throw new ConnectionLost('the connection is lost')
  }
  intercept(connection, async (run) => {
    sent += 1
    if (isLost) return await lose()
    if (sent !== point) return await run()
    if (moment === 'fails') throw new StatementFailed('this statement fails')
    if (moment === 'lost before') return await lose()
    if (moment === 'cut') await endSession(database, scratch)
    const result = await run()
    return moment === 'lost after' ? await lose() : result
  })
  return { hasHappened: () => sent >= point }
}

function bypass(connection: Connection): () => Promise<void> {
  const session = connection.driverConnection
  const { execute } = session
  return async () => {
    await execute.call(session, 'ROLLBACK').catch(() => undefined)
  }
}

function intercept(connection: Connection, around: <T>(run: () => Promise<T>) => Promise<T>): void {
  const session = connection.driverConnection
  const { execute, executeMany } = session
  session.execute = (sql, parameters) => around(() => execute.call(session, sql, parameters))
  session.executeMany = (sql, rows) => around(() => executeMany.call(session, sql, rows))
}

const KILL: Readonly<Record<string, string>> = {
  postgresql:
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  mariadb:
    "SELECT CONCAT('KILL ', id) AS kill_it FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()",
}

async function endSession(database: DatabaseName, scratch: ScratchDatabase): Promise<void> {
  const rows = await scratch.query(KILL[database] ?? '')
  for (const { kill_it: kill } of rows) {
    if (typeof kill === 'string') await scratch.query(kill).catch(() => undefined)
  }
}

class ConnectionLost extends Error {
  readonly code = 'ECONNRESET'
}

class StatementFailed extends Error {
  readonly code = 'EFAULT'
}
