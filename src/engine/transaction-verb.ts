/** What a statement does to the transaction. */
export type TransactionVerb = 'begin' | 'commit' | 'rollback'

const VERBS: readonly (readonly [RegExp, TransactionVerb])[] = [
  [/^(?:BEGIN|START)(?: WORK| TRANSACTION)?$/i, 'begin'],
  [/^COMMIT(?: WORK| TRANSACTION)?$/i, 'commit'],
  [/^ROLLBACK(?: WORK| TRANSACTION)?$/i, 'rollback'],
]

/** Tells the statements apart for which a package has functions instead of SQL; undefined for every other one. */
export function transactionVerb(sql: string): TransactionVerb | undefined {
  const words = sql.replace(/;\s*$/, '').trim().replaceAll(/\s+/g, ' ')
  return VERBS.find(([pattern]) => pattern.test(words))?.[1]
}
