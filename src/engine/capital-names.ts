import type { IdentifierPreparer } from '../sql/compile/identifier-preparer.ts'

// Servers that follow the SQL standard keep names without quotes in capitals. As in SQLAlchemy, such a name is written in
// lower case here, and capitals are what was quoted.

/** The key of a value in a row: a name without quotes comes in capitals, and is written in lower case in programs. */
export function keyFromServer(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name
}

/** A name of the catalog as models write it. */
export function nameFromCatalog(stored: string, preparer: IdentifierPreparer): string {
  const lower = stored.toLowerCase()
  return stored === stored.toUpperCase() && !preparer.requiresQuotes(lower) ? lower : stored
}

/** A name of a model as the catalog has it. */
export function nameInCatalog(name: string, preparer: IdentifierPreparer): string {
  return preparer.requiresQuotes(name) ? name : name.toUpperCase()
}

/** Rows about columns of named objects, with their names as models write them. */
export function rowsFromCatalog<
  Row extends { readonly table: string; readonly name: string; readonly column: string },
>(rows: readonly Row[], preparer: IdentifierPreparer): readonly Row[] {
  return rows.map((row) => ({
    ...row,
    table: nameFromCatalog(row.table, preparer),
    name: nameFromCatalog(row.name, preparer),
    column: nameFromCatalog(row.column, preparer),
  }))
}
