import { AddColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import { CreateCheckConstraintOp } from '../../operations/create-check-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { verbatimText } from '../../sql/elements/placeholders.ts'
import type { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import { Boolean as BooleanType } from '../../sql/types/boolean.ts'
import { EnumType } from '../../sql/types/enum.ts'
import type { TypeEngine } from '../../sql/types/type-engine.ts'
import type { AutogenContext } from '../autogen-context.ts'

type Operation = MigrateOperation<unknown>

/**
 * The names of those CHECKs of types that need no operation: new columns bring them along. So does a changed type, unless it is
 * plain: then it is taken without its CHECK, which is made by an operation that knows what is there.
 */
export function comingWithColumns(
  checks: ReadonlyMap<string, CheckConstraint>,
  ops: readonly Operation[],
): readonly string[] {
  return [...checks].flatMap(([name, { typeBound }]) => {
    if (typeBound === null) return []
    const isComing = ops.some((op) => {
      if (op instanceof AddColumnOp) return op.column.key === typeBound.columnKey
      if (!(op instanceof AlterColumnOp) || op.modifyType !== typeBound.type) return false
      const plain = withoutCheck(typeBound.type)
      if (plain !== null) op.modifyType = plain
      return plain === null
    })
    return isComing ? [name] : []
  })
}

/** The type without a CHECK; `null` where it is one of the user's own. */
function withoutCheck(type: TypeEngine): TypeEngine | null {
  const isPlain = type instanceof EnumType || type instanceof BooleanType
  if (!isPlain || type.variants.size > 0) return null
  return Object.assign(type.clone(), { createConstraint: false })
}

/** The operation that adds a CHECK; one of a type has its condition from that. */
export function creationOf(
  { dialect }: AutogenContext,
  constraint: CheckConstraint,
): CreateCheckConstraintOp {
  const op = CreateCheckConstraintOp.fromConstraint(constraint)
  if (constraint.typeBound !== null) {
    op.condition = verbatimText(dialect.ddl.constraints.checkCondition(constraint))
  }
  return op
}
