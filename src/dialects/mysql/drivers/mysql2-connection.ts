import { exactInteger, versionNumbers } from '../../../engine/driver.ts'
import type { DriverConnection, QueryResult, RowPlace } from '../../../engine/driver.ts'
import { type InsertChunk, runInChunks, singleRowInsert } from '../../../engine/multi-row-insert.ts'
import { haveLiterals, runLiteralRows } from './literal-rows.ts'
import { queryResult } from './query-result.ts'
import { narrowToRow } from './refused-row.ts'
import { explainSeveralStatements } from './several-statements.ts'
import { bindValue } from './values.ts'

/** Rows, the counts of a statement without any, or for CALL a list of those. */
type Answer = unknown

interface QueryOptions {
  readonly sql: string
  readonly values: readonly unknown[] | null
  readonly supportBigNumbers: true
  readonly dateStrings: true
  readonly rowsAsArray: false
  readonly nestTables: false
  readonly namedPlaceholders: false
  readonly typeCast: (field: { readonly type: string }, next: () => unknown) => unknown
}

type AnswerCallback = (error: Error | null, answer: Answer) => void

/** What is used of a connection of `mysql2`, of its flavour with callbacks. */
export interface Mysql2Core {
  query(options: QueryOptions, callback: AnswerCallback): unknown
  execute(options: QueryOptions, callback: AnswerCallback): unknown
  unprepare(sql: string): unknown
}

// Prepared statements count their parameters in 16 bits.
const MAX_PARAMETERS = 65_535
/** Fewer rows cost the same with parameters. */
const MIN_ROWS = 50
const STATUS_IN_TRANSACTION = 1

// Asked for in each query, because an adopted connection may have been opened otherwise.
const EXACT_VALUES = {
  supportBigNumbers: true,
  dateStrings: true,
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
  typeCast: (field, next) => {
    const value = next()
    // What a number can't hold comes as text.
    return field.type === 'LONGLONG' && typeof value === 'string' ? exactInteger(value) : value
  },
} as const satisfies Partial<QueryOptions>

/** A session through `mysql2`. */
export class Mysql2Connection implements DriverConnection {
  readonly raw: unknown
  readonly #core: Mysql2Core
  readonly #release: () => Promise<void>

  constructor(raw: unknown, core: Mysql2Core, release: () => Promise<void>) {
    this.raw = raw
    this.#core = core
    this.#release = release
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    return queryResult(await this.#ask(sql, parameters))
  }

  async executeMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place?: RowPlace,
  ): Promise<number> {
    try {
      return await this.#insertMany(sql, rows, place)
    } catch (error) {
      if (place !== undefined) narrowToRow(place, error)
      throw error
    }
  }

  async #insertMany(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place: RowPlace | undefined,
  ): Promise<number> {
    const insert = rows.length < MIN_ROWS ? undefined : singleRowInsert(sql)
    const isFilled = rows.every((row) => row.length === insert?.casts.length)
    if (insert !== undefined && isFilled && haveLiterals(rows)) {
      return await runLiteralRows(insert, rows, place, async (text) => {
        const { rowCount } = await this.execute(text)
        return rowCount
      })
    }
    const run = async (chunk: InsertChunk): Promise<number | undefined> => {
      const { rowCount } = await this.execute(chunk.sql, chunk.parameters)
      // The package keeps each statement prepared on the server: these long ones won't be needed again.
      if (chunk.sql !== sql && chunk.parameters.length > 0) this.#core.unprepare(chunk.sql)
      return rowCount
    }
    return await runInChunks(sql, rows, place, run, { maxParameters: MAX_PARAMETERS })
  }

  async isInTransaction(): Promise<boolean> {
    const header = (await this.#ask('DO 0', [])) as { readonly serverStatus: number }
    return (header.serverStatus & STATUS_IN_TRANSACTION) !== 0
  }

  async serverVersion(): Promise<readonly number[]> {
    return versionNumbers(await this.serverVersionText())
  }

  async serverVersionText(): Promise<string> {
    const { rows } = await this.execute('SELECT VERSION() AS version')
    return String(rows[0]?.['version'])
  }

  async close(): Promise<void> {
    await this.#release()
  }

  async #ask(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const done: AnswerCallback = (error, answer) => {
          if (error === null || error === undefined) resolve(answer)
          else reject(error)
        }
        // Without a list the text is sent as it is, not searched for placeholders.
        // Values go to a prepared statement: query() would write them into the text, with escapes that
        // sql_mode NO_BACKSLASH_ESCAPES makes wrong.
        if (parameters.length === 0) this.#core.query({ sql, values: null, ...EXACT_VALUES }, done)
        else this.#core.execute({ sql, values: parameters.map(bindValue), ...EXACT_VALUES }, done)
      })
    } catch (error) {
      throw explainSeveralStatements(error, sql)
    }
  }
}
