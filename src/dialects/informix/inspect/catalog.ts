import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import { queryCatalog, withNames, type CatalogFilter } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'

/** Tables of the server itself have numbers below this one. */
export const FIRST_TABLE = 100

/** The owner that a query asks for; without one all owners' tables are meant, as names without owner find them. */
export function ownedBy(schema: string | null): CatalogFilter {
  return schema === null
    ? { where: `t.tabid >= ${FIRST_TABLE}`, parameters: [] }
    : { where: `t.tabid >= ${FIRST_TABLE} AND t.owner = ?`, parameters: [schema] }
}

/** The tables that a scope means, for a query in which `t` is `systables`. */
export function tablesIn({ schema, tables, views }: CatalogScope): CatalogFilter {
  const { where, parameters } = ownedBy(schema)
  const kinds = views === true ? "'T', 'V'" : "'T'"
  const filter = { where: `${where} AND t.tabtype IN (${kinds})`, parameters }
  return withNames(filter, 't.tabname', tables)
}

/** Runs a query whose column `name` is a name. */
export async function readNames(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly string[]> {
  const rows = await queryCatalog<{ readonly name: string }>(connection, sql, parameters)
  return rows.map(({ name }) => name.trimEnd())
}

// An index has up to sixteen columns, by number; those in descending order have a minus sign.
const PARTS = Array.from({ length: 16 }, (_, index) => index + 1)

/** Where a column (`c`) stands in an index (`i`); the query's join condition is `isPart()`. */
export function positionIn(index: string, column: string): string {
  const whens = PARTS.map((part) => `WHEN ABS(${index}.part${part}) THEN ${part}`)
  return `CASE ${column}.colno ${whens.join(' ')} END`
}

/** Whether a column belongs to an index. */
export function isPart(index: string, column: string): string {
  const parts = PARTS.map((part) => `ABS(${index}.part${part})`)
  return `${column}.tabid = ${index}.tabid AND ${column}.colno IN (${parts.join(', ')})`
}

/** 1 where a column is in descending order in an index, else 0. */
export function isDescending(index: string, column: string): string {
  const parts = PARTS.map((part) => `-${index}.part${part}`)
  return `CASE WHEN ${column}.colno IN (${parts.join(', ')}) THEN 1 ELSE 0 END`
}
