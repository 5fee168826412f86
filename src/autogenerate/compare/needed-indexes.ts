import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import type { TableClass } from '../../sql/schema/table.ts'

/** An index, a unique constraint, or the primary key, which has no name here. */
interface TableIndex {
  readonly name: string | null
  readonly columns: readonly string[]
}

/** Everything in a table that can serve a foreign key. */
function indexesOf(table: TableClass): readonly TableIndex[] {
  const names = (columns: readonly { readonly name: string }[]): string[] =>
    columns.map(({ name }) => name)
  const uniques = table.constraints.filter((one) => one instanceof UniqueConstraint)
  return [
    { name: null, columns: names(table.primaryKey.columns) },
    ...uniques.map((unique) => ({ name: unique.name ?? '', columns: names(unique.columns) })),
    ...table.indexes.map((index) => ({ name: index.name ?? '', columns: names(index.columns) })),
  ]
}

/** Whether an index begins with the columns of a foreign key, in whatever order. */
export function isServedBy(
  columns: readonly string[],
  index: Pick<TableIndex, 'columns'>,
): boolean {
  const first = index.columns.slice(0, columns.length)
  return first.length === columns.length && columns.every((column) => first.includes(column))
}

/** Whether a foreign key's columns are served by such indexes alone as have one of these lists of columns. */
export function isServedOnlyBy(
  table: TableClass,
  indexes: readonly (readonly string[])[],
  columns: readonly string[],
): boolean {
  const lists = new Set(indexes.map((index) => JSON.stringify(index)))
  const serving = indexesOf(table).filter((index) => isServedBy(columns, index))
  return serving.length > 0 && serving.every((index) => lists.has(JSON.stringify(index.columns)))
}

/** Whether the indexes that serve a foreign key's columns all go; the primary key goes by no name. */
export function losesService(
  table: TableClass,
  dropped: ReadonlySet<string | null>,
  columns: readonly string[],
): boolean {
  const serving = indexesOf(table).filter((index) => isServedBy(columns, index))
  return serving.length > 0 && serving.every(({ name }) => dropped.has(name))
}
