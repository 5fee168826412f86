import type { QueryResult, RowPlace } from '../../../engine/driver.ts'
import {
  runInChunks,
  singleRowInsert,
  type SingleRowInsert,
} from '../../../engine/multi-row-insert.ts'
import { bindValue } from './values.ts'

/** How statements are run; the parameters are values as a driver binds them. */
type Execute = (sql: string, parameters?: readonly unknown[]) => Promise<QueryResult>

/** A column as the server sees it: what it takes the placeholder for. */
interface ArrayColumn {
  /** What an element of the parameter is, and what it is made for the column. */
  readonly element: string
  readonly cast: string
  readonly isBytes: boolean
}

// The protocol counts parameters in 16 bits.
const MAX_PARAMETERS = 65_535
/** Below this, asking for the types costs more than arrays save. */
const MIN_ROWS = 200
const MAX_ROWS = 5000
const MAX_CHARACTERS = 1_048_576
const PROBE = 'alembic_ts_parameter_types'

/**
 * Inserts many rows by one array for each column, `INSERT … SELECT … FROM unnest($1::integer[], …)`: still an INSERT, with
 * its triggers, defaults and rules, but the server reads a handful of parameters in place of thousands.
 *
 * Each element is read by the input function of the type that the server itself gives the placeholder of the plain
 * statement, so that what is stored is the same.
 */
export class ArrayInserts {
  readonly #execute: Execute
  #isSupported: boolean | undefined
  /** An iterator may begin another insert while this one goes on. */
  #probes = 0
  #known: { readonly sql: string; readonly columns: readonly ArrayColumn[] | undefined } | undefined

  constructor(execute: Execute) {
    this.#execute = execute
  }

  /** Forgets the types of the last statement: another one may have changed the table. */
  forget(): void {
    this.#known = undefined
  }

  /** Runs an insert for many rows; row by row where it is no insert of one row. Gives the rows touched. */
  async run(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place: RowPlace | undefined,
  ): Promise<number> {
    const insert = singleRowInsert(sql)
    const takesArrays =
      insert !== undefined &&
      rows.length >= MIN_ROWS &&
      rows.every((row) => row.length === insert.casts.length) &&
      (await this.#supports())
    return takesArrays
      ? await this.#runArrays(sql, insert, rows, place)
      : await this.#runValues(sql, rows, place)
  }

  async #runValues(
    sql: string,
    rows: readonly (readonly unknown[])[],
    place: RowPlace | undefined,
  ): Promise<number> {
    const limits = { maxParameters: MAX_PARAMETERS }
    return await runInChunks(
      sql,
      rows,
      place,
      async (chunk) => (await this.#execute(chunk.sql, chunk.parameters)).rowCount,
      limits,
    )
  }

  async #runArrays(
    sql: string,
    insert: SingleRowInsert,
    rows: readonly (readonly unknown[])[],
    place: RowPlace | undefined,
  ): Promise<number> {
    const columns = await this.#columnsOf(sql, insert)
    if (columns === undefined) return await this.#runValues(sql, rows, place)
    const statement = arrayStatement(insert, columns)
    let touched = 0
    for (let first = 0; first < rows.length;) {
      const { arrays, count } = arraysOf(rows, first, columns)
      if (place !== undefined) Object.assign(place, { first, last: first + count - 1 })
      touched +=
        arrays === undefined
          ? await this.#runValues(sql, rows.slice(first, first + count), place)
          : ((await this.#execute(statement, arrays)).rowCount ?? 0)
      first += count
    }
    return touched
  }

  /** Others that speak the protocol need not have the catalog that is asked here. */
  async #supports(): Promise<boolean> {
    if (this.#isSupported === undefined) {
      const { rows } = await this.#execute('SELECT version() AS version')
      const version = /^PostgreSQL (\d+)/.exec(String(rows[0]?.['version']))
      this.#isSupported = Number(version?.[1] ?? 0) >= 10
    }
    return this.#isSupported
  }

  /** Undefined where the server does not say them: a pooler may refuse PREPARE, or ask the catalog of another session. */
  async #columnsOf(
    sql: string,
    insert: SingleRowInsert,
  ): Promise<readonly ArrayColumn[] | undefined> {
    if (this.#known?.sql !== sql) this.#known = { sql, columns: await this.#probe(insert) }
    return this.#known.columns
  }

  /** PostgreSQL 15, pg_prepared_statements: `parameter_types` are what the server inferred. */
  async #probe({ head, casts }: SingleRowInsert): Promise<readonly ArrayColumn[] | undefined> {
    const placeholders = casts.map((cast, index) => `$${index + 1}${cast}`)
    this.#probes += 1
    const probe = `${PROBE}_${this.#probes}`
    // A refusal would spoil the transaction, which plain rows still need; without one there is nothing to keep.
    const isKept = await this.#succeeds(`SAVEPOINT ${probe}`)
    let columns: readonly ArrayColumn[] | undefined
    try {
      await this.#execute(`PREPARE ${probe} AS ${head}(${placeholders.join(', ')})`)
      const { rows } = await this.#execute(PARAMETER_TYPES, [probe])
      columns = rows.map(columnOf)
      await this.#execute(`DEALLOCATE ${probe}`)
    } catch {
      // The insert itself tells what is wrong with the session or the statement.
      columns = undefined
      const goBack = async (): Promise<unknown> =>
        isKept && (await this.#succeeds(`ROLLBACK TO SAVEPOINT ${probe}`))
      await goBack()
      // What is prepared outlasts a rollback.
      if (!(await this.#succeeds(`DEALLOCATE ${probe}`))) await goBack()
    }
    if (isKept) await this.#succeeds(`RELEASE SAVEPOINT ${probe}`)
    return columns?.length === casts.length ? columns : undefined
  }

  async #succeeds(sql: string): Promise<boolean> {
    try {
      await this.#execute(sql)
      return true
    } catch {
      return false
    }
  }
}

// Type modifier -1: without one, format_type() says bit for bit(1). An array of arrays would be taken apart, and so would one
// of composite values; a domain's constraints are checked by a cast.
const PARAMETER_TYPES = `
  SELECT format_type(t.oid, -1) AS name, t.oid = 'bytea'::regtype AS is_bytes,
    t.typarray <> 0 AND t.typdelim = ',' AND t.typcategory <> 'A' AND t.typtype IN ('b', 'e', 'r', 'm') AS is_plain
  FROM pg_prepared_statements s, unnest(s.parameter_types::oid[]) WITH ORDINALITY AS p (oid, n), pg_type t
  WHERE s.name = $1 AND t.oid = p.oid
  ORDER BY p.n`

function columnOf(row: QueryResult['rows'][number]): ArrayColumn {
  const name = String(row['name'])
  const isPlain = row['is_plain'] === true
  return {
    element: isPlain ? name : 'text',
    cast: isPlain ? '' : `::${name}`,
    isBytes: row['is_bytes'] === true,
  }
}

function arrayStatement({ head }: SingleRowInsert, columns: readonly ArrayColumn[]): string {
  const into = head.replace(/\bVALUES\s*$/i, '')
  const names = columns.map((_, index) => `c${index + 1}`)
  const items = columns.map(({ cast }, index) => `r.${names[index]}${cast}`)
  const arrays = columns.map(({ element }, index) => `$${index + 1}::${element}[]`)
  return `${into}SELECT ${items.join(', ')} FROM unnest(${arrays.join(', ')}) AS r (${names.join(', ')})`
}

/** Array literals of as many rows as fit into a statement; none where a value has no text that every type reads. */
function arraysOf(
  rows: readonly (readonly unknown[])[],
  first: number,
  columns: readonly ArrayColumn[],
): { readonly arrays: readonly string[] | undefined; readonly count: number } {
  const arrays = columns.map(() => '')
  let characters = 0
  let isFit = true
  let at = first
  for (; at < rows.length && at - first < MAX_ROWS && characters < MAX_CHARACTERS; at++) {
    const row = rows[at] ?? []
    for (let index = 0; index < columns.length; index++) {
      const text = element(row[index], columns[index]?.isBytes === true)
      if (text === undefined) isFit = false
      else {
        arrays[index] += at === first ? text : `,${text}`
        characters += text.length
      }
    }
  }
  return { arrays: isFit ? arrays.map((list) => `{${list}}`) : undefined, count: at - first }
}

/** A value in an array literal; undefined for what the package sends otherwise than as text. */
function element(value: unknown, isBytes: boolean): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'undefined':
      return 'NULL'
    case 'object':
      if (value === null) return 'NULL'
      if (value instanceof Date) return quoted(String(bindValue(value)))
      if (!isBytes || !(value instanceof Uint8Array)) return undefined
      return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`
    case 'symbol':
    case 'function':
      return undefined
  }
}

function quoted(text: string): string {
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${text}"`
}
