import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedPrimaryKey, ReflectedUniqueConstraint } from '../../../engine/reflected.ts'
import { groupByTable } from './catalog-rows.ts'
import type { ConstraintRows } from './constraint-rows.ts'

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  constraints: ConstraintRows,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const rows = await constraints.ofKind('p', scope)
  return new Map(
    rows.map((row) => [
      row.table,
      {
        constrainedColumns: row.columns.slice(0, row.key_columns),
        name: row.name,
        comment: row.comment,
        dialectOptions: { postgresql: { include: row.columns.slice(row.key_columns) } },
      },
    ]),
  )
}

export async function readUniqueConstraints(
  constraints: ConstraintRows,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const rows = await constraints.ofKind('u', scope)
  return groupByTable(rows, (row) => ({
    name: row.name,
    columnNames: row.columns.slice(0, row.key_columns),
    comment: row.comment,
    dialectOptions: {
      postgresql: {
        include: row.columns.slice(row.key_columns),
        nullsNotDistinct: row.nulls_not_distinct,
      },
    },
  }))
}
