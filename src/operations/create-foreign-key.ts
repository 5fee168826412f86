import { array, callWithOptions, type Source } from '../render/source.ts'
import { renderForeignKeyOptions } from '../render/constraint.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { givenSchema, joinName, nameParts } from '../sql/elements/identifier.ts'
import type { DialectConstraintOptions } from '../sql/schema/constraint.ts'
import {
  ForeignKeyConstraint,
  missingTarget,
  type ForeignKeyOptions,
} from '../sql/schema/foreign-key.ts'
import {
  AddConstraintOp,
  constraintName,
  ownerNames,
  registerAddConstraint,
} from './drop-constraint.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import type { RunContext } from './run-context.ts'
import { columnNames, SchemaObjects } from './schema-objects.ts'

type KeyOptions = Omit<ForeignKeyOptions, 'name' | 'linkToName'> & DialectConstraintOptions

/** Options of `op.createForeignKey()`. */
export interface CreateForeignKeyOptions
  extends Omit<ForeignKeyOptions, 'name' | 'linkToName'>, DialectConstraintOptions {
  readonly sourceSchema?: NameLike | null | undefined
  readonly referentSchema?: NameLike | null | undefined
}

/**
 * Adds a foreign key. A `null` name is made by the naming convention, or by the server.
 *
 * @example
 * await op.createForeignKey('fk_user_address', 'address', 'user', ['user_id'], ['id'], {
 *   ondelete: 'CASCADE',
 * })
 */
export function createForeignKey(
  ctx: OperationContext,
  constraintName: NameLike | null,
  sourceTable: NameLike,
  referentTable: NameLike,
  localCols: readonly NameLike[],
  remoteCols: readonly NameLike[],
  options: CreateForeignKeyOptions = {},
): Queued<void> {
  return ctx.invoke(
    new CreateForeignKeyOp(
      constraintName,
      sourceTable,
      referentTable,
      localCols,
      remoteCols,
      options,
    ),
  )
}

/** Adds a foreign key. */
export class CreateForeignKeyOp extends AddConstraintOp {
  override readonly constraintType: string = 'foreignkey'
  sourceTable: NameLike
  referentTable: NameLike
  localCols: readonly NameLike[]
  remoteCols: readonly NameLike[]
  sourceSchema: NameLike | null
  referentSchema: NameLike | null
  /** `onupdate`, `ondelete`, `match`, `deferrable`, `initially`, `useAlter`, and options by dialect. */
  options: KeyOptions

  constructor(
    constraintName: NameLike | null,
    sourceTable: NameLike,
    referentTable: NameLike,
    localCols: readonly NameLike[],
    remoteCols: readonly NameLike[],
    options: CreateForeignKeyOptions = {},
  ) {
    super(constraintName)
    const { sourceSchema = null, referentSchema = null, ...rest } = options
    this.sourceTable = sourceTable
    this.referentTable = referentTable
    this.localCols = columnNames(localCols, 'createForeignKey')
    this.remoteCols = columnNames(remoteCols, 'createForeignKey')
    this.sourceSchema = sourceSchema
    this.referentSchema = referentSchema
    this.options = rest
  }

  override get tableName(): NameLike {
    return this.sourceTable
  }

  override set tableName(name: NameLike) {
    this.sourceTable = name
  }

  override get schema(): NameLike | null {
    return this.sourceSchema
  }

  override set schema(name: NameLike | null) {
    this.sourceSchema = name
  }

  static override fromConstraint(constraint: ForeignKeyConstraint): CreateForeignKeyOp {
    const { table, schema: sourceSchema } = ownerNames(constraint)
    const { referred, referredTable } = constraint
    const quote = referredTable?.quote ?? null
    const quoteSchema = referredTable?.quoteSchema ?? null
    return new CreateForeignKeyOp(
      constraintName(constraint),
      table,
      joinName(referred.table, quote, false),
      constraint.columns.map((column) => joinName(column.name, column.quote, false)),
      referred.columns,
      {
        sourceSchema,
        referentSchema:
          referred.schema === null ? null : joinName(referred.schema, quoteSchema, false),
        ...givenOptions(constraint),
        ...constraint.dialectOptions,
      },
    )
  }

  override toConstraint(objects: SchemaObjects = new SchemaObjects()): ForeignKeyConstraint {
    if (this.localCols.length !== this.remoteCols.length) {
      throw new OperationError(
        `createForeignKey: number of constrained columns must match the number of referenced columns: ${this.localCols.length} and ${this.remoteCols.length}`,
      )
    }
    const metadata = objects.metadata()
    const isSelf =
      text(this.sourceTable) === text(this.referentTable) &&
      text(givenSchema(this.sourceSchema)) === text(givenSchema(this.referentSchema))
    const sourceColumns = isSelf ? [...this.localCols, ...this.remoteCols] : this.localCols
    const source = objects.namedColumns(
      this.sourceTable,
      sourceColumns,
      this.sourceSchema,
      metadata,
    )
    const referent = isSelf
      ? source
      : objects.namedColumns(this.referentTable, this.remoteCols, this.referentSchema, metadata)
    // Columns as targets, not "schema.table.column": names may hold dots themselves.
    const targets = this.remoteCols.map(
      (name) => referent.findColumn(nameParts(name).text) ?? nameParts(name).text,
    )
    const constraint = new ForeignKeyConstraint(
      this.localCols.map((name) => nameParts(name).text),
      targets,
      { name: this.constraintName, ...this.options },
    )
    source.appendConstraint(constraint)
    return constraint
  }

  override async run(ctx: RunContext): Promise<void> {
    const constraint = this.toConstraint(ctx.schemaObjects)
    if (ctx.dialect.traits.exactlyAsAlembic === true) this.#assertWritable(constraint)
    await ctx.impl.addConstraint(constraint)
  }

  /** The reference writes a target as `schema.table.column`: dots in a column's name make another one of it. */
  #assertWritable(constraint: ForeignKeyConstraint): void {
    const { schema, table } = constraint.referred
    for (const [position, name] of this.remoteCols.entries()) {
      const target = [...(schema === null ? [] : [schema]), table, nameParts(name).text].join('.')
      const key = target.slice(0, target.lastIndexOf('.'))
      if (constraint.table?.metadata.tables.has(key) === true) continue
      throw missingTarget(
        constraint,
        position,
        target,
        `a name with a dot can't be written as a target, use op.execute()`,
      )
    }
  }

  override render(writer: SourceWriter): void {
    const columns = (names: readonly NameLike[]): Source =>
      array(names.map((name) => writer.name(name)))
    const args = [
      writer.name(this.constraintName),
      ...writer.tableArgument(this.sourceTable),
      writer.name(this.referentTable),
      columns(this.localCols),
      columns(this.remoteCols),
    ]
    const { useAlter: _, ...options } = renderForeignKeyOptions(this.toConstraint(), writer)
    writer.statement(
      callWithOptions(writer.directive('createForeignKey'), args, {
        sourceSchema: writer.schemaOption(this.sourceSchema),
        referentSchema: this.referentSchema === null ? undefined : writer.name(this.referentSchema),
        ...options,
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_fk', this.toConstraint()]
  }
}

/** The options of a foreign key that were given. */
function givenOptions(constraint: ForeignKeyConstraint): KeyOptions {
  const { onupdate, ondelete, initially, deferrable, useAlter, match } = constraint
  return {
    ...(onupdate === null ? {} : { onupdate }),
    ...(ondelete === null ? {} : { ondelete }),
    ...(initially === null ? {} : { initially }),
    ...(deferrable === null ? {} : { deferrable }),
    ...(useAlter ? { useAlter } : {}),
    ...(match === null ? {} : { match }),
  }
}

function text(name: NameLike | null): string | null {
  return name === null ? null : nameParts(name).text
}

registerAddConstraint('foreignKey', (constraint: ForeignKeyConstraint) =>
  CreateForeignKeyOp.fromConstraint(constraint),
)
