import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { tableLabel } from './existing-table.ts'

/** Whether one of two that are the same has another name, while something that it may be called after has one as well. */
export function isNamedAnew(
  context: AutogenContext,
  connTable: TableClass,
  old: ForeignKeyConstraint,
  now: ForeignKeyConstraint,
): boolean {
  const resolved = resolveName(now)
  if (resolved === null || old.name === null) return false
  if (context.dialect.preparer.fitConstraint(resolved) === old.name) return false
  const own = old.columns.map(({ name }) => connTable.findColumn(name))
  const isOwn = [connTable, ...own].some((one) => (one?.renamedFrom ?? null) !== null)
  return isOwn || isTargetRenamed(context, old)
}

/** Whether the table that a foreign key points at goes on under another name. */
export function isTargetRenamed(
  { dialect, reflected }: AutogenContext,
  { referred: { schema, table } }: Pick<ForeignKeyConstraint, 'referred'>,
): boolean {
  const { defaultSchemaName = null } = dialect.traits
  const label = tableLabel(schema === defaultSchemaName ? null : schema, table)
  return reflected.get(label)?.renamedFrom !== undefined
}
