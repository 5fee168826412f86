import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../../engine/connection.ts'
import { LockError } from '../../../errors/lock-error.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { lockHolder } from '../../../impl/lock-holder.ts'
import type {
  LockHolder,
  LockScope,
  LockTarget,
  MigrationLock,
} from '../../../impl/migration-lock.ts'
import { restoreSetting } from './restore-setting.ts'

const LONGEST_PAUSE = 100

/**
 * SQLite has no lock but that of its one writer ("BEGIN IMMEDIATE" in its documentation, lang_transaction): every step is
 * one such transaction, and reads the version rows again in it. All that is left to do before the run is to find out
 * whether the database can be written to.
 */
export class WriterLock implements MigrationLock {
  readonly supportsTransactionScope = false
  readonly holdsBetweenTransactions = false

  async acquire(target: LockTarget, _scope: LockScope, timeout: number | null): Promise<boolean> {
    const { connection } = target
    if (await connection.isInTransaction()) return true
    if (!(await tryToBegin(connection, timeout))) return false
    await connection.rollback()
    return true
  }

  async release(): Promise<void> {}

  /** SQLite can tell that somebody writes, not who. */
  async findHolder({ connection }: LockTarget): Promise<LockHolder | null> {
    if (await connection.isInTransaction()) return null
    if (!(await tryToBegin(connection, 0))) {
      return lockHolder({ activity: 'another connection is writing to the database' })
    }
    await connection.rollback()
    return null
  }
}

/**
 * Begins a transaction that may write, waiting for other writers.
 *
 * @throws LockError where another one does not end within `timeout` milliseconds
 */
export async function beginImmediate(
  connection: Connection,
  timeout: number | null,
): Promise<void> {
  if (await tryToBegin(connection, timeout)) return
  throw new LockError(
    `Another connection has been writing to the database for ${timeout} ms; end it, or raise lockTimeout`,
  )
}

/** The waiting is done here, not in SQLite: a driver that runs in this thread would stop it, and with it the other writer. */
async function tryToBegin(connection: Connection, timeout: number | null): Promise<boolean> {
  const deadline = timeout === null ? Number.POSITIVE_INFINITY : performance.now() + timeout
  const { rows } = await connection.execute('PRAGMA busy_timeout')
  const previous = Number(Object.values(rows[0] ?? {})[0] ?? 0)
  await connection.execute('PRAGMA busy_timeout = 0')
  try {
    for (let pause = 5; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        await connection.begin('BEGIN IMMEDIATE')
        return true
      } catch (error) {
        if (!isBusy(error)) throw error
      }
      const left = deadline - performance.now()
      if (left <= 0) return false
      await delay(Math.min(pause, left))
    }
  } finally {
    const execute = (sql: string): Promise<unknown> => connection.execute(sql)
    await restoreSetting(execute, `PRAGMA busy_timeout = ${previous}`)
  }
}

/** `SQLITE_BUSY`, by its text: drivers disagree on where they put the code. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof StatementError)) return false
  const [words = ''] = error.message.split(' [SQL: ')
  return /database is locked|busy/i.test(words)
}
