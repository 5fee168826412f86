import type { RowPlace } from '../../../engine/driver.ts'
import { singleRowInsert } from '../../../engine/multi-row-insert.ts'
import { bindValue } from './bind-value.ts'

/** A prepared statement, as `better-sqlite3` and `libsql` have it. */
export interface RowStatement {
  readonly reader: boolean
  all(parameters: readonly unknown[]): readonly unknown[]
  run(parameters: readonly unknown[]): { readonly changes: number | bigint }
}

interface RowDatabase {
  readonly inTransaction: boolean
  prepare(sql: string): RowStatement
  exec(sql: string): unknown
}

/** One row in a statement, and several. */
interface Prepared {
  readonly sql: string
  readonly one: RowStatement
  readonly isReader: boolean
  readonly width: number
  /** How many rows `several` takes; 1 where there is none. */
  readonly count: number
  readonly several: RowStatement | undefined
}

/** Nothing is gained by more, and SQLite took 999 at most before 3.32 (limits.html, SQLITE_LIMIT_VARIABLE_NUMBER). */
const MAX_PARAMETERS = 256
const SAVEPOINT = 'alembic_ts_rows'

/**
 * Runs a statement for many rows in the process. Inserts take several rows at once: a call of the package costs as much as
 * storing a row.
 */
export class RowInserts {
  readonly #database: RowDatabase
  readonly #keep: (statement: RowStatement) => RowStatement
  /** The batches of an insert have one text. SQLite prepares a statement again by itself where the schema has changed. */
  #prepared: Prepared | undefined

  constructor(
    database: RowDatabase,
    keep: (statement: RowStatement) => RowStatement = (statement) => statement,
  ) {
    this.#database = database
    this.#keep = keep
  }

  /** Gives the rows touched; where a row fails, `place` is at it, and none is kept. */
  run(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place: RowPlace = { first: 0, last: 0 },
  ): number {
    const prepared = this.#prepare(sql, rows[0]?.length ?? 0)
    if (rows.length < 2) return runEach(prepared, rows, place)
    this.#database.exec(`SAVEPOINT ${SAVEPOINT}`)
    try {
      return this.#runTogether(prepared, rows, place)
    } catch (error) {
      this.#takeBack()
      throw error
    } finally {
      if (this.#database.inTransaction) this.#database.exec(`RELEASE ${SAVEPOINT}`)
    }
  }

  #runTogether(prepared: Prepared, rows: readonly (readonly unknown[])[], place: RowPlace): number {
    const { several, width } = prepared
    if (several === undefined || rows.some((row) => row.length !== width)) {
      return runEach(prepared, rows, place)
    }
    try {
      return runSeveral(prepared, several, rows, place)
    } catch (error) {
      // ON CONFLICT ROLLBACK, a full disk: there is nothing to go back to.
      if (!this.#database.inTransaction) throw error
      // Which row it is shows when each runs by itself.
      this.#takeBack()
      return runEach(prepared, rows, place)
    }
  }

  #takeBack(): void {
    if (this.#database.inTransaction) this.#database.exec(`ROLLBACK TO ${SAVEPOINT}`)
  }

  #prepare(sql: string, width: number): Prepared {
    const known = this.#prepared
    if (known?.sql === sql && known.width === width) return known
    const one = this.#keep(this.#database.prepare(sql))
    const insert = singleRowInsert(sql)
    // A power of two, which divides the rows of a batch.
    const count =
      insert?.casts.length === width && width > 0 && width <= MAX_PARAMETERS
        ? 2 ** Math.floor(Math.log2(MAX_PARAMETERS / width))
        : 1
    const list = `(${Array(width).fill('?').join(', ')})`
    const several =
      count === 1 || insert === undefined
        ? undefined
        : this.#keep(this.#database.prepare(insert.head + Array(count).fill(list).join(', ')))
    // A property of the package's native object: asked once.
    this.#prepared = { sql, one, isReader: one.reader, width, count, several }
    return this.#prepared
  }
}

function runSeveral(
  prepared: Prepared,
  several: RowStatement,
  rows: readonly (readonly unknown[])[],
  place: RowPlace,
): number {
  const { count, width } = prepared
  const values = Array<unknown>(count * width)
  const whole = rows.length - (rows.length % count)
  let touched = 0
  for (let first = 0; first < whole; first += count) {
    place.first = first
    place.last = first + count - 1
    let at = 0
    for (let index = first; index < first + count; index++) {
      const row = rows[index] ?? []
      for (let column = 0; column < width; column++) values[at++] = bindValue(row[column])
    }
    touched += Number(several.run(values).changes)
  }
  return touched + runEach(prepared, rows, place, whole)
}

function runEach(
  { one, isReader }: Prepared,
  rows: readonly (readonly unknown[])[],
  place: RowPlace,
  from = 0,
): number {
  let touched = 0
  for (let position = from; position < rows.length; position++) {
    place.first = place.last = position
    const values = (rows[position] ?? []).map(bindValue)
    touched += isReader ? one.all(values).length : Number(one.run(values).changes)
  }
  return touched
}
