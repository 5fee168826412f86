import * as sa from '../../src/sa.ts'

/** A row of the table that is filled: six columns, as a migration would write it. */
export type BulkRow = {
  readonly id: number
  readonly email: string
  readonly name: string | null
  readonly visits: number
  readonly balance: number
  /** In the form in which SQLite keeps it, so that what is compared stores the same. */
  readonly joined: string
}

/** The names of the columns, in the table's order. */
export const NAMES = ['id', 'email', 'name', 'visits', 'balance', 'joined'] as const

export const CREATE =
  'CREATE TABLE people (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(60) NOT NULL, name VARCHAR(60), visits INTEGER NOT NULL, balance DOUBLE PRECISION NOT NULL, joined TIMESTAMP NOT NULL)'

export const people: ReturnType<typeof sa.table> = sa.table(
  'people',
  sa.column('id', sa.Integer()),
  sa.column('email', sa.String(60)),
  sa.column('name', sa.String(60)),
  sa.column('visits', sa.Integer()),
  sa.column('balance', sa.Double()),
  sa.column('joined', sa.DateTime()),
)

/** The rows, each made when it is asked for. */
export function* rowsUpTo(count: number): Generator<BulkRow, void> {
  for (let id = 1; id <= count; id++) yield rowOf(id)
}

/** The same from a source that is asynchronous, as a file or another database is. */
export async function* asyncRowsUpTo(count: number): AsyncGenerator<BulkRow, void> {
  for (let id = 1; id <= count; id++) {
    if (id % 1000 === 0) await Promise.resolve()
    yield rowOf(id)
  }
}

function rowOf(id: number): BulkRow {
  return {
    id,
    email: `person.${id}@example.org`,
    name: id % 10 === 0 ? null : `O'Person the ${id}th`,
    visits: id % 977,
    balance: id / 7,
    joined: `2024-0${1 + (id % 9)}-1${id % 10} 12:${10 + (id % 50)}:00.000000`,
  }
}
