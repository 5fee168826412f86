import { renderCondition } from '../render/sql-expression.ts'
import { callWithOptions } from '../render/source.ts'
import { renderConstraintOptions } from '../render/constraint.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { ConstraintOptions, DialectConstraintOptions } from '../sql/schema/constraint.ts'
import {
  AddConstraintOp,
  constraintName,
  ownerNames,
  registerAddConstraint,
} from './drop-constraint.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import { SchemaObjects } from './schema-objects.ts'

type CheckOptions = Omit<ConstraintOptions, 'name'> & DialectConstraintOptions

/** Options of `op.createCheckConstraint()`. */
export interface CreateCheckConstraintOptions
  extends Omit<ConstraintOptions, 'name'>, DialectConstraintOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Adds a CHECK constraint. The condition is SQL text or an expression, whose values are written as literals.
 *
 * @example
 * await op.createCheckConstraint('ck_user_name_len', 'user', 'length(name) > 5')
 */
export function createCheckConstraint(
  ctx: OperationContext,
  constraintName: NameLike | null,
  tableName: NameLike,
  condition: string | SqlExpression,
  options: CreateCheckConstraintOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateCheckConstraintOp(constraintName, tableName, condition, options))
}

/** Adds a CHECK constraint. */
export class CreateCheckConstraintOp extends AddConstraintOp {
  override readonly constraintType: string = 'check'
  override tableName: NameLike
  override schema: NameLike | null
  condition: string | SqlExpression
  /** `deferrable`, `initially`, and options by dialect. */
  options: CheckOptions

  constructor(
    constraintName: NameLike | null,
    tableName: NameLike,
    condition: string | SqlExpression,
    options: CreateCheckConstraintOptions = {},
  ) {
    super(constraintName)
    const { schema = null, ...rest } = options
    this.tableName = tableName
    this.schema = schema
    this.condition = condition
    this.options = rest
  }

  static override fromConstraint(constraint: CheckConstraint): CreateCheckConstraintOp {
    const { table, schema } = ownerNames(constraint)
    return new CreateCheckConstraintOp(constraintName(constraint), table, constraint.sqltext, {
      schema,
      ...constraint.dialectOptions,
    })
  }

  override toConstraint(objects: SchemaObjects = new SchemaObjects()): CheckConstraint {
    const table = objects.table(this.tableName, [], { schema: this.schema })
    const constraint = new CheckConstraint(this.condition, {
      name: this.constraintName,
      ...this.options,
    })
    table.appendConstraint(constraint)
    return constraint
  }

  override render(writer: SourceWriter): void {
    const args = [
      writer.name(this.constraintName),
      ...writer.tableArgument(this.tableName),
      renderCondition(this.condition, writer),
    ]
    writer.statement(
      callWithOptions(writer.directive('createCheckConstraint'), args, {
        schema: writer.schemaOption(this.schema),
        ...renderConstraintOptions(this.toConstraint(), writer),
      }),
    )
  }
}

registerAddConstraint('check', (constraint: CheckConstraint) =>
  CreateCheckConstraintOp.fromConstraint(constraint),
)
