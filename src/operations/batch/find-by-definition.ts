import { OperationError } from '../../errors/operation-error.ts'
import { TextClause, type SqlExpression } from '../../sql/elements/expression.ts'
import { plainSql } from '../../sql/elements/placeholders.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Constraint } from '../../sql/schema/constraint.ts'
import { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'

/**
 * The constraint that `wanted`, which has no name, means: the one on the same columns, or with the same condition.
 *
 * @throws OperationError where `wanted` says neither, or there is not exactly one such
 */
export function findByDefinition(
  constraints: readonly Constraint[],
  wanted: Constraint,
): Constraint {
  const definition = definitionOf(wanted)
  if (definition === null) throw new OperationError('Constraint must have a name')
  const found = constraints.filter((one) => definitionOf(one) === definition)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  const what = wanted instanceof CheckConstraint ? textOf(wanted.sqltext) : columnsOf(wanted)
  const kinds = { unique: 'unique constraint', foreignKey: 'foreign key', check: 'CHECK' } as const
  const kind = kinds[wanted.kind as keyof typeof kinds]
  throw new OperationError(
    found.length === 0 ? `There is no ${kind} on ${what}` : `Several are a ${kind} on ${what}`,
  )
}

function definitionOf(constraint: Constraint): string | null {
  if (constraint instanceof CheckConstraint) {
    const text = textOf(constraint.sqltext).replaceAll(/\s+/g, ' ').trim()
    return text === '' ? null : JSON.stringify(['check', text])
  }
  if (!(constraint instanceof UniqueConstraint) && !(constraint instanceof ForeignKeyConstraint)) {
    return null
  }
  const { kind, columnKeys } = constraint
  return columnKeys.length === 0 ? null : JSON.stringify([kind, ...columnKeys])
}

function columnsOf(constraint: Constraint): string {
  return constraint instanceof UniqueConstraint || constraint instanceof ForeignKeyConstraint
    ? constraint.columnKeys.join(', ')
    : ''
}

/** The database's own text; conditions that are expressions belong to no reflected table. */
function textOf(condition: SqlExpression): string {
  return condition instanceof TextClause ? (plainSql(condition) ?? condition.text) : ''
}
