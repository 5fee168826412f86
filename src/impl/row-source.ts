import { OperationError } from '../errors/operation-error.ts'
import { isPlainObject } from '../sql/schema/dialect-options.ts'
import type { InsertRow } from './row-batch.ts'

/** Rows to insert: a list, or what gives them one after the other, such as a generator. */
export type RowSource<Row = InsertRow> = Iterable<Row> | AsyncIterable<Row>

/** A row, and how many came before it. */
export interface RowInTurn {
  readonly row: InsertRow
  readonly position: number
}

/** Iterators that were read: they have nothing left, and say so as an empty one does. */
const READ = new WeakSet<object>()

/** Reads rows as they are asked for, once. */
export class RowReader {
  /** All rows, where they are a list. */
  readonly list: readonly InsertRow[] | null
  readonly #iterator: Iterator<InsertRow> | AsyncIterator<InsertRow>
  readonly #isAsync: boolean
  #position = 0
  #isDone = false

  /** @throws OperationError for what gives no rows, or was read before and has none left */
  constructor(rows: RowSource) {
    this.list = Array.isArray(rows) ? rows : null
    // Of a list all is known before the first row is sent.
    for (const row of this.list ?? []) assertRow(row)
    this.#isAsync = isIterable(rows, Symbol.asyncIterator)
    this.#iterator = iteratorOf(rows)
  }

  /** Whether the last row was read. */
  get isDone(): boolean {
    return this.#isDone
  }

  /** Gives rows with their positions to `take` until it returns `false`, or none are left. */
  async read(take: (row: InsertRow, position: number) => boolean): Promise<void> {
    while (!this.#isDone) {
      // A source that fails has ended: it is not closed.
      this.#isDone = true
      let step = this.#iterator.next()
      if (this.#isAsync) step = await step
      const { done, value } = step as IteratorResult<InsertRow, InsertRow>
      if (done === true) return
      this.#isDone = false
      if (this.list === null) assertRow(value)
      if (!take(value, this.#position++)) return
    }
  }

  /** The rows one by one. */
  async *inTurn(): AsyncGenerator<RowInTurn, void> {
    let next: RowInTurn | undefined
    const take = (row: InsertRow, position: number): boolean => {
      next = { row, position }
      return false
    }
    try {
      for (;;) {
        next = undefined
        await this.read(take)
        if (next === undefined) return
        yield next
      }
    } finally {
      await this.close()
    }
  }

  /** Lets the source clean up where rows are left: after a failure, which is the one to know of. */
  async close(): Promise<void> {
    if (this.#isDone) return
    this.#isDone = true
    try {
      await this.#iterator.return?.()
    } catch {
      // As `for await` does it.
    }
  }
}

/** The first row, and all of them again. */
export async function peekRow(
  rows: RowSource,
): Promise<{ readonly first: InsertRow | undefined; readonly rows: RowSource }> {
  const reader = new RowReader(rows)
  if (reader.list !== null) return { first: reader.list[0], rows }
  const inTurn = reader.inTurn()
  const { value, done } = await inTurn.next()
  if (done === true) return { first: undefined, rows: [] }
  return { first: value.row, rows: startingWith(value.row, inTurn) }
}

async function* startingWith(
  first: InsertRow,
  rest: AsyncGenerator<RowInTurn, void>,
): AsyncGenerator<InsertRow, void> {
  try {
    yield first
    for await (const { row } of rest) yield row
  } finally {
    await rest.return()
  }
}

function assertRow(row: unknown): void {
  if (isPlainObject(row)) return
  throw new OperationError('List of dictionaries expected: each row is an object by column name')
}

function iteratorOf(rows: unknown): Iterator<InsertRow> | AsyncIterator<InsertRow> {
  if (isIterable(rows, Symbol.asyncIterator)) return notRead(rows, rows[Symbol.asyncIterator]())
  if (isIterable(rows, Symbol.iterator)) return notRead(rows, rows[Symbol.iterator]())
  throw new OperationError('List expected: bulkInsert takes rows')
}

/** A migration that is tried again would insert nothing, and say nothing. */
function notRead<T>(rows: object, iterator: T): T {
  const isOnce = (iterator as unknown) === rows
  if (isOnce && READ.has(rows)) {
    throw new OperationError(
      'The rows given to bulkInsert were read already, and can be read once; make the iterator inside upgrade() or downgrade()',
    )
  }
  if (isOnce) READ.add(rows)
  return iterator
}

function isIterable<S extends typeof Symbol.iterator | typeof Symbol.asyncIterator>(
  value: unknown,
  symbol: S,
): value is Record<S, () => Iterator<InsertRow> & AsyncIterator<InsertRow>> {
  if (typeof value !== 'object' || value === null) return false
  return typeof (value as Partial<Record<symbol, unknown>>)[symbol] === 'function'
}
