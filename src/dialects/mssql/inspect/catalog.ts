import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import { schemaElements } from '../compile/identifiers.ts'

/** Tables and views as `o`, their schemas as `s`: the middle of a query, and the values of its placeholders. */
export interface CatalogSource {
  /** The catalog views' schema, with the database that the scope names: `sys`, `[shop].sys`. */
  readonly sys: string
  readonly from: string
  readonly where: string
  readonly parameters: readonly unknown[]
}

// The protocol takes 2100 parameters; a longer list of names is no filter but a survey.
const MAX_NAMES = 1000

/** The schema that `null` stands for. */
export function defaultSchema(connection: Connection): string {
  return connection.dialect.traits.defaultSchemaName ?? 'dbo'
}

/** Where a schema's objects are found: the catalog views to ask, and the schema's own name. */
export function schemaSource(
  connection: Connection,
  schema: string | null,
): { readonly sys: string; readonly owner: string } {
  const { database, owner } = schemaElements(schema ?? defaultSchema(connection))
  return database === null
    ? { sys: 'sys', owner }
    : { sys: `${connection.dialect.preparer.quote(database)}.sys`, owner }
}

/** The tables that a scope means; the server's own are left out. */
export function tablesIn(connection: Connection, scope: CatalogScope): CatalogSource {
  const { sys, owner } = schemaSource(connection, scope.schema)
  const { tables } = scope
  const kinds = scope.views === true ? "'U', 'V'" : "'U'"
  const conditions = ['s.name = @1', `o.type IN (${kinds})`, 'o.is_ms_shipped = 0']
  const parameters: unknown[] = [owner]
  if (tables !== null && tables.length <= MAX_NAMES) {
    const placeholders = tables.map((_, index) => `@${index + 2}`)
    conditions.push(tables.length === 0 ? '1 = 0' : `o.name IN (${placeholders.join(', ')})`)
    parameters.push(...tables)
  }
  return {
    sys,
    from: `${sys}.objects o JOIN ${sys}.schemas s ON s.schema_id = o.schema_id`,
    where: conditions.join(' AND '),
    parameters,
  }
}
