import type { Connection } from './connection.ts'
import type { ReflectedPrimaryKey, ReflectedUniqueConstraint } from './reflected.ts'

/** Runs one query. */
export async function queryCatalog<Row>(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { rows } = await connection.execute(sql, parameters)
  return rows as readonly Row[]
}

/** Puts rows together by table, in their order. */
export function groupByTable<Row extends { readonly table: string }, Item>(
  rows: readonly Row[],
  read: (row: Row) => Item,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const group = groups.get(row.table)
    if (group === undefined) groups.set(row.table, [read(row)])
    else group.push(read(row))
  }
  return groups
}

/** Puts rows that tell of one object each, by table and name, together as those objects. */
export function groupByName<Row extends { readonly table: string; readonly name: string }, Item>(
  rows: readonly Row[],
  read: (first: Row, all: readonly Row[]) => Item,
): Map<string, Item[]> {
  const objects = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    const key = JSON.stringify([row.table, row.name])
    const object = objects.get(key)
    if (object === undefined) objects.set(key, [row])
    else object.push(row)
  }
  const tables = new Map<string, Item[]>()
  for (const object of objects.values()) {
    const [first] = object
    const items = tables.get(first.table) ?? []
    tables.set(first.table, items)
    items.push(read(first, object))
  }
  return tables
}

/** Primary keys, of keys of which each table has one at most. */
export function asPrimaryKeys(
  keys: ReadonlyMap<string, readonly ReflectedUniqueConstraint[]>,
): Map<string, ReflectedPrimaryKey> {
  return new Map(
    [...keys].flatMap(([table, [key]]) =>
      key === undefined ? [] : [[table, { name: key.name, constrainedColumns: key.columnNames }]],
    ),
  )
}

/** A condition, and the values of its placeholders. */
export interface CatalogFilter {
  readonly where: string
  readonly parameters: readonly unknown[]
}

// A longer list of names is no filter but a survey, and servers have their limits (Firebird: 1500).
const MAX_NAMES = 1000

/** `filter`, narrowed to the rows where `term` is one of `names`; `null` is all. Placeholders are `?`. */
export function withNames(
  filter: CatalogFilter,
  term: string,
  names: readonly string[] | null,
): CatalogFilter {
  if (names === null || names.length > MAX_NAMES) return filter
  const condition = names.length === 0 ? '1 = 0' : `${term} IN (${names.map(() => '?').join(', ')})`
  return {
    where: `${filter.where} AND ${condition}`,
    parameters: [...filter.parameters, ...names],
  }
}
