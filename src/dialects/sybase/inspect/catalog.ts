import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog, withNames, type CatalogFilter } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'

/** An index or foreign key has up to this many columns. */
export const MAX_KEY_COLUMNS = 16

/** Owner and kind of objects, for a query in which `o` is `sysobjects`: `U` tables, `V` views. */
export function objectsOf(schema: string | null, kinds: string): CatalogFilter {
  const owner = schema === null ? 'user_id()' : 'user_id(?)'
  return {
    where: `o.uid = ${owner} AND o.type IN (${kinds})`,
    parameters: schema === null ? [] : [schema],
  }
}

/** The tables that a scope means, for a query in which `o` is `sysobjects`. */
export function tablesIn({ schema, tables, views }: CatalogScope): CatalogFilter {
  return withNames(objectsOf(schema, views === true ? "'U', 'V'" : "'U'"), 'o.name', tables)
}

/** Runs a query whose column `name` is a name. */
export async function readNames(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(connection, sql, parameters)
  return rows.map(({ name }) => name)
}

/** `term(1) AS c1, term(2) AS c2, …`: the columns of a key, which the catalog keeps side by side. */
export function keyColumns(prefix: string, term: (position: number) => string): string {
  const positions = Array.from({ length: MAX_KEY_COLUMNS }, (_, index) => index + 1)
  return positions.map((position) => `${term(position)} AS ${prefix}${position}`).join(', ')
}

/** The values of `keyColumns()` in a row, up to the first that is missing. */
export function keyValues(row: object, prefix: string): readonly string[] {
  const values: string[] = []
  for (let position = 1; position <= MAX_KEY_COLUMNS; position += 1) {
    const value = (row as Readonly<Record<string, unknown>>)[`${prefix}${position}`]
    if (typeof value !== 'string') break
    values.push(value)
  }
  return values
}
