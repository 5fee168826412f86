import type { Connection } from '../engine/connection.ts'

/** What a statement does, as far as a run must know to go on after a crash. */
export type StatementNature =
  /** Reads only: is run again. */
  | 'read'
  /** Changes the session only (`SET`, a temporary table): is run again, the new session has nothing of it. */
  | 'session'
  /** Changes rows, inside a transaction where one is open. */
  | 'data'
  /** Changes the schema. */
  | 'schema'
  /** May do anything: a procedure's call. */
  | 'opaque'

/**
 * What a database can tell a run that could not be rolled back as a whole. A statement that commits by itself was either
 * carried out or not when the process died; the objects that it names show which.
 */
export interface JournalSupport {
  natureOf(sql: string): StatementNature
  /**
   * Whether the statement begins, or ends, a part in which the journal's own table can't be written: nothing in it has an
   * entry of its own, and a crash inside of it is for a human to judge.
   */
  shuts?(sql: string): 'begin' | 'end' | undefined
  /**
   * Whether a statement that commits is committed together with what its transaction did before: with its entry, so that
   * a crash leaves both or none. Without it the commit comes first.
   */
  readonly commitsWithEntry?: boolean
  /** How many characters of a statement are kept, where a row can't hold 2,000 bytes for each 300; default 400. */
  readonly excerptLength?: number
  /** A text that changes as soon as an object does that the statement names; `null` where that can't be told. */
  fingerprint(connection: Connection, sql: string): Promise<string | null>
  /** Takes away what a failed or killed statement left half done, such as an invalid index. */
  clearRemains(connection: Connection, sql: string): Promise<void>
}

const VERBS: readonly (readonly [RegExp, StatementNature])[] = [
  [/^(?:SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|VALUES|TABLE)\b/i, 'read'],
  [/^(?:SET|USE|RESET|DISCARD|LOCK|UNLOCK|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK)\b/i, 'session'],
  [/^CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?TEMP(?:ORARY)?\b/i, 'session'],
  [/^DROP\s+TEMPORARY\b/i, 'session'],
  [/^(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|UPSERT|LOAD)\b/i, 'data'],
  [/^WITH\b[^]*\b(?:INSERT|UPDATE|DELETE|MERGE)\b/i, 'data'],
  [/^WITH\b/i, 'read'],
  [
    /^(?:CREATE|ALTER|DROP|RENAME|TRUNCATE|COMMENT|GRANT|REVOKE|REINDEX|VACUUM|ANALYZE|OPTIMIZE|REFRESH|CLUSTER|REORG)\b/i,
    'schema',
  ],
]

/** What the first words of a statement say; databases add what is their own. */
export function natureByVerb(sql: string): StatementNature {
  const text = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/|\()+/, '')
  return VERBS.find(([verb]) => verb.test(text))?.[1] ?? 'opaque'
}

/** A database whose objects are not looked at: a statement that was under way is for a human to judge. */
export const journalByVerb: JournalSupport = {
  natureOf: natureByVerb,
  fingerprint: () => Promise.resolve(null),
  clearRemains: () => Promise.resolve(),
}
