import { ColumnExpression } from '../sql/elements/column-expression.ts'
import type { ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import { UniqueConstraint } from '../sql/schema/key-constraints.ts'
import type { Index } from '../sql/schema/table-index.ts'

/**
 * What makes a unique constraint or index what it is, leaving its name aside: two are alike where this text is. The order of a
 * unique constraint's columns counts where `ordered` says so.
 */
export function unnamedSignature(object: UniqueConstraint | Index, ordered = false): string {
  if (object instanceof UniqueConstraint) {
    const names = columnNames(object)
    return JSON.stringify(['unique', ...(ordered ? names : names.toSorted())])
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
  const columns = constraint.columns.map((column) => column.name)
  const reference = { columns, referred, onupdate, ondelete, initially, deferrable }
  return JSON.stringify([
    effectiveSchema(table?.schema ?? null, defaultSchema),
    table?.name ?? null,
    referenceSignature(reference, defaultSchema),
  ])
}

/** What a foreign key says. */
export interface Reference {
  readonly columns: readonly string[]
  readonly referred: {
    readonly schema: string | null
    readonly table: string
    readonly columns: readonly string[]
  }
  readonly onupdate?: string | null
  readonly ondelete?: string | null
  readonly initially?: string | null
  readonly deferrable?: boolean | null
}

/** The same of what a foreign key says, leaving its own table aside. */
export function referenceSignature(
  { columns, referred, onupdate, ondelete, initially, deferrable }: Reference,
  defaultSchema: string | null,
): string {
  const isDeferred = initially?.toLowerCase() === 'deferred'
  return JSON.stringify([
    columns,
    effectiveSchema(referred.schema, defaultSchema),
    referred.table,
    referred.columns,
    action(onupdate),
    action(ondelete),
    isDeferred ? 'initially deferred' : deferrable === true ? 'deferrable' : 'not deferrable',
  ])
}

function effectiveSchema(schema: string | null, defaultSchema: string | null): string | null {
  return schema === defaultSchema ? null : schema
}

function action(text: string | null | undefined): string | null {
  const lower = text?.toLowerCase() ?? null
  return lower === 'no action' || lower === '' ? null : lower
}
