import { createHash } from 'node:crypto'
import { LockError } from '../../../errors/lock-error.ts'
import { lockHolder, lockHolderOf } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'

const OWNERS = {
  session: 'Session',
  transaction: 'Transaction',
  callersTransaction: 'Transaction',
} as const satisfies Record<LockScope, string>

/** What sp_getapplock returns where the time ran out; 0 and 1 are success, everything else is a failure. */
const TIMED_OUT = -1

/** A lock of `sp_getapplock`, by the version table's name; the server keeps such locks by database. */
export class ApplicationLock implements MigrationLock {
  readonly supportsTransactionScope = true
  readonly holdsBetweenTransactions = true

  async acquire(target: LockTarget, scope: LockScope, timeout: number | null): Promise<boolean> {
    const { rows } = await target.connection.execute(
      `DECLARE @answer int
EXEC @answer = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = '${OWNERS[scope]}', @LockTimeout = @2
SELECT @answer AS answer`,
      // -1 waits without end.
      [resourceName(target), timeout ?? -1],
    )
    const answer = Number(rows[0]?.['answer'])
    if (answer === TIMED_OUT) return false
    if (answer >= 0) return true
    throw new LockError(
      `sp_getapplock gave ${answer} for the migration lock: the server broke it off (-2 cancelled, -3 deadlock, -999 bad call)`,
    )
  }

  /** Who it is shows only with the permission VIEW SERVER STATE (SQL Server, sys.dm_tran_locks). */
  async findHolder({ connection, ...names }: LockTarget): Promise<LockHolder | null> {
    const resource = resourceName({ connection, ...names })
    const test = await connection.execute(
      `SELECT APPLOCK_TEST('public', @1, 'Exclusive', 'Session') AS grantable`,
      [resource],
    )
    if (Number(test.rows[0]?.['grantable']) === 1) return null
    // The description has the first 32 characters of the name.
    const sessions = await connection
      .execute(
        `SELECT TOP 1 s.session_id AS session, s.program_name AS application, s.host_name AS client,
  NULL AS since, s.status AS activity
FROM sys.dm_tran_locks l JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id
WHERE l.resource_type = 'APPLICATION' AND l.request_status = 'GRANT'
  AND l.resource_database_id = DB_ID() AND CHARINDEX(@1, l.resource_description) > 0`,
        [resource.slice(0, 32)],
      )
      .catch(() => null)
    return lockHolderOf(sessions?.rows[0]) ?? lockHolder()
  }

  /** Giving back what is not held would be an error here. */
  async release(target: LockTarget): Promise<void> {
    await target.connection.execute(
      `IF APPLOCK_MODE('public', @1, 'Session') <> 'NoLock'
EXEC sp_releaseapplock @Resource = @1, @LockOwner = 'Session'`,
      [resourceName(target)],
    )
  }
}

/** Names have 255 characters at most, which two long identifiers would pass. */
function resourceName({ connection, versionTable, versionTableSchema }: LockTarget): string {
  const schema = versionTableSchema ?? connection.dialect.traits.defaultSchemaName ?? null
  const digest = createHash('sha256')
    .update(JSON.stringify([schema, versionTable]))
    .digest('hex')
  return `alembic:${digest}`
}
