import type { DatabaseName } from '../../live/servers.ts'

/** Where a row runs. */
export interface On {
  readonly name: DatabaseName
  /** A second schema, which exists; on Firebird there is none of that name, as schemas came with version 6. */
  readonly schema: string
}

/** The error of a database that can't do it: the whole message, where `other` stands for the name of the second schema. */
export interface Refusal {
  readonly refused: string
}

/** What a database can do, but not take back. */
export interface OneWay {
  readonly changes: readonly string[]
  /** The error of the reverse. */
  readonly irreversible: string
}

/**
 * What the operation changes in the catalog: a line with `+` for what is there then, one with `-` for what is gone, and one
 * with `!` for a warning.
 */
export type Outcome = readonly string[] | Refusal | OneWay

/** What is expected of each database; `all` of those that are not named. */
export type Outcomes = Readonly<Partial<Record<DatabaseName | 'all', Outcome>>>

/** An operation, what is there before, and what comes of it on every database. */
export interface LiveRow {
  readonly title: string
  /** Makes what the operation needs. */
  readonly given?: (on: On) => unknown
  readonly run: (on: On) => unknown
  /** Takes `run` back, where its operations don't know how: SQL, rows, what is dropped by its name alone. */
  readonly back?: (on: On) => unknown
  /** The reverse of its reverse is left out: indexes of a table, or what stood behind a column, are not made again. */
  readonly once?: boolean
  /** A query whose rows are told with the catalog, on every database or on those named. */
  readonly rows?: string | Readonly<Partial<Record<DatabaseName, string>>>
  readonly changes: Outcomes
}

export function outcomeOn(name: DatabaseName, changes: Outcomes): Outcome {
  const outcome = changes[name] ?? changes.all
  if (outcome === undefined) throw new TypeError(`the row says nothing about ${name}`)
  return outcome
}
