import type { Connection } from '../../../engine/connection.ts'
import type { StatementLimits, TimeoutSupport } from '../../../impl/timeout-support.ts'

/** lock_not_available and deadlock_detected. */
const LOCK_FAILURES: ReadonlySet<unknown> = new Set(['55P03', '40P01'])

/** PostgreSQL: `statement_timeout` and `lock_timeout`. */
export const postgresqlTimeouts: TimeoutSupport = {
  limit,
  isLockFailure: ({ cause }) =>
    cause instanceof Error && 'code' in cause && LOCK_FAILURES.has(cause.code),
  findHolders,
}

async function limit(
  connection: Connection,
  { statementTimeout, ddlLockTimeout }: StatementLimits,
): Promise<() => Promise<void>> {
  const wanted = { statement_timeout: statementTimeout, lock_timeout: ddlLockTimeout }
  const before: [name: string, value: unknown][] = []
  const set = async (name: string, value: unknown): Promise<void> => {
    await connection.execute('SELECT set_config($1, $2, false)', [name, String(value)])
  }
  for (const [name, milliseconds] of Object.entries(wanted)) {
    if (milliseconds === null) continue
    const { rows } = await connection.execute('SELECT current_setting($1) AS value', [name])
    before.push([name, rows[0]?.['value']])
    await set(name, milliseconds)
  }
  return async () => {
    for (const [name, value] of before) await set(name, value)
  }
}

/** Sessions with a lock on a table or index whose name occurs in the statement. */
async function findHolders(connection: Connection, sql: string): Promise<readonly string[]> {
  const { rows } = await connection.execute(
    `SELECT a.pid::text AS pid, a.application_name AS application, a.client_addr::text AS client, a.state AS state,
       a.xact_start::text AS since, left(a.query, 100) AS query,
       string_agg(DISTINCT c.relname || ' (' || l.mode || ')', ', ') AS locks
     FROM pg_locks l
     JOIN pg_stat_activity a ON a.pid = l.pid
     JOIN pg_class c ON c.oid = l.relation
     WHERE l.granted AND l.locktype = 'relation' AND l.pid <> pg_backend_pid()
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND position(c.relname IN $1) > 0
     GROUP BY a.pid, a.application_name, a.client_addr, a.state, a.xact_start, a.query
     ORDER BY a.xact_start`,
    [sql],
  )
  return rows.map(({ pid, application, client, state, since, query, locks }) => {
    const who = [application, client].filter((part) => part !== '' && part !== null).join(', ')
    return `pid ${String(pid)}${who && ` (${who})`} has locked ${String(locks)}, its transaction open since ${String(since)}, ${String(state)}: ${inOneLine(query)}`
  })
}

function inOneLine(query: unknown): string {
  return typeof query === 'string' ? query.trim().replaceAll(/\s+/g, ' ') : ''
}
