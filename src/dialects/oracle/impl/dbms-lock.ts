import { createHash } from 'node:crypto'
import { StatementError } from '../../../errors/driver-error.ts'
import { LockError } from '../../../errors/lock-error.ts'
import type { Connection } from '../../../engine/connection.ts'
import { LeaseLock } from '../../../impl/lease-lock.ts'
import { lockHolder } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'
import { getLogger } from '../../../util/logging.ts'

/** DBMS_LOCK.MAXWAIT: without end. */
const WITHOUT_END = 32_767
/** Numbers of locks go from 0 to this; those above are for ALLOCATE_UNIQUE, which would commit. */
const LOCK_NUMBERS = 1_073_741_824
/** What the block raises where the lock was not got; DBMS_LOCK says 1 for a time-out. */
const NOT_TAKEN = /ORA-20999: alembic (?<answer>\d+)/
const NOT_GRANTED = /PLS-00201|PLS-00904|ORA-00942/

/**
 * A lock of DBMS_LOCK, by schema and version table. It belongs to the session: it outlasts the commits that DDL makes on
 * its own here, and goes when the session ends in whatever way.
 */
export class DbmsLock implements MigrationLock {
  readonly supportsTransactionScope = false
  readonly holdsBetweenTransactions = true
  /** Of a user who may not call DBMS_LOCK. */
  #lease: LeaseLock | null = null

  async acquire(target: LockTarget, scope: LockScope, timeout: number | null): Promise<boolean> {
    if (this.#lease !== null) return await this.#lease.acquire(target, scope, timeout)
    const seconds = timeout === null ? WITHOUT_END : Math.ceil(timeout / 1000)
    // 4 is "this session has it already".
    const block = `DECLARE
  answer INTEGER := DBMS_LOCK.REQUEST(:1, DBMS_LOCK.X_MODE, :2, FALSE);
BEGIN
  IF answer NOT IN (0, 4) THEN
    RAISE_APPLICATION_ERROR(-20999, 'alembic ' || answer);
  END IF;
END;`
    const answer = await run(target.connection, block, [lockNumber(target), seconds])
    if (answer === null) return true
    if (answer === 1) return false
    if (answer === 'not granted') return await this.#acquireLease(target, scope, timeout)
    throw new LockError(
      `DBMS_LOCK.REQUEST gave ${answer} for the migration lock (2 deadlock, 3 bad call, 5 bad handle)`,
    )
  }

  /** Which session it is shows only to those who may read V$LOCK. */
  async findHolder(target: LockTarget): Promise<LockHolder | null> {
    if (!(await this.acquire(target, 'session', 0))) {
      return (await this.#lease?.findHolder(target)) ?? lockHolder()
    }
    await this.release(target)
    return null
  }

  async #acquireLease(
    target: LockTarget,
    scope: LockScope,
    timeout: number | null,
  ): Promise<boolean> {
    getLogger('alembic.runtime.migration').info(
      'This user may not call DBMS_LOCK (GRANT EXECUTE ON SYS.DBMS_LOCK would let it): the migration lock is a row instead',
    )
    this.#lease = new LeaseLock()
    return await this.#lease.acquire(target, scope, timeout)
  }

  async assertHeld(): Promise<void> {
    await this.#lease?.assertHeld()
  }

  async holdUntilCommit(target: LockTarget): Promise<void> {
    await this.#lease?.holdUntilCommit(target)
  }

  async release(target: LockTarget): Promise<void> {
    if (this.#lease !== null) {
      await this.#lease.release()
      return
    }
    const block = `DECLARE
  answer INTEGER := DBMS_LOCK.RELEASE(:1);
BEGIN
  NULL;
END;`
    await run(target.connection, block, [lockNumber(target)])
  }
}

/** Runs a block; gives what DBMS_LOCK answered where that was no success. */
async function run(
  connection: Connection,
  block: string,
  parameters: readonly unknown[],
): Promise<number | 'not granted' | null> {
  try {
    await connection.execute(block, parameters)
    return null
  } catch (error) {
    const text = messagesOf(error)
    const answer = NOT_TAKEN.exec(text)?.groups?.['answer']
    if (answer !== undefined) return Number(answer)
    if (NOT_GRANTED.test(text)) return 'not granted'
    throw error
  }
}

/** The server puts its own error before the one that says why, a line each; the shown message has only the first. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return error instanceof StatementError && error.cause instanceof Error
    ? `${error.message}\n${error.cause.message}`
    : error.message
}

/** Locks belong to the whole database, so that the schema is part of the number. */
function lockNumber({ connection, versionTable, versionTableSchema }: LockTarget): number {
  const schema = versionTableSchema ?? connection.dialect.traits.defaultSchemaName ?? null
  const name = JSON.stringify(['alembic', schema, versionTable])
  return createHash('sha256').update(name).digest().readUInt32BE() % LOCK_NUMBERS
}
