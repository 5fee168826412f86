import type { IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { nameParts } from '../../../sql/elements/identifier.ts'
import { nameString } from './name-string.ts'
import type { DropColumnConstraint } from './statements.ts'

/** The catalog view that has constraints of a kind, and the prefix of its columns that say what it stands on. */
const CATALOG = {
  default: { from: ' sys.default_constraints', prefix: '' },
  check: { from: ' sys.check_constraints', prefix: '' },
  foreignKey: {
    from: '\nsys.foreign_keys fk join sys.foreign_key_columns fkc\non fk.object_id=fkc.constraint_object_id',
    prefix: 'fkc.',
  },
} as const

/** The batch that looks a column's constraint up by what it stands on, and drops it. Where there is none, it does nothing. */
export function dropColumnConstraint(
  preparer: IdentifierPreparer,
  { of, table, column }: Omit<DropColumnConstraint, 'kind'>,
): string {
  const { from, prefix } = CATALOG[of]
  const quoted = (text: string): string => nameString(text, preparer.traits)
  const owner = table.schema === null ? '' : `${table.schema}.`
  return `declare @const_name varchar(256)
select @const_name = QUOTENAME([name]) from${from}
where ${prefix}parent_object_id = object_id(${quoted(owner + table.name)})
and col_name(${prefix}parent_object_id, ${prefix}parent_column_id) = ${quoted(nameParts(column).text)}
exec(${quoted(`alter table ${preparer.formatAlteredTable(table)} drop constraint `)} + @const_name)`
}
