import { SqlExpression, TextClause } from '../sql/elements/expression.ts'
import { ColumnClass } from '../sql/schema/column.ts'
import { Constraint } from '../sql/schema/constraint.ts'
import { Sequence } from '../sql/schema/sequence.ts'
import { DefaultClause } from '../sql/schema/server-default.ts'
import { TableClass } from '../sql/schema/table.ts'
import { Index } from '../sql/schema/table-index.ts'
import { TypeEngine } from '../sql/types/type-engine.ts'

/** Differences as one line of text: lists as they are, objects by their names. */
export function describeDiffs(diffs: readonly unknown[]): string {
  return `[${diffs.map((diff) => describe(diff)).join(', ')}]`
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return describeDiffs(value)
  if (typeof value === 'string') return `'${value}'`
  if (value instanceof TypeEngine) return value.toString()
  if (value instanceof TableClass) {
    const columns = value.columns.map((column) => describe(column))
    return `Table('${value.key}'${columns.map((column) => `, ${column}`).join('')})`
  }
  if (value instanceof ColumnClass) {
    const nullable = value.nullable ? '' : ', nullable=false'
    return `Column('${value.name}', ${value.type.toString()}${nullable})`
  }
  if (value instanceof Index) return `Index('${value.name ?? ''}')`
  if (value instanceof Constraint) return `${value.kind}('${value.name ?? ''}')`
  if (value instanceof Sequence) return `Sequence('${value.name}')`
  if (value instanceof DefaultClause) return describe(value.arg)
  if (value instanceof TextClause) return `text('${value.text}')`
  if (value instanceof SqlExpression) return value.kind
  if (typeof value !== 'object' || value === null) return String(value)
  const { constructor } = value
  if (constructor !== Object) return constructor.name
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${describe(item)}`)
  return `{${entries.join(', ')}}`
}
