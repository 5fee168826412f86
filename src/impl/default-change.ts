import type { DdlStatement } from '../sql/ddl/statement.ts'
import type { TableReference } from '../sql/elements/column-expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { Computed, Identity } from '../sql/schema/server-default.ts'
import type { ColumnAlteration } from './column-alteration.ts'

/** The statement that changes a default, or what stands in its place: `Identity`, `Computed`. */
export function defaultChange(
  table: TableReference,
  column: NameLike,
  { serverDefault = null, existing }: ColumnAlteration,
): DdlStatement {
  const target = { table, column, existing }
  const before = existing.serverDefault
  if (serverDefault instanceof Computed || before instanceof Computed) {
    const computed = serverDefault instanceof Computed ? serverDefault : null
    return { kind: 'alterColumnComputed', ...target, computed }
  }
  if (serverDefault instanceof Identity || before instanceof Identity) {
    const identity = serverDefault instanceof Identity ? serverDefault : null
    const existingIdentity = before instanceof Identity ? before : null
    return { kind: 'alterColumnIdentity', ...target, identity, existingIdentity }
  }
  return { kind: 'alterColumnDefault', ...target, serverDefault }
}
