import { ColumnClass } from '../sql/schema/column.ts'
import { PrimaryKeyConstraint } from '../sql/schema/key-constraints.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import { TableClass } from '../sql/schema/table.ts'
import { String } from '../sql/types/string.ts'

/** The version table, letter for letter the reference's: databases can be handed over in both directions. */
export function makeVersionTable(
  name: string,
  schema: string | null,
  primaryKey: boolean,
): TableClass {
  const column = new ColumnClass('version_num', String(32), [], { nullable: false })
  const key = PrimaryKeyConstraint('version_num', { name: `${name}_pkc` })
  return new TableClass(name, MetaData(), primaryKey ? [column, key] : [column], { schema })
}
