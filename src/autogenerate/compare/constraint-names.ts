import type { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { FinalName } from '../../sql/elements/identifier.ts'
import type { AutogenContext } from '../autogen-context.ts'

/**
 * Names a constraint that the models leave without: the downgrade has to drop it by a name, and the one that the server would
 * make can't be known. PostgreSQL makes these.
 */
export function withName<Op extends CreateForeignKeyOp | CreateUniqueConstraintOp>(
  { comparison, dialect }: AutogenContext,
  op: Op,
): Op {
  if (op.constraintName !== null || !comparison.detect.constraintNames) return op
  const isUnique = op instanceof CreateUniqueConstraintOp
  const columns = isUnique ? op.columns : op.localCols
  const text = [op.tableName, ...columns, isUnique ? 'key' : 'fkey'].map(String).join('_')
  op.constraintName = new FinalName(
    dialect.preparer.fitConstraint({ text, quote: null, truncatable: true }),
  )
  return op
}
