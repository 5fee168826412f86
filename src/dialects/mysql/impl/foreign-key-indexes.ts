import type { IndexesAndUniques } from '../../../impl/comparison.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { TableClass } from '../../../sql/schema/table.ts'

/** A foreign key, as far as its index may be called after it. */
interface NamedReference {
  readonly name: string | null
  readonly constrainedColumns: readonly string[]
}

/** Whether an index may be the one that the server made for a foreign key: it is called as the column or as the key. */
export function isNamedForForeignKey(
  name: string | null,
  columns: readonly (string | null)[],
  keys: readonly NamedReference[],
): boolean {
  if (name !== null && columns.includes(name)) return true
  // Its index keeps the name that a foreign key had when its table got another one.
  const isInnodbs = name !== null && /_ibfk_\d+$/.test(name)
  return keys.some(
    (key) =>
      (key.name === name && key.constrainedColumns.some((column) => columns.includes(column))) ||
      (isInnodbs && key.constrainedColumns.join('\0') === columns.join('\0')),
  )
}

/** The same of the index of a table. */
export function isForForeignKey({ name, columns, table }: Index): boolean {
  const keys = keysOf(table).map((key) => ({
    name: key.name,
    constrainedColumns: key.columns.map((column) => column.name),
  }))
  return isNamedForForeignKey(
    name,
    columns.map((column) => column.name),
    keys,
  )
}

/** Whether the index is there for a foreign key of the database that the models no longer have: it would stay behind. */
export function isLeftOver(
  index: Index,
  { metadataIndexes, metadataTable }: IndexesAndUniques,
): boolean {
  const names = index.columns.map((column) => column.name)
  const isOn = (key: ForeignKeyConstraint): boolean =>
    key.columns.every((column, at) => column.name === names[at])
  if ([...metadataIndexes].some(({ name }) => name === index.name)) return false
  return (
    keysOf(index.table).some(isOn) && metadataTable !== null && !keysOf(metadataTable).some(isOn)
  )
}

function keysOf(table: unknown): readonly ForeignKeyConstraint[] {
  return table instanceof TableClass ? table.foreignKeyConstraints : []
}
