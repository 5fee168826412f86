import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../engine/connection.ts'
import { LockError } from '../errors/lock-error.ts'
import { getLogger } from '../util/logging.ts'
import { lockHolder } from './lock-holder.ts'
import { type Lease, LeaseTable } from './lease-table.ts'
import type { LockHolder, LockScope, LockTarget, MigrationLock } from './migration-lock.ts'

const log = getLogger('alembic.runtime.migration')

const FIRST_PAUSE = 20
const LONGEST_PAUSE = 500
/** Of the time between two looks at another's lease no more is counted. */
const LONGEST_LOOK = 4 * LONGEST_PAUSE

/** How long a lease lasts, in milliseconds. */
export interface LeaseDurations {
  /** While it is renewed in the background, three times as often. */
  readonly renewed: number
  /** Where nobody can renew it while a statement runs: there is one connection, the caller's. */
  readonly unattended: number
}

const DURATIONS: LeaseDurations = { renewed: 30_000, unattended: 900_000 }

/**
 * For a database that has no lock of its own: a row with a heartbeat, on a connection beside that of the migrations. A
 * lease whose heart has stopped is taken over. No clock is compared with another one: whoever waits counts, by its own
 * clock, how long it has seen no beat.
 */
export class LeaseLock implements MigrationLock {
  readonly supportsTransactionScope = false
  readonly holdsBetweenTransactions = true
  readonly #durations: LeaseDurations
  readonly #holder = randomUUID()
  #own: Connection | null = null
  #heart: NodeJS.Timeout | null = null
  /** The beat that is under way, or the last one. */
  #beating: Promise<unknown> = Promise.resolve()
  #isBeating = false
  #table: LeaseTable | null = null

  constructor(durations: LeaseDurations = DURATIONS) {
    this.#durations = durations
  }

  async acquire(target: LockTarget, _scope: LockScope, timeout: number | null): Promise<boolean> {
    this.#own = await target.connection.openAnother()
    let isTaken = false
    try {
      const table = tableOf(target, this.#own)
      await table.ensure()
      isTaken = await this.#take(table, timeout)
      if (isTaken) this.#keep(table)
      return isTaken
    } finally {
      if (!isTaken) await this.#closeOwn()
    }
  }

  async assertHeld(): Promise<void> {
    if (this.#table !== null && !(await this.#beat(this.#table))) throw lostError()
  }

  /** Between a mere look and the commit this process may be stopped for longer than the lease lasts. */
  async holdUntilCommit({ connection }: LockTarget): Promise<void> {
    // The transaction would wait for the own beat's change of the row.
    await this.#beating
    if (this.#table === null || (await this.#table.beatIn(connection, this.#holder))) return
    throw lostError()
  }

  async release(): Promise<void> {
    if (this.#heart !== null) clearInterval(this.#heart)
    this.#heart = null
    const table = this.#table
    this.#table = null
    await this.#beating
    try {
      await table?.remove(this.#holder)
    } finally {
      await this.#closeOwn()
    }
  }

  async findHolder(target: LockTarget): Promise<LockHolder | null> {
    const table = tableOf(target, null)
    const lease = (await table.exists()) ? await table.read() : null
    if (lease === null) return null
    return lockHolder({ session: `process ${lease.pid}`, client: lease.host, since: lease.since })
  }

  async #take(table: LeaseTable, timeout: number | null): Promise<boolean> {
    const deadline = timeout === null ? Infinity : performance.now() + timeout
    let seen: Lease | null = null
    let silence = 0
    let last = performance.now()
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const lease = await table.read()
      const now = performance.now()
      // What stopped this process (a paused machine) has mostly stopped the holder, too: that is no silence of its own.
      silence += Math.min(now - last, LONGEST_LOOK)
      last = now
      if (lease === null) {
        if (await table.insert(this.#holder, this.#duration)) return true
      } else if (seen === null || !isSame(seen, lease)) {
        seen = lease
        silence = 0
      } else if (silence > lease.duration) {
        if (await this.#takeOver(table, lease)) return true
      }
      const left = deadline - performance.now()
      if (left <= 0) return false
      await sleep(Math.min(pause, left))
    }
  }

  async #takeOver(table: LeaseTable, lease: Lease): Promise<boolean> {
    if (!(await table.takeOver(lease, this.#holder, this.#duration))) return false
    log.warning(
      `Took over the migration lock of process ${lease.pid} on ${lease.host}, held since ${lease.since}: it gave no sign of life for ${lease.duration} ms`,
    )
    return true
  }

  get #duration(): number {
    return this.#own === null ? this.#durations.unattended : this.#durations.renewed
  }

  #keep(table: LeaseTable): void {
    this.#table = table
    if (this.#own === null) return
    // What a beat could not do, the check before the version row finds out.
    const beat = (): void => {
      if (!this.#isBeating) this.#beat(table).catch(() => undefined)
    }
    this.#heart = setInterval(beat, this.#durations.renewed / 3).unref()
  }

  /**
   * One at a time: on Firebird a second change of the row on one connection waits for the first one's commit, which waits
   * behind it for the connection.
   */
  async #beat(table: LeaseTable): Promise<boolean> {
    const before = this.#beating
    const next = before.then(async () => {
      this.#isBeating = true
      try {
        return await table.beat(this.#holder)
      } finally {
        this.#isBeating = false
      }
    })
    this.#beating = next.catch(() => undefined)
    return await next
  }

  async #closeOwn(): Promise<void> {
    const own = this.#own
    this.#own = null
    await own?.close()
  }
}

function lostError(): LockError {
  return new LockError(
    'Another run has taken over the migration lock, because this one gave no sign of life for too long; its revision is not written to the version table. Let the other run end, then look at alembic current and alembic upgrade',
  )
}

function tableOf({ connection, ...names }: LockTarget, own: Connection | null): LeaseTable {
  return new LeaseTable(own ?? connection, names.versionTable, names.versionTableSchema)
}

function isSame(a: Lease, b: Lease): boolean {
  return a.holder === b.holder && a.beat === b.beat
}
