import { CreateCheckConstraintOp } from '../../operations/create-check-constraint.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import type { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { DropConstraintOp, type AddConstraintOp } from '../../operations/drop-constraint.ts'
import { FinalName, type NameLike } from '../../sql/elements/identifier.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Constraint } from '../../sql/schema/constraint.ts'
import { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'

/**
 * Names a constraint that the models leave without: the downgrade has to drop it by a name, and the one that the server would
 * make can't be known. PostgreSQL makes these.
 */
export function withName<Op extends CreateForeignKeyOp | CreateUniqueConstraintOp>(
  context: AutogenContext,
  op: Op,
): Op {
  if (op.constraintName !== null || !context.comparison.detect.constraintNames) return op
  const isKey = op instanceof CreateForeignKeyOp
  const columns = isKey ? op.localCols : op.columns
  op.constraintName = finalName(context, [op.tableName, ...columns, isKey ? 'fkey' : 'key'])
  return op
}

/** The operation that adds a CHECK, with a name that none of `taken` is. */
export function namedCheck(
  context: AutogenContext,
  constraint: CheckConstraint,
  taken: ReadonlySet<string>,
): CreateCheckConstraintOp {
  const op = CreateCheckConstraintOp.fromConstraint(constraint)
  if (op.constraintName !== null || !context.comparison.detect.constraintNames) return op
  const stem = [op.tableName, ...soleColumn(context, constraint), 'check']
  let name = finalName(context, stem)
  for (let at = 1; taken.has(name.toString()); at += 1) {
    name = finalName(context, [...stem.slice(0, -1), `check${at}`])
  }
  op.constraintName = name
  return op
}

/** The operation that drops a constraint; one without a name by its columns, or its condition. */
export function dropOf(context: AutogenContext, constraint: Constraint): DropConstraintOp {
  const op = DropConstraintOp.fromConstraint(constraint)
  if (op.constraintName !== null || !context.comparison.detect.unnamedConstraints) return op
  if (constraint instanceof CheckConstraint) {
    op.condition = constraint.sqltext
    op.restoredName = namedCheck(context, constraint, new Set()).constraintName
  } else if (constraint instanceof UniqueConstraint || constraint instanceof ForeignKeyConstraint) {
    op.columns = constraint.columns.map(({ name }) => name)
    const addition = op.reverse() as AddConstraintOp &
      (CreateForeignKeyOp | CreateUniqueConstraintOp)
    op.restoredName = withName(context, addition).constraintName
  }
  return op
}

function finalName({ dialect }: AutogenContext, parts: readonly NameLike[]): FinalName {
  const text = parts.map(String).join('_')
  return new FinalName(dialect.preparer.fitConstraint({ text, quote: null, truncatable: true }))
}

/** The column that a condition is about, if it is about one alone. */
export function soleColumn(
  { dialect }: AutogenContext,
  constraint: CheckConstraint,
): readonly string[] {
  const { table } = constraint
  if (!(table instanceof TableClass)) return []
  const text = dialect.ddl.constraints.checkCondition(constraint).replaceAll(/'(?:[^']|'')*'/g, '')
  const words = new Set(text.match(/[\p{L}\p{N}_$]+/gu))
  const named = (table as TableClass).columns.filter(
    ({ name }) => words.has(name) || text.includes(dialect.preparer.quoteAlways(name)),
  )
  return named.length === 1 ? named.map(({ name }) => name) : []
}
