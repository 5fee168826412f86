import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockHolderOf } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'

const FIRST_PAUSE = 20
const LONGEST_PAUSE = 500

const TRY = {
  session: 'SELECT pg_try_advisory_lock($1::bigint) AS taken',
  transaction: 'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken',
} as const

/**
 * An advisory lock of the database, by the version table's name.
 *
 * It is asked for again and again instead of waited for on the server: a waiting statement holds a snapshot, for whose end
 * a CREATE INDEX CONCURRENTLY of the run that has the lock would wait in turn.
 */
export class AdvisoryLock implements MigrationLock {
  readonly supportsTransactionScope = true
  readonly holdsBetweenTransactions = true

  async acquire(target: LockTarget, scope: LockScope, timeout: number | null): Promise<boolean> {
    const deadline = timeout === null ? Infinity : Date.now() + timeout
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const { rows } = await target.connection.execute(TRY[scope], [lockKey(target)])
      if (rows[0]?.['taken'] === true) return true
      const left = deadline - Date.now()
      if (left <= 0) return false
      await sleep(Math.min(pause, left))
    }
  }

  async release(target: LockTarget): Promise<void> {
    await target.connection.execute('SELECT pg_advisory_unlock($1::bigint)', [lockKey(target)])
  }

  /** PostgreSQL 15, pg_locks: classid and objid are the halves of a key of 64 bits, and objsubid is 1. */
  async findHolder(target: LockTarget): Promise<LockHolder | null> {
    const { rows } = await target.connection.execute(
      `SELECT a.pid::text AS session, nullif(a.application_name, '') AS application, host(a.client_addr) AS client,
         to_char(coalesce(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
         concat_ws(': ', a.state, nullif(left(a.query, 200), '')) AS activity
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint
       LIMIT 1`,
      [lockKey(target)],
    )
    return lockHolderOf(rows[0])
  }
}

/** 64 bits of a digest; the server keeps advisory locks by database, so that its name needn't be in it. */
function lockKey({ connection, versionTable, versionTableSchema }: LockTarget): string {
  const schema = versionTableSchema ?? connection.dialect.traits.defaultSchemaName ?? null
  const name = JSON.stringify(['alembic', schema, versionTable])
  return createHash('sha256').update(name).digest().readBigInt64BE().toString()
}
