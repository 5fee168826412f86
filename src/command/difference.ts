import { describeDiffs } from '../autogenerate/describe-diffs.ts'
import { ColumnClass } from '../sql/schema/column.ts'
import { Constraint } from '../sql/schema/constraint.ts'
import { TableClass } from '../sql/schema/table.ts'
import { Index } from '../sql/schema/table-index.ts'

/** A difference between models and database, in words. */
export interface Difference {
  /** `add_table`, `remove_column`, `modify_type`, …, as in Alembic's `compare_metadata()`. */
  readonly kind: string
  readonly schema: string | null
  readonly table: string | null
  /** Of the column, index or constraint; null for a table, and where it has none. */
  readonly name: string | null
  readonly description: string
}

/** Puts the tuples of `compareMetadata()` in words; a list of them, for one column, counts as several. */
export function differences(diffs: readonly unknown[]): Difference[] {
  return diffs.flatMap((diff) => {
    if (!Array.isArray(diff)) return []
    const tuple = diff as readonly unknown[]
    return Array.isArray(tuple[0]) ? differences(tuple) : [difference(tuple)]
  })
}

function difference(tuple: readonly unknown[]): Difference {
  const [kind, subject, table, item] = tuple
  // `[kind, schema, table, column or its name, …]`, or `[kind, object, …]`
  const place =
    subject === null || typeof subject === 'string'
      ? { schema: subject, table: text(table), name: nameOf(item) }
      : placeOf(subject)
  return { kind: String(kind), ...place, description: describeDiffs([tuple]).slice(2, -2) }
}

function placeOf(subject: unknown): Pick<Difference, 'schema' | 'table' | 'name'> {
  if (subject instanceof TableClass)
    return { schema: text(subject.schema), table: text(subject.name), name: null }
  if (!(subject instanceof Index || subject instanceof Constraint))
    return { schema: null, table: null, name: null }
  const { table } = subject
  return {
    schema: text(table?.schema),
    table: text(table?.name),
    name: text(subject.name),
  }
}

function nameOf(item: unknown): string | null {
  return text(item instanceof ColumnClass ? item.name : item)
}

/** Names may be objects that say how they are quoted. */
function text(name: unknown): string | null {
  if (name === null || name === undefined) return null
  return typeof name === 'string' ? name : (name as { toString(): string }).toString()
}
