import type { ReflectedTable } from './reflected.ts'

/**
 * The tables whose parts don't belong together: without columns, or with keys and indexes on columns that they don't have.
 * Another session may have dropped or made them between two queries of the catalog.
 */
export function tornTables(tables: Iterable<ReflectedTable>): readonly string[] {
  return [...tables].filter((table) => isTorn(table)).map(({ name }) => name)
}

function isTorn(table: ReflectedTable): boolean {
  const columns = new Set(table.columns.map(({ name }) => name))
  const used = [
    ...table.primaryKey.constrainedColumns,
    ...table.foreignKeys.flatMap(({ constrainedColumns }) => constrainedColumns),
    ...table.uniqueConstraints.flatMap(({ columnNames }) => columnNames),
    ...table.indexes.flatMap(({ columnNames }) => columnNames),
  ]
  return columns.size === 0 || used.some((name) => name !== null && !columns.has(name))
}
