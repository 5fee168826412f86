import type { Refusal } from './row.ts'

/** What SQLite says to operations on constraints. */
export const CONSTRAINTS_BY_BATCH: Refusal = {
  refused:
    "No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy. Here that is op.batchAlterTable('t', …).",
}

/** What SQLite says to what its ALTER TABLE can't do. */
export function byBatch(what: string): Refusal {
  return {
    refused: `SQLite's ALTER TABLE can't ${what}; use op.batchAlterTable('t', …), which makes the table anew`,
  }
}

/** SQLite's warning of comments that it can't keep. */
export const NO_COMMENTS = '! Comments are left out: sqlite has no comments on tables and columns'

/** What databases say whose enumerations are no types of their own. */
export function noEnums(dialect: string): Refusal {
  return {
    refused: `Dialect ${dialect} has no enumeration types with names of their own, their values stand with each column; change those with op.alterColumn(…, { type: sa.Enum(…) }), or guard the operation with the dialect's name`,
  }
}
