import type { Connection } from '../../../engine/connection.ts'
import { ConfigError } from '../../../errors/config-error.ts'
import type { StatementLimits, TimeoutSupport } from '../../../impl/timeout-support.ts'

/** ER_LOCK_WAIT_TIMEOUT, for locks of rows and of tables, and ER_LOCK_DEADLOCK. */
const LOCK_FAILURES: ReadonlySet<unknown> = new Set([1205, 1213])

/** In seconds: whole ones, and at least 1 on MySQL, but for MariaDB's `max_statement_time`. */
const VARIABLES = {
  max_statement_time: ({ statementTimeout: ms }: StatementLimits) =>
    ms === null ? null : ms / 1000,
  lock_wait_timeout: ({ ddlLockTimeout: ms }: StatementLimits) => wholeSeconds(ms),
  innodb_lock_wait_timeout: ({ ddlLockTimeout: ms }: StatementLimits) => wholeSeconds(ms),
}

/** MySQL and MariaDB: `lock_wait_timeout` for tables, `innodb_lock_wait_timeout` for rows, MariaDB's `max_statement_time`. */
export const mysqlTimeouts: TimeoutSupport = {
  limit,
  isLockFailure: ({ cause }) =>
    cause instanceof Error && 'errno' in cause && LOCK_FAILURES.has(cause.errno),
  findHolders,
}

async function limit(
  connection: Connection,
  limits: StatementLimits,
): Promise<() => Promise<void>> {
  const { rows } = await connection.execute(
    `SHOW SESSION VARIABLES WHERE Variable_name IN ('${Object.keys(VARIABLES).join("', '")}')`,
  )
  const known = new Map(rows.map((row) => Object.values(row).map(String) as [string, string]))
  const before: string[] = []
  for (const [name, value] of Object.entries(VARIABLES)) {
    const wanted = value(limits)
    if (wanted === null) continue
    const previous = known.get(name)
    if (previous === undefined) {
      // MySQL 8.4, max_execution_time: SELECT only.
      throw new ConfigError(
        'This server has no limit for the time of statements other than SELECT (MariaDB has one): leave statementTimeout out for it',
      )
    }
    before.push(`SET SESSION ${name} = ${previous}`)
    await connection.execute(`SET SESSION ${name} = ${wanted}`)
  }
  return async () => {
    for (const statement of before) await connection.execute(statement)
  }
}

function wholeSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.max(1, Math.ceil(milliseconds / 1000))
}

/**
 * Sessions with an open transaction. Who holds which lock of a table only shows where a plugin is installed (MariaDB
 * 10.11, metadata_lock_info).
 */
async function findHolders(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.execute(
    `SELECT p.id AS id, p.user AS user, p.host AS host, p.command AS command, p.info AS info, t.trx_started AS since
     FROM information_schema.innodb_trx t
     JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
     WHERE p.id <> CONNECTION_ID()
     ORDER BY t.trx_started`,
  )
  return rows.map(({ id, user, host, command, info, since }) => {
    const running = typeof info === 'string' ? `: ${info.slice(0, 100)}` : ''
    return `connection ${String(id)} (${String(user)}@${String(host)}) has had a transaction open since ${String(since)}, ${String(command)}${running}`
  })
}
