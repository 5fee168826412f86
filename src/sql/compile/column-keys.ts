import type { OwnerTable } from '../schema/owner.ts'
import type { IdentifierPreparer } from './identifier-preparer.ts'

/** The names of columns that are given by key, with commas; a key that the table lacks counts as a name. */
export function quoteColumnKeys(
  preparer: IdentifierPreparer,
  table: OwnerTable | null,
  keys: readonly string[],
): string {
  const names = keys.map((key) => {
    const column = table?.findColumn(key)
    return preparer.quote(column?.name ?? key, column?.quote ?? null)
  })
  return names.join(', ')
}
