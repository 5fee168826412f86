import { callWithOptions } from '../render/source.ts'
import { renderExcludeElements, renderExcludeOptions } from '../render/exclude-constraint.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { SchemaError } from '../errors/schema-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { DialectConstraintOptions } from '../sql/schema/constraint.ts'
import { isPlainObject } from '../sql/schema/dialect-options.ts'
import {
  ExcludeConstraint,
  type ExcludeElement,
  type ExcludeOptions,
} from '../sql/schema/exclude-constraint.ts'
import { namedColumns } from '../sql/schema/naming.ts'
import {
  AddConstraintOp,
  constraintName,
  ownerNames,
  registerAddConstraint,
} from './drop-constraint.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import type { RunContext } from './run-context.ts'
import { SchemaObjects } from './schema-objects.ts'

type OwnOptions = Omit<ExcludeOptions, 'name'> & DialectConstraintOptions

/** Options of `op.createExcludeConstraint()`. */
export interface CreateExcludeConstraintOptions
  extends Omit<ExcludeOptions, 'name'>, DialectConstraintOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Adds an EXCLUDE constraint: no two rows for which all the operators hold.
 *
 * @example
 * await op.createExcludeConstraint('user_excl', 'user', ['period', '&&'], ['group', '='], {
 *   where: "group != 'some group'",
 *   using: 'gist',
 * })
 */
export function createExcludeConstraint(
  ctx: OperationContext,
  constraintName: NameLike | null,
  tableName: NameLike,
  ...rest:
    | readonly ExcludeElement[]
    | readonly [...ExcludeElement[], CreateExcludeConstraintOptions]
): Queued<void> {
  const { elements, options } = readExcludeArguments(rest)
  return ctx.invoke(new CreateExcludeConstraintOp(constraintName, tableName, elements, options))
}

/** Parts the pairs of an EXCLUDE constraint from the options behind them. */
export function readExcludeArguments(rest: readonly unknown[]): {
  readonly elements: readonly ExcludeElement[]
  readonly options: CreateExcludeConstraintOptions
} {
  return {
    elements: rest.filter((item): item is ExcludeElement => Array.isArray(item)),
    options: rest.find((item) => isPlainObject(item)) ?? {},
  }
}

/** Adds an EXCLUDE constraint. */
export class CreateExcludeConstraintOp extends AddConstraintOp {
  override readonly constraintType: string = 'exclude'
  override tableName: NameLike
  override schema: NameLike | null
  elements: readonly ExcludeElement[]
  /** `using`, `where`, `ops`, `deferrable`, `initially`, and options by dialect. */
  options: OwnOptions

  constructor(
    constraintName: NameLike | null,
    tableName: NameLike,
    elements: readonly ExcludeElement[],
    options: CreateExcludeConstraintOptions = {},
  ) {
    super(constraintName)
    const { schema = null, ...rest } = options
    this.tableName = tableName
    this.schema = schema
    this.elements = elements
    this.options = rest
  }

  static override fromConstraint(constraint: ExcludeConstraint): CreateExcludeConstraintOp {
    const { table, schema } = ownerNames(constraint)
    const { using, where, ops, deferrable, initially } = constraint
    return new CreateExcludeConstraintOp(constraintName(constraint), table, constraint.elements, {
      schema,
      using,
      ops,
      ...(where === null ? {} : { where }),
      ...(deferrable === null ? {} : { deferrable }),
      ...(initially === null ? {} : { initially }),
      ...constraint.dialectOptions,
    })
  }

  override toConstraint(objects: SchemaObjects = new SchemaObjects()): ExcludeConstraint {
    const names = this.elements.flatMap(([element]) =>
      typeof element === 'string' ? [element] : [],
    )
    const table = objects.namedColumns(this.tableName, names, this.schema)
    const constraint = new ExcludeConstraint(...this.elements, {
      name: this.constraintName,
      ...this.options,
    })
    table.appendConstraint(constraint)
    return constraint
  }

  override async run(ctx: RunContext): Promise<void> {
    if (ctx.dialect.traits.exactlyAsAlembic === true) this.#assertNamesColumns()
    await super.run(ctx)
  }

  /** The reference takes each element for a column, and has no name for SQL text. */
  #assertNamesColumns(): void {
    for (const [element] of this.elements) {
      if (typeof element === 'string' || namedColumns(element).length > 0) continue
      throw new SchemaError('An element of the EXCLUDE constraint names no column')
    }
  }

  override render(writer: SourceWriter): void {
    const constraint = this.toConstraint()
    const args = [
      writer.name(this.constraintName),
      ...writer.tableArgument(this.tableName),
      ...renderExcludeElements(constraint, writer),
    ]
    writer.statement(
      callWithOptions(writer.directive('createExcludeConstraint'), args, {
        schema: writer.schemaOption(this.schema),
        ...renderExcludeOptions(constraint, writer),
      }),
    )
  }
}

registerAddConstraint('exclude', (constraint: ExcludeConstraint) =>
  CreateExcludeConstraintOp.fromConstraint(constraint),
)
