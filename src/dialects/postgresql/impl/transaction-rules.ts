import { withoutLeadingComments } from '../../../sql/split/leading-comments.ts'

/**
 * PostgreSQL 15, the Notes of each command, and "PreventInTransactionBlock" in its source: what the server refuses inside a
 * transaction block. REFRESH MATERIALIZED VIEW CONCURRENTLY is not among them.
 */
const REFUSED: readonly RegExp[] = [
  /^VACUUM\b/i,
  /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i,
  /^DROP\s+INDEX\s+CONCURRENTLY\b/i,
  /^REINDEX\s+(?:\([^)]*\)\s*)?(?:INDEX|TABLE)\s+CONCURRENTLY\b/i,
  /^REINDEX\s*\([^)]*\bCONCURRENTLY\b/i,
  /^REINDEX\s+(?:\([^)]*\)\s*)?(?:SCHEMA|DATABASE|SYSTEM)\b/i,
  /^ALTER\s+TABLE\b[^;]*\bDETACH\s+PARTITION\b[^;]*\bCONCURRENTLY\s*;?\s*$/i,
  /^(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE)\b/i,
  /^ALTER\s+DATABASE\b[^;]*\bSET\s+TABLESPACE\b/i,
  /^ALTER\s+SYSTEM\b/i,
]

/** Whether the server runs `sql` outside of a transaction block only. */
export function refusesTransactions(sql: string): boolean {
  const text = withoutLeadingComments(sql)
  return REFUSED.some((form) => form.test(text))
}
