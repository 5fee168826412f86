import { ColumnExpression } from '../sql/elements/column-expression.ts'
import type { ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import { UniqueConstraint } from '../sql/schema/key-constraints.ts'
import type { Index } from '../sql/schema/table-index.ts'

/** What makes a unique constraint or index what it is, leaving its name aside: two are alike where this text is. */
export function unnamedSignature(object: UniqueConstraint | Index): string {
  if (object instanceof UniqueConstraint) {
    return JSON.stringify(['unique', ...columnNames(object).toSorted()])
  }
  const elements = object.elements.map((element) =>
    element instanceof ColumnExpression ? element.name : null,
  )
  return JSON.stringify(['index', object.unique, ...elements])
}

/** The names of the columns, in order. */
export function columnNames(object: UniqueConstraint | Index): readonly string[] {
  return object.columns.map((column) => column.name)
}

/** What makes a foreign key what it is, leaving its name aside; a schema that is the default one counts as none. */
export function foreignKeySignature(
  constraint: ForeignKeyConstraint,
  defaultSchema: string | null,
): string {
  const { referred, table, onupdate, ondelete, initially, deferrable } = constraint
  const schemaOf = (name: string | null): string | null => (name === defaultSchema ? null : name)
  const isDeferred = initially?.toLowerCase() === 'deferred'
  return JSON.stringify([
    schemaOf(table?.schema ?? null),
    table?.name ?? null,
    constraint.columns.map((column) => column.name),
    schemaOf(referred.schema),
    referred.table,
    referred.columns,
    action(onupdate),
    action(ondelete),
    isDeferred ? 'initially deferred' : deferrable === true ? 'deferrable' : 'not deferrable',
  ])
}

function action(text: string | null): string | null {
  const lower = text?.toLowerCase() ?? null
  return lower === 'no action' || lower === '' ? null : lower
}
