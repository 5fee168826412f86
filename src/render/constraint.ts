import { OperationError } from '../errors/operation-error.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import { ForeignKeyConstraint, namedTarget, type TargetNames } from '../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../sql/schema/key-constraints.ts'
import { finalName } from '../sql/schema/naming.ts'
import { renderDialectOptions } from './dialect-options.ts'
import { stringLiteral } from './literal.ts'
import { array, callWithOptions, type Source } from './source.ts'
import type { RenderItemType, RenderScope } from './render-context.ts'
import { renderCondition } from './sql-expression.ts'
import { renderOptional } from './type.ts'

const ITEM_TYPES: Readonly<Record<Constraint['kind'], RenderItemType | null>> = {
  primaryKey: 'primary_key',
  unique: 'unique',
  foreignKey: 'foreign_key',
  check: 'check',
  exclude: 'exclude',
  unknown: null,
}

/** A constraint as it stands in a new table; `null` where it is not to be written. */
export function renderConstraint(constraint: Constraint, scope: RenderScope): Source | null {
  const type = ITEM_TYPES[constraint.kind]
  const own = type === null ? undefined : scope.userSource(type, constraint)
  if (own !== undefined) return own
  const special = scope.context.rendering.renderConstraint?.(constraint, scope) ?? null
  if (special !== null) return special
  if (constraint instanceof PrimaryKeyConstraint) {
    return constraint.columnKeys.length === 0
      ? null
      : renderKey('PrimaryKeyConstraint', constraint, scope)
  }
  if (constraint instanceof UniqueConstraint) {
    return renderKey('UniqueConstraint', constraint, scope)
  }
  if (constraint instanceof ForeignKeyConstraint) return renderForeignKey(constraint, scope)
  if (constraint instanceof CheckConstraint) {
    return constraint.typeBound === null ? renderCheck(constraint, scope) : null
  }
  throw new OperationError(
    `A constraint of kind ${constraint.kind} can't be written for ${scope.context.dialect.name}; render it with renderItem`,
  )
}

/** The options that all constraints share. */
export function renderConstraintOptions(
  constraint: Constraint,
  scope: RenderScope,
): Record<string, Source | undefined> {
  return {
    deferrable: renderOptional(constraint.deferrable, scope),
    initially: renderOptional(constraint.initially, scope),
    ...renderDialectOptions(constraint.dialectOptions, scope),
  }
}

/** The options of a foreign key beside its name. */
export function renderForeignKeyOptions(
  constraint: ForeignKeyConstraint,
  scope: RenderScope,
): Record<string, Source | undefined> {
  return {
    onupdate: renderOptional(constraint.onupdate, scope),
    ondelete: renderOptional(constraint.ondelete, scope),
    useAlter: constraint.useAlter ? 'true' : undefined,
    match: renderOptional(constraint.match, scope),
    ...renderConstraintOptions(constraint, scope),
  }
}

function nameOption(constraint: Constraint, scope: RenderScope): Source | undefined {
  const name = finalName(constraint)
  return name === null ? undefined : scope.name(name)
}

function renderKey(
  factory: string,
  constraint: PrimaryKeyConstraint | UniqueConstraint,
  scope: RenderScope,
): Source {
  const columns = constraint.columns.map((column) => stringLiteral(column.name))
  return callWithOptions(scope.sa(factory), columns, {
    name: nameOption(constraint, scope),
    ...renderConstraintOptions(constraint, scope),
  })
}

function renderForeignKey(constraint: ForeignKeyConstraint, scope: RenderScope): Source {
  const columns = constraint.columns.map((column) => stringLiteral(column.name))
  const { schema, table, columns: referred } = constraint.referred
  const targets = referred.map((column) => renderTarget(namedTarget(schema, table, column)))
  const args = [array(columns), array(targets)]
  return callWithOptions(scope.sa('ForeignKeyConstraint'), args, {
    name: nameOption(constraint, scope),
    ...renderForeignKeyOptions(constraint, scope),
  })
}

/** What a foreign key points at, by name. */
export function renderTarget(target: string | TargetNames): Source {
  if (typeof target === 'string') return stringLiteral(target)
  return array(target.map((name) => stringLiteral(name)))
}

/** A CHECK constraint. */
export function renderCheck(constraint: CheckConstraint, scope: RenderScope): Source {
  return callWithOptions(
    scope.sa('CheckConstraint'),
    [renderCondition(constraint.sqltext, scope)],
    {
      name: nameOption(constraint, scope),
      ...renderConstraintOptions(constraint, scope),
    },
  )
}
