import { createHash } from 'node:crypto'
import { lockHolderOf } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'

/** GET_LOCK counts in seconds; MariaDB takes a negative number for 0, so that "without end" needs a long one. */
const WITHOUT_END = 365 * 24 * 3600

/**
 * A lock of `GET_LOCK()`, by database and version table. It belongs to the session: it outlasts the commits that DDL
 * makes on its own here, and goes when the session ends in whatever way.
 */
export class NamedLock implements MigrationLock {
  readonly supportsTransactionScope = false
  readonly holdsBetweenTransactions = true

  async acquire(target: LockTarget, _scope: LockScope, timeout: number | null): Promise<boolean> {
    const seconds = timeout === null ? WITHOUT_END : timeout / 1000
    const { rows } = await target.connection.execute('SELECT GET_LOCK(?, ?) AS taken', [
      lockName(target),
      seconds,
    ])
    return Number(rows[0]?.['taken']) === 1
  }

  async release(target: LockTarget): Promise<void> {
    await target.connection.execute('SELECT RELEASE_LOCK(?) AS released', [lockName(target)])
  }

  /** Other users' sessions only show with the privilege PROCESS (MariaDB 10.11, SHOW PROCESSLIST). */
  async findHolder(target: LockTarget): Promise<LockHolder | null> {
    const { connection } = target
    const used = await connection.execute('SELECT IS_USED_LOCK(?) AS session', [lockName(target)])
    const session = used.rows[0]?.['session']
    if (session === null || session === undefined) return null
    const { rows } = await connection.execute(
      `SELECT id AS session, user AS application, host AS client, NULL AS since,
         CONCAT_WS(': ', CONCAT(command, ' for ', time, ' s'), LEFT(info, 200)) AS activity
       FROM information_schema.processlist WHERE id = ?`,
      [session],
    )
    return lockHolderOf(rows[0] ?? { session })
  }
}

/** Locks belong to the whole server, and their names have 64 characters at most (MySQL 5.7, "Locking Functions"). */
function lockName({ connection, versionTable, versionTableSchema }: LockTarget): string {
  const database = versionTableSchema ?? connection.dialect.traits.defaultSchemaName ?? null
  const name = JSON.stringify([database, versionTable])
  return `alembic:${createHash('sha256').update(name).digest('hex').slice(0, 40)}`
}
