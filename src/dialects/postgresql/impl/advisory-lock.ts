import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { LockError } from '../../../errors/lock-error.ts'
import { lockHolderOf } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'
import { getLogger } from '../../../util/logging.ts'

const log = getLogger('alembic.runtime.migration')

const FIRST_PAUSE = 20
const LONGEST_PAUSE = 500

/** PostgreSQL 15, pg_locks: classid and objid are the halves of a key of 64 bits, and objsubid is 1. */
const GRANTED = `l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint`

const IS_MINE = `EXISTS (SELECT 1 FROM pg_locks l WHERE ${GRANTED} AND l.pid = pg_backend_pid())`

const TAKE = {
  session: 'pg_try_advisory_lock($1::bigint)',
  transaction: 'pg_try_advisory_xact_lock($1::bigint)',
  callersTransaction: 'pg_try_advisory_xact_lock($1::bigint)',
} as const

/**
 * An advisory lock of the database, by the version table's name.
 *
 * It is asked for again and again instead of waited for on the server: a waiting statement holds a snapshot, for whose end
 * a CREATE INDEX CONCURRENTLY of the run that has the lock would wait in turn.
 *
 * A pooler that gives a session to another client after every transaction (PgBouncer's `pool_mode = transaction`) gives away
 * the session's locks with it. A transaction's lock holds there, too. A session's is never shared with who gets the session,
 * and the run fails as soon as it finds itself in another one.
 */
export class AdvisoryLock implements MigrationLock {
  readonly supportsTransactionScope = true
  readonly holdsBetweenTransactions = true
  #isSessions = false

  async acquire(target: LockTarget, scope: LockScope, timeout: number | null): Promise<boolean> {
    const deadline = timeout === null ? Infinity : Date.now() + timeout
    const isTaken = scope === 'callersTransaction' ? 'false' : IS_MINE
    const sql = `SELECT CASE WHEN ${isTaken} THEN false ELSE ${TAKE[scope]} END AS taken`
    this.#isSessions = scope === 'session'
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const { rows } = await target.connection.execute(sql, [lockKey(target)])
      if (rows[0]?.['taken'] === true) return true
      const left = deadline - Date.now()
      if (left <= 0) return false
      await sleep(Math.min(pause, left))
    }
  }

  async extend(target: LockTarget, scope: LockScope): Promise<void> {
    const sql = `SELECT CASE WHEN ${IS_MINE} THEN ${TAKE[scope]} ELSE false END AS taken`
    const { rows } = await target.connection.execute(sql, [lockKey(target)])
    if (rows[0]?.['taken'] !== true) throw changedSession(target)
  }

  async assertHeld(target: LockTarget): Promise<void> {
    if (!this.#isSessions) return
    const { rows } = await target.connection.execute(`SELECT ${IS_MINE} AS held`, [lockKey(target)])
    if (rows[0]?.['held'] !== true) throw changedSession(target)
  }

  /** Where the session is another one, the lock stays with the one that has it until that one ends. */
  async release(target: LockTarget): Promise<void> {
    const { rows } = await target.connection.execute(
      'SELECT pg_advisory_unlock($1::bigint) AS released',
      [lockKey(target)],
    )
    if (rows[0]?.['released'] === true) return
    const holder = await this.findHolder(target)
    if (holder === null) return
    log.warning(
      `Session ${holder.session} keeps the lock of '${target.versionTable}': ${POOLER}. Until it ends no other run gets the lock: SELECT pg_terminate_backend(${holder.session})`,
    )
  }

  async findHolder(target: LockTarget): Promise<LockHolder | null> {
    const { rows } = await target.connection.execute(
      `SELECT a.pid::text AS session, nullif(a.application_name, '') AS application, host(a.client_addr) AS client,
         to_char(coalesce(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
         concat_ws(': ', a.state, nullif(left(a.query, 200), '')) AS activity
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE ${GRANTED}
       LIMIT 1`,
      [lockKey(target)],
    )
    return lockHolderOf(rows[0])
  }
}

const POOLER =
  'a pooler between here and the server gives sessions from one client to another (pool_mode = transaction)'

function changedSession({ versionTable }: LockTarget): LockError {
  return new LockError(
    `The session that holds the lock of '${versionTable}' is not this one any more: ${POOLER}. Connect to the server itself, or let one transaction hold the whole run`,
  )
}

/** 64 bits of a digest; the server keeps advisory locks by database, so that its name needn't be in it. */
function lockKey({ connection, versionTable, versionTableSchema }: LockTarget): string {
  const schema = versionTableSchema ?? connection.dialect.traits.defaultSchemaName ?? null
  const name = JSON.stringify(['alembic', schema, versionTable])
  return createHash('sha256').update(name).digest().readBigInt64BE().toString()
}
