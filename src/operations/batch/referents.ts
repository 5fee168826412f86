import { ColumnClass } from '../../sql/schema/column.ts'
import {
  assertTargetKnown,
  ForeignKeyConstraint,
  namedTarget,
} from '../../sql/schema/foreign-key.ts'
import type { MetaData } from '../../sql/schema/metadata.ts'
import { BLANK_SCHEMA, TableClass } from '../../sql/schema/table.ts'

/** Lets a table of the `MetaData` stand for what a foreign key of the old table points at. */
export function addReferent(metadata: MetaData, constraint: ForeignKeyConstraint): void {
  const { schema, table, columns } = constraint.referred
  const known = metadata.tables.get(schema === null ? table : `${schema}.${table}`)
  const referent = known ?? new TableClass(table, metadata, [], { schema: schema ?? BLANK_SCHEMA })
  for (const name of columns) {
    if (referent.findColumn(name) === undefined) {
      referent.appendColumn(new ColumnClass(name, null, [], {}))
    }
  }
}

/** A foreign key with its target in another schema. */
export function retargeted(constraint: ForeignKeyConstraint, schema: string): ForeignKeyConstraint {
  const { table, columns } = constraint.referred
  const { onupdate, ondelete, match, useAlter, deferrable, initially } = constraint
  return new ForeignKeyConstraint(
    constraint.columnKeys,
    columns.map((column) => namedTarget(schema, table, column)),
    { onupdate, ondelete, match, useAlter, deferrable, initially, ...constraint.dialectOptions },
  )
}

/**
 * Makes sure that what foreign keys of the new table point at is known: other tables only by the old table's keys.
 *
 * @throws NoReferencedTableError
 */
export function assertReferents(built: TableClass): void {
  for (const constraint of built.foreignKeyConstraints) {
    assertTargetKnown(
      constraint,
      'a key to another table is no table argument of a batch, add it with batchOp.createForeignKey()',
    )
  }
}
