import type { Dialect } from '../sql/compile/dialect.ts'
import type { CheckConstraint } from '../sql/schema/check-constraint.ts'
import { TableClass } from '../sql/schema/table.ts'
import { differentBecause, EQUAL, type ComparisonResult } from './comparison-result.ts'
import { namesNewColumn, type DefinitionPair } from './table-definitions.ts'

/** Two conditions, in the server's own words. */
export interface WrittenPair {
  readonly there: string
  readonly wanted: string
}

/**
 * Compares the conditions of two CHECK constraints as the server writes them. Where it wrote none (`null`) they are taken to
 * be equal, unless the model's names a column that the database has yet to get.
 */
export function compareWrittenChecks(
  { inspected, metadata }: DefinitionPair<CheckConstraint>,
  written: WrittenPair | null,
  { ddl }: Dialect,
): ComparisonResult {
  if (written !== null) {
    if (written.there === written.wanted) return EQUAL
    return differentBecause([`'${written.there}' to '${written.wanted}'`])
  }
  const [old, now] = [inspected, metadata].map((check) => ddl.constraints.checkCondition(check))
  if (old === undefined || now === undefined || old === now) return EQUAL
  const [there, wanted] = [asTable(inspected.table), asTable(metadata.table)]
  const isNew =
    there !== null && wanted !== null && namesNewColumn(now, { inspected: there, metadata: wanted })
  return isNew
    ? differentBecause([`'${old}' to '${now}'`])
    : { kind: 'skip', reasons: [`The server can't say how it would write '${now}'.`] }
}

function asTable(table: CheckConstraint['table']): TableClass | null {
  return table instanceof TableClass ? (table as TableClass) : null
}
