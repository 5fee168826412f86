import { withoutLeadingComments } from '../../../sql/split/leading-comments.ts'

/** SQL Server 2022, Transact-SQL reference, BEGIN TRANSACTION and "Statements allowed in transactions": what is not. */
const REFUSED =
  /^(?:(?:CREATE|ALTER|DROP)\s+(?:DATABASE\b(?!\s+(?:SCOPED|AUDIT)\b)|FULLTEXT\s+(?:CATALOG|INDEX)\b)|BACKUP\b|RESTORE\b|RECONFIGURE\b)/i

/** Whether the server runs `sql` outside of a transaction only. */
export function refusesTransactions(sql: string): boolean {
  return REFUSED.test(withoutLeadingComments(sql))
}
