import type { Connection } from '../../engine/connection.ts'
import { ResumeError } from '../../errors/journal-error.ts'
import type { JournalSupport } from '../../impl/journal-support.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { MigrationStep } from '../../script/migration-step.ts'
import { getLogger } from '../../util/logging.ts'
import type { Transactions } from '../transactions.ts'
import type { VersionTableOptions } from '../version-table.ts'
import { type JournalEntry, JournalTable } from './journal-table.ts'
import {
  countedStatements,
  cutShortNotice,
  journalNotice,
  readUnfinished,
  resolveUnfinished,
  resumeCommand,
  staleError,
  type ResumeMode,
  type Unfinished,
  unfinishedError,
} from './resume.ts'
import { StepJournal } from './step-journal.ts'

const log = getLogger('alembic.runtime.migration')

export interface RunJournalParts {
  readonly impl: MigrationImpl
  readonly support: JournalSupport
  readonly connection: Connection
  readonly transactions: Transactions
  readonly versionTable: VersionTableOptions
  /** What was asked for; `null` where an unfinished revision is an error. */
  readonly resume: ResumeMode | null
}

/**
 * The journal of one run: it says what an earlier run left unfinished, and keeps account of the revision that runs, for as
 * long as a rollback would not take all of it back.
 */
export class RunJournal {
  readonly #parts: RunJournalParts
  readonly #table: JournalTable
  #unfinished: Unfinished | null = null
  #stale: readonly JournalEntry[] = []
  #position = 0
  #current: StepJournal | null = null
  #isThere = false
  /** Whether this run came to a step. */
  #hasRun = false

  constructor(parts: RunJournalParts) {
    this.#parts = parts
    this.#table = new JournalTable(parts.impl, parts.connection, parts.versionTable)
    parts.transactions.afterRollback(() => this.#report())
  }

  /** Looks for what an earlier run left behind. */
  async open(): Promise<void> {
    this.#isThere = await this.#table.exists()
    if (this.#isThere) this.#unfinished = await this.#read()
  }

  /** For a run that changes nothing, nor waits for one that does: says that a revision is not complete. */
  async notice(): Promise<void> {
    if (!(await this.#table.exists())) return
    const latest = (await this.#table.read()).findLast(({ state }) => state !== 'stale')
    if (latest !== undefined) log.warning(journalNotice(latest, this.#url))
  }

  get #url(): string {
    return this.#parts.connection.displayUrl
  }

  /** After a failure: says how far the run came, as far as the database still answers. */
  async #report(): Promise<void> {
    if (!this.#isThere || !this.#hasRun) return
    try {
      this.#unfinished = await this.#read()
      if (this.#unfinished === null) await this.close()
      else log.warning(cutShortNotice(this.#unfinished, this.#url))
    } catch {
      // The failure that led here is the one to know of; the next run reads the journal again.
    }
  }

  /** What is in the journal; `null` where nothing was carried out, so that the revision can simply run. */
  async #read(): Promise<Unfinished | null> {
    const { connection, support } = this.#parts
    const entries = await this.#table.read()
    this.#stale = entries.filter(({ state }) => state === 'stale')
    this.#position = entries.at(-1)?.position ?? 0
    const unfinished = await readUnfinished(entries, connection, support)
    if (unfinished === null) return null
    const { done, last } = unfinished
    if (done.length > 0 || (last !== null && last.outcome !== 'not done')) return unfinished
    await this.#table.clearCurrent()
    return null
  }

  /** Forgets what an earlier run left behind: somebody vouches for the state of the database. */
  async forget(): Promise<void> {
    this.#isThere = await this.#table.exists()
    if (this.#isThere) await this.#table.clear()
  }

  /**
   * Makes sure that the plan does not run again what is half done.
   *
   * @throws UnfinishedMigrationError where it would, and the run was not asked to go on with it
   * @throws ResumeError where the run was asked to, and does not come to it
   */
  assertMayRun(plan: readonly MigrationStep[]): void {
    const { resume } = this.#parts
    const unfinished = this.#unfinished
    if (unfinished !== null) {
      const isReached = plan.some((step) => isOf(step, unfinished))
      if (!isReached && resume !== null) {
        throw new ResumeError(
          `The ${unfinished.direction} of revision ${unfinished.revision} was left unfinished, and what was asked for does not lead to it. First run ${resumeCommand(unfinished.direction, unfinished.revision)}`,
        )
      }
      // Away from an upgrade that failed is where a rollback goes; nothing may be built upon a downgrade that failed.
      const isInTheWay = isReached || (plan.length > 0 && unfinished.direction === 'downgrade')
      if (isInTheWay && resume === null) throw unfinishedError(unfinished, this.#url)
      // By its rows the database is where it was asked to be, and it is not.
      if (plan.length === 0 && unfinished.direction === 'downgrade') {
        log.warning(unfinishedError(unfinished, this.#url).message)
      }
    }
    for (const step of plan) {
      const stale = this.#stale.find((entry) => isOf(step, entry))
      if (stale !== undefined && resume !== 'restart') throw staleError(stale)
    }
  }

  /** Runs a migration's own code under the journal, then `writeVersion`, with which the entries go. */
  async around(
    step: MigrationStep,
    migrate: () => Promise<void>,
    writeVersion: () => Promise<void>,
  ): Promise<void> {
    const { impl, support, connection, transactions } = this.#parts
    this.#hasRun = true
    const journal = new StepJournal({
      table: this.#table,
      connection,
      support,
      revision: revisionOf(step),
      direction: step.name,
      transactionalDdl: impl.rollsBackDdl,
      replay: await this.#replayOf(step),
      position: this.#position,
      ensureTable: () => this.#ensureTable(),
    })
    // Where DDL commits the journal must be there before the first row is changed: making it would commit that, too.
    if (!impl.rollsBackDdl && transactions.plan === 'perStep') await this.#ensureTable()
    const release = impl.sink.guardWith?.(journal)
    this.#current = journal
    try {
      await migrate()
      journal.assertComplete()
    } finally {
      this.#current = null
      release?.()
    }
    await writeVersion()
    if (journal.saves) await this.#table.clearCurrent()
  }

  /** Runs `body` where every statement commits by itself; what was done before is committed with its entries. */
  async outside<T>(
    leave: (inside: () => Promise<T>) => Promise<T>,
    body: () => Promise<T>,
  ): Promise<T> {
    const journal = this.#current
    if (journal === null) return await leave(body)
    await journal.save()
    return await leave(() => journal.outside(body))
  }

  /** The run is over: takes the empty table away. */
  async close(): Promise<void> {
    if (!this.#isThere || this.#stale.length > 0 || this.#unfinished !== null) return
    await this.#table.drop()
    this.#isThere = false
  }

  async #ensureTable(): Promise<void> {
    if (!this.#isThere) await this.#table.create()
    this.#isThere = true
  }

  /** The entries to pass over. Where the run goes elsewhere, the revision that was left unfinished is marked as left behind. */
  async #replayOf(step: MigrationStep): Promise<readonly JournalEntry[]> {
    const stale = this.#stale.find((entry) => isOf(step, entry))
    if (stale !== undefined) {
      await this.#table.remove(stale.position)
      this.#stale = this.#stale.filter((entry) => entry !== stale)
    }
    const { resume } = this.#parts
    const unfinished = this.#unfinished
    if (unfinished === null) return []
    if (isOf(step, unfinished)) {
      this.#unfinished = null
      if (resume === null) throw unfinishedError(unfinished, this.#url)
      const replay = await resolveUnfinished(unfinished, resume, this.#table)
      log.info(`Resuming after ${countedStatements(replay.length)} of the earlier run`)
      return replay
    }
    if (resume === null) await this.#leaveBehind(unfinished)
    return []
  }

  async #leaveBehind({ done, last }: Unfinished): Promise<void> {
    const latest = last?.entry ?? done.at(-1)
    this.#unfinished = null
    if (latest === undefined) return
    this.#position += 1
    const stale: JournalEntry = { ...latest, state: 'stale', position: this.#position }
    await this.#table.clearCurrent()
    await this.#table.add(stale)
    this.#stale = [...this.#stale, stale]
  }
}

function isOf(
  step: MigrationStep,
  { revision, direction }: Pick<JournalEntry, 'revision' | 'direction'>,
): boolean {
  return step.name === direction && revisionOf(step) === revision
}

function revisionOf(step: MigrationStep): string {
  return step.info.upRevisionId ?? ''
}
