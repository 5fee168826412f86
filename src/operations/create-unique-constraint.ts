import { array, callWithOptions } from '../render/source.ts'
import { renderConstraintOptions } from '../render/constraint.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { nameParts } from '../sql/elements/identifier.ts'
import type { ConstraintOptions, DialectConstraintOptions } from '../sql/schema/constraint.ts'
import { UniqueConstraint } from '../sql/schema/key-constraints.ts'
import {
  AddConstraintOp,
  constraintName,
  ownerNames,
  registerAddConstraint,
} from './drop-constraint.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import { columnNames, SchemaObjects } from './schema-objects.ts'

type UniqueOptions = Omit<ConstraintOptions, 'name'> & DialectConstraintOptions

/** Options of `op.createUniqueConstraint()`. */
export interface CreateUniqueConstraintOptions
  extends Omit<ConstraintOptions, 'name'>, DialectConstraintOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Adds a UNIQUE constraint. A `null` name is made by the naming convention, or by the server.
 *
 * @example
 * await op.createUniqueConstraint('uq_user_name', 'user', ['name'])
 */
export function createUniqueConstraint(
  ctx: OperationContext,
  constraintName: NameLike | null,
  tableName: NameLike,
  columns: readonly NameLike[],
  options: CreateUniqueConstraintOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateUniqueConstraintOp(constraintName, tableName, columns, options))
}

/** Adds a UNIQUE constraint. */
export class CreateUniqueConstraintOp extends AddConstraintOp {
  override readonly constraintType: string = 'unique'
  override tableName: NameLike
  override schema: NameLike | null
  columns: readonly NameLike[]
  /** `deferrable`, `initially`, and options by dialect. */
  options: UniqueOptions

  constructor(
    constraintName: NameLike | null,
    tableName: NameLike,
    columns: readonly NameLike[],
    options: CreateUniqueConstraintOptions = {},
  ) {
    super(constraintName)
    const { schema = null, ...rest } = options
    this.tableName = tableName
    this.schema = schema
    this.columns = columnNames(columns, 'createUniqueConstraint')
    this.options = rest
  }

  static override fromConstraint(constraint: UniqueConstraint): CreateUniqueConstraintOp {
    const { table, schema } = ownerNames(constraint)
    const { deferrable, initially } = constraint
    const columns = constraint.columns.map((column) => column.name)
    return new CreateUniqueConstraintOp(constraintName(constraint), table, columns, {
      schema,
      ...(deferrable === null ? {} : { deferrable }),
      ...(initially === null ? {} : { initially }),
      ...constraint.dialectOptions,
    })
  }

  override toConstraint(objects: SchemaObjects = new SchemaObjects()): UniqueConstraint {
    const table = objects.namedColumns(this.tableName, this.columns, this.schema)
    const keys = this.columns.map((column) => nameParts(column).text)
    const constraint = new UniqueConstraint(...keys, { name: this.constraintName, ...this.options })
    table.appendConstraint(constraint)
    return constraint
  }

  override render(writer: SourceWriter): void {
    const args = [
      writer.name(this.constraintName),
      ...writer.tableArgument(this.tableName),
      array(this.columns.map((column) => writer.name(column))),
    ]
    writer.statement(
      callWithOptions(writer.directive('createUniqueConstraint'), args, {
        schema: writer.schemaOption(this.schema),
        ...renderConstraintOptions(this.toConstraint(), writer),
      }),
    )
  }
}

registerAddConstraint('unique', (constraint: UniqueConstraint) =>
  CreateUniqueConstraintOp.fromConstraint(constraint),
)
