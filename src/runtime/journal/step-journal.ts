import type { Connection } from '../../engine/connection.ts'
import type { QueryResult } from '../../engine/driver.ts'
import { ResumeError } from '../../errors/journal-error.ts'
import type { JournalSupport, StatementNature } from '../../impl/journal-support.ts'
import type { StatementGuard } from '../../impl/statement-guard.ts'
import {
  excerptOf,
  type EntryState,
  type JournalEntry,
  type JournalTable,
} from './journal-table.ts'
import { beginningOf, inOneLine, statementDigest } from './statement-text.ts'

export interface StepJournalParts {
  readonly table: JournalTable
  readonly connection: Connection
  readonly support: JournalSupport
  readonly revision: string
  readonly direction: string
  /** Whether a ROLLBACK takes DDL back. */
  readonly transactionalDdl: boolean
  /** What an earlier run did of this revision, all of it done; none for a revision that begins. */
  readonly replay: readonly JournalEntry[]
  /** The last position that is taken. */
  readonly position: number
  /** Makes the table unless it is there. */
  ensureTable(): Promise<void>
}

type Entry = Omit<JournalEntry, 'position' | 'revision' | 'direction'>

/**
 * Keeps the journal of one revision while it runs, and passes over what an earlier run did already.
 *
 * What can be rolled back is written with the statement, in its transaction; a statement that commits by itself is
 * announced before it runs. Nothing is written while a rollback would take back the whole revision.
 */
export class StepJournal implements StatementGuard {
  readonly #parts: StepJournalParts
  readonly #replay: JournalEntry[]
  readonly #unsaved: Entry[] = []
  #position: number
  #saves = false
  #isOutside = false
  /** Inside a part that has one entry as a whole: whether it is passed over. */
  #shut: 'passed over' | 'run' | null = null
  /** While an own statement runs, which goes through the same sink. */
  #isWriting = false

  constructor(parts: StepJournalParts) {
    this.#parts = parts
    this.#replay = [...parts.replay]
    this.#position = parts.position
    this.#saves = parts.replay.length > 0
  }

  /** Whether entries are written: something of this revision may be there to stay. */
  get saves(): boolean {
    return this.#saves
  }

  async around(
    sql: string,
    parameters: readonly unknown[],
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    if (this.#isWriting) return await run()
    const edge = this.#parts.support.shuts?.(sql)
    if (edge === 'begin') return await this.#beginShutPart(sql, parameters, run)
    if (this.#shut !== null) return await this.#inShutPart(edge, run)
    const nature = this.#parts.support.natureOf(sql)
    if (nature === 'read' || nature === 'session') return await run()
    const digest = statementDigest(sql, parameters)
    if (this.#replay.length > 0) return this.#passOver(sql, digest)
    return await this.#record(sql, digest, nature, run)
  }

  /** From now on a rollback does not take everything back: what was done so far goes into the journal. */
  async save(): Promise<void> {
    if (this.#saves) return
    this.#saves = true
    await this.#writing(() => this.#parts.ensureTable())
    for (const entry of this.#unsaved.splice(0)) await this.#add(entry)
  }

  /** Runs `body`, in which every statement commits by itself. */
  async outside<T>(body: () => Promise<T>): Promise<T> {
    this.#isOutside = true
    try {
      return await body()
    } finally {
      this.#isOutside = false
    }
  }

  /**
   * The migration's own code has ended.
   *
   * @throws ResumeError where it did less than the earlier run
   */
  assertComplete(): void {
    const [next] = this.#replay
    if (next === undefined) return
    throw new ResumeError(
      `${this.#name} ended before it came to a statement that the earlier run had carried out: ${inOneLine(next.excerpt)}. The file has changed since; mend the database by hand and stamp it`,
    )
  }

  get #name(): string {
    return `The ${this.#parts.direction} of revision ${this.#parts.revision}`
  }

  async #beginShutPart(
    sql: string,
    parameters: readonly unknown[],
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    const digest = statementDigest(sql, parameters)
    if (this.#replay.length > 0) {
      this.#shut = 'passed over'
      return this.#passOver(sql, digest)
    }
    await this.save()
    const excerpt = excerptOf(sql, this.#parts.support)
    await this.#add({ state: 'begun', digest, excerpt, fingerprint: null, rowCount: null })
    this.#shut = 'run'
    return await run()
  }

  async #inShutPart(
    edge: 'begin' | 'end' | undefined,
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    const isPassedOver = this.#shut === 'passed over'
    if (edge === 'end') this.#shut = null
    return isPassedOver ? { rows: [], rowCount: undefined } : await run()
  }

  /** The migration may leave a statement out now because it looks at what is there; it may not bring in another one. */
  #passOver(sql: string, digest: string): QueryResult {
    const index = this.#replay.findIndex((entry) => entry.digest === digest)
    if (index < 0) {
      throw new ResumeError(
        `${this.#name} now runs a statement that is not what the earlier run carried out at this place: ${inOneLine(sql)} instead of ${inOneLine(this.#replay[0]?.excerpt ?? '')}. Give the file its earlier text up to where it stopped, or mend the database by hand and stamp it`,
      )
    }
    const [entry] = this.#replay.splice(0, index + 1).slice(-1)
    if (entry?.state === 'returned') {
      throw new ResumeError(
        `${this.#name} needs the rows that a statement gave back which the earlier run had carried out: ${inOneLine(entry.excerpt)}. They are gone; mend the database by hand and stamp it`,
      )
    }
    return { rows: [], rowCount: entry?.rowCount ?? undefined }
  }

  async #record(
    sql: string,
    digest: string,
    nature: StatementNature,
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    const { connection, support, transactionalDdl } = this.#parts
    const isRow = nature === 'data'
    if (!this.#isOutside && (isRow || transactionalDdl))
      return await this.#withEntry(sql, digest, run)
    // An operation of several statements has begun a transaction of its own, which commits or takes back all of them.
    if (isRow && connection.inTransaction()) return await this.#withEntry(sql, digest, run)
    if (isRow) return await connection.transaction(() => this.#withEntry(sql, digest, run))
    await this.save()
    // What may commit in the middle of itself has an entry that says no more than that it was begun.
    if (support.commitsWithEntry === true && nature !== 'opaque') {
      return await this.#behindEntry(sql, digest, run)
    }
    const excerpt = excerptOf(sql, support)
    const fingerprint = nature === 'opaque' ? null : await support.fingerprint(connection, excerpt)
    await this.#add({ state: 'begun', digest, excerpt, fingerprint, rowCount: null })
    try {
      return await run()
    } catch (error) {
      await support.clearRemains(connection, excerpt).catch(() => undefined)
      throw error
    }
  }

  /** Statement and entry are in one transaction: both are kept, or none. */
  async #withEntry(
    sql: string,
    digest: string,
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    const result = await run()
    const state: EntryState = result.rows.length > 0 ? 'returned' : 'done'
    const rowCount = result.rowCount ?? null
    const entry: Entry = {
      state,
      digest,
      excerpt: beginningOf(sql, 100),
      fingerprint: null,
      rowCount,
    }
    if (this.#saves) await this.#add(entry)
    else this.#unsaved.push(entry)
    return result
  }

  /** The statement commits, and its entry along: the entry stands there only where it was carried out. */
  async #behindEntry(
    sql: string,
    digest: string,
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult> {
    const { connection, table } = this.#parts
    const entry: Entry = {
      state: 'done',
      digest,
      excerpt: beginningOf(sql, 100),
      fingerprint: null,
      rowCount: null,
    }
    const write = async (): Promise<QueryResult> => {
      await this.#add(entry)
      const position = this.#position
      try {
        return await run()
      } catch (error) {
        // The migration may catch the failure, and go on in the transaction.
        await this.#writing(() => table.remove(position)).catch(() => undefined)
        throw error
      }
    }
    return await (this.#isOutside ? connection.transaction(write) : write())
  }

  async #add(entry: Entry): Promise<void> {
    const { table, revision, direction } = this.#parts
    this.#position += 1
    await this.#writing(() =>
      table.add({ ...entry, revision, direction, position: this.#position }),
    )
  }

  async #writing(body: () => Promise<void>): Promise<void> {
    this.#isWriting = true
    try {
      await body()
    } finally {
      this.#isWriting = false
    }
  }
}
