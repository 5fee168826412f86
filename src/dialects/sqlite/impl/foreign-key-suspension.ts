import type { QueryResult } from '../../../engine/driver.ts'
import { TransactionError } from '../../../errors/driver-error.ts'
import { mayEnforce } from '../drivers/foreign-keys.ts'
import { restoreSetting } from './restore-setting.ts'

type Execute = (sql: string) => Promise<QueryResult>

/** Rows named in an error. */
const SHOWN_VIOLATIONS = 3

/** Keeps foreign keys from being enforced during a transaction, and sees that they hold at its end. */
export class ForeignKeySuspension {
  readonly #execute: Execute
  /** Rows changed on the connection when the suspension began; `null` outside of one. */
  #changesBefore: number | null = null

  constructor(execute: Execute) {
    this.#execute = execute
  }

  /** Runs `body`, which begins and ends a transaction, with foreign keys off, if they are on. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    if (!(await this.#areEnforced())) return await body()
    try {
      await this.#execute('PRAGMA foreign_keys = OFF')
      // Some servers of SQLite ignore the request.
      if (!(await this.#areEnforced())) this.#changesBefore = await this.#countChanges()
      return await body()
    } finally {
      this.#changesBefore = null
      await restoreSetting(this.#execute, 'PRAGMA foreign_keys = ON')
    }
  }

  /**
   * Called before the commit.
   *
   * @throws TransactionError where rows refer to rows that don't exist
   */
  async assertKept(): Promise<void> {
    if (this.#changesBefore === null) return
    const changes = await this.#countChanges()
    // The row of the version table alone can break nothing: DDL must not have to read the whole database.
    if (changes - this.#changesBefore <= 1) return
    this.#changesBefore = changes
    const { rows } = await this.#execute('PRAGMA foreign_key_check')
    if (rows.length === 0) return
    const shown = rows.slice(0, SHOWN_VIOLATIONS).map((row) => {
      const { table, rowid, parent } = row
      return `row ${String(rowid)} of '${String(table)}' refers to a missing row of '${String(parent)}'`
    })
    throw new TransactionError(
      `The migration leaves ${rows.length} rows that break a foreign key (${shown.join('; ')}${rows.length > SHOWN_VIOLATIONS ? '; …' : ''}) and was rolled back. Foreign keys, and their ON DELETE actions, are off while a migration runs on SQLite: change or delete such rows in the migration, too. If they were there before it, repair them first, or connect with ?foreign_keys=off`,
    )
  }

  async #areEnforced(): Promise<boolean> {
    return mayEnforce(await this.#execute('PRAGMA foreign_keys'))
  }

  async #countChanges(): Promise<number> {
    const { rows } = await this.#execute('SELECT total_changes() AS changes')
    return Number(rows[0]?.['changes'] ?? 0)
  }
}
