import { array, callWithOptions } from '../render/source.ts'
import { renderConstraintOptions } from '../render/constraint.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { nameParts } from '../sql/elements/identifier.ts'
import type { DialectConstraintOptions } from '../sql/schema/constraint.ts'
import { splitOptions } from '../sql/schema/dialect-options.ts'
import { PrimaryKeyConstraint } from '../sql/schema/key-constraints.ts'
import {
  AddConstraintOp,
  constraintName,
  ownerNames,
  registerAddConstraint,
} from './drop-constraint.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import { columnNames, SchemaObjects } from './schema-objects.ts'

/** Options of `op.createPrimaryKey()`. */
export interface CreatePrimaryKeyOptions extends DialectConstraintOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Adds a primary key to a table. A `null` name is made by the naming convention, or by the server.
 *
 * @example
 * await op.createPrimaryKey('pk_my_table', 'my_table', ['id', 'version'])
 */
export function createPrimaryKey(
  ctx: OperationContext,
  constraintName: NameLike | null,
  tableName: NameLike,
  columns: readonly NameLike[],
  options: CreatePrimaryKeyOptions = {},
): Queued<void> {
  return ctx.invoke(new CreatePrimaryKeyOp(constraintName, tableName, columns, options))
}

/** Adds a primary key. */
export class CreatePrimaryKeyOp extends AddConstraintOp {
  override readonly constraintType: string = 'primarykey'
  override tableName: NameLike
  override schema: NameLike | null
  columns: readonly NameLike[]
  options: DialectConstraintOptions

  constructor(
    constraintName: NameLike | null,
    tableName: NameLike,
    columns: readonly NameLike[],
    options: CreatePrimaryKeyOptions = {},
  ) {
    super(constraintName)
    const { schema = null, ...rest } = options
    this.tableName = tableName
    this.schema = schema
    this.columns = columnNames(columns, 'createPrimaryKey')
    this.options = splitOptions(
      { kind: 'primaryKey', label: 'createPrimaryKey' },
      rest,
      [],
    ).dialects
    if (columns.length === 0) {
      throw new OperationError('createPrimaryKey needs at least one column')
    }
  }

  static override fromConstraint(constraint: PrimaryKeyConstraint): CreatePrimaryKeyOp {
    const { table, schema } = ownerNames(constraint)
    const columns = constraint.columns.map((column) => column.name)
    return new CreatePrimaryKeyOp(constraintName(constraint), table, columns, {
      schema,
      ...constraint.dialectOptions,
    })
  }

  override toConstraint(objects: SchemaObjects = new SchemaObjects()): PrimaryKeyConstraint {
    const table = objects.namedColumns(this.tableName, this.columns, this.schema)
    const keys = this.columns.map((column) => nameParts(column).text)
    const constraint = new PrimaryKeyConstraint(...keys, {
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
      array(this.columns.map((column) => writer.name(column))),
    ]
    writer.statement(
      callWithOptions(writer.directive('createPrimaryKey'), args, {
        schema: writer.schemaOption(this.schema),
        ...renderConstraintOptions(this.toConstraint(), writer),
      }),
    )
  }
}

registerAddConstraint('primaryKey', (constraint: PrimaryKeyConstraint) =>
  CreatePrimaryKeyOp.fromConstraint(constraint),
)
