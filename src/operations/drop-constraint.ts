import { renderCondition } from '../render/sql-expression.ts'
import { renderOptional } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { SqlExpression } from '../sql/elements/expression.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { joinName } from '../sql/elements/identifier.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Constraint, ConstraintKind } from '../sql/schema/constraint.ts'
import { isPlainObject } from '../sql/schema/dialect-options.ts'
import { ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../sql/schema/key-constraints.ts'
import { finalName } from '../sql/schema/naming.ts'
import { NamedConstraint } from '../sql/schema/named-constraint.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import type { SchemaObjects } from './schema-objects.ts'

/** The kinds of constraint that `dropConstraint` tells apart. */
export type ConstraintType = 'foreignkey' | 'primary' | 'unique' | 'check'

/** Options of `op.dropConstraint()`. */
export interface DropConstraintOptions {
  /** The kind; some databases need it, or `DROP CONSTRAINT` is written without. */
  readonly type?: ConstraintType | null | undefined
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`, where the database has it. */
  readonly ifExists?: boolean | null | undefined
  /** The columns of a key or unique constraint that has no name; in a batch that makes the table anew. */
  readonly columns?: readonly NameLike[] | null | undefined
  /** The condition of a CHECK that has no name; in a batch that makes the table anew. */
  readonly condition?: string | SqlExpression | null | undefined
}

const TYPE_OF_KIND: Readonly<Record<ConstraintKind, ConstraintType | null>> = {
  primaryKey: 'primary',
  unique: 'unique',
  foreignKey: 'foreignkey',
  check: 'check',
  exclude: null,
  unknown: null,
}

const makers = new Map<ConstraintKind, (constraint: Constraint) => AddConstraintOp>()

/** Tells how a constraint of a kind becomes the operation that adds it. */
export function registerAddConstraint(
  kind: ConstraintKind,
  fromConstraint: (constraint: never) => AddConstraintOp,
): void {
  makers.set(kind, fromConstraint as (constraint: Constraint) => AddConstraintOp)
}

/** What all operations that add a constraint have in common. */
export abstract class AddConstraintOp extends MigrateOperation {
  abstract readonly constraintType: string
  abstract tableName: NameLike
  abstract schema: NameLike | null
  constraintName: NameLike | null

  constructor(constraintName: NameLike | null) {
    super()
    this.constraintName = constraintName
  }

  /** The operation that adds a constraint of whatever kind. Throws OperationError where it belongs to no table. */
  static fromConstraint(constraint: Constraint): AddConstraintOp {
    const make = makers.get(constraint.kind)
    if (make !== undefined) return make(constraint)
    throw new OperationError(
      `There is no operation that adds a constraint of kind ${constraint.kind}`,
    )
  }

  /** The constraint, on a throw-away table. */
  abstract toConstraint(objects?: SchemaObjects): Constraint

  override async run(ctx: RunContext): Promise<void> {
    await ctx.impl.addConstraint(this.toConstraint(ctx.schemaObjects))
  }

  override reverse(): DropConstraintOp {
    return DropConstraintOp.fromConstraint(this.toConstraint())
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_constraint', this.toConstraint()]
  }
}

/** Drops a constraint. */
export class DropConstraintOp extends MigrateOperation {
  constraintName: NameLike | null
  tableName: NameLike
  constraintType: ConstraintType | null
  schema: NameLike | null
  ifExists: boolean | null
  /** What it is known by where it has no name. */
  columns: readonly NameLike[] | null
  condition: string | SqlExpression | null
  /** The name under which `reverse()` brings back a constraint that has none; `null` for none. */
  restoredName: NameLike | null = null
  /** What brings the constraint back, where it is known. */
  readonly original: AddConstraintOp | null

  constructor(
    constraintName: NameLike | null,
    tableName: NameLike,
    options: DropConstraintOptions = {},
    original: AddConstraintOp | null = null,
  ) {
    super()
    this.constraintName = constraintName
    this.tableName = tableName
    this.constraintType = options.type ?? null
    this.schema = options.schema ?? null
    this.ifExists = options.ifExists ?? null
    this.columns = options.columns ?? null
    this.condition = options.condition ?? null
    this.original = original
  }

  static fromConstraint(constraint: Constraint): DropConstraintOp {
    const { table, schema } = ownerNames(constraint)
    return new DropConstraintOp(
      constraintName(constraint),
      table,
      { schema, type: TYPE_OF_KIND[constraint.kind] },
      AddConstraintOp.fromConstraint(constraint),
    )
  }

  /** The constraint as it was. Throws OperationError where only its name is known. */
  toConstraint(): Constraint {
    if (this.original === null) {
      throw new OperationError('constraint cannot be produced; original constraint is not present')
    }
    const { constraintName, tableName, schema } = this
    return Object.assign(this.original, { constraintName, tableName, schema }).toConstraint()
  }

  override async run(ctx: RunContext): Promise<void> {
    const constraint = knownConstraint(this)
    const table = ctx.schemaObjects.table(this.tableName, [], { schema: this.schema })
    table.appendConstraint(constraint)
    await ctx.impl.dropConstraint(constraint, { ifExists: this.ifExists ?? false })
  }

  override reverse(): AddConstraintOp {
    const addition = AddConstraintOp.fromConstraint(this.toConstraint())
    addition.constraintName ??= this.restoredName
    return addition
  }

  override render(writer: SourceWriter): void {
    const args = [writer.name(this.constraintName), ...writer.tableArgument(this.tableName)]
    writer.statement(
      callWithOptions(writer.directive('dropConstraint'), args, {
        schema: writer.schemaOption(this.schema),
        type: renderOptional(this.constraintType, writer),
        ifExists: renderOptional(this.ifExists, writer),
        columns: renderOptional(this.columns?.map(String), writer),
        condition: this.condition === null ? undefined : renderCondition(this.condition, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    const tag = this.constraintType === 'foreignkey' ? 'remove_fk' : 'remove_constraint'
    return [tag, this.toConstraint()]
  }
}

/** A constraint that is known well enough to be dropped. */
function knownConstraint({
  constraintType: type,
  constraintName: name,
  columns,
  condition,
}: DropConstraintOp): Constraint {
  const keys = columns?.map(String) ?? []
  switch (type) {
    case 'foreignkey':
      return Object.assign(new ForeignKeyConstraint([], [], { name }), { columnKeys: keys })
    case 'primary':
      return new PrimaryKeyConstraint({ name })
    case 'unique':
      return Object.assign(new UniqueConstraint({ name }), { columnKeys: keys })
    case 'check':
      return new CheckConstraint(condition ?? '', { name })
    case null:
      return new NamedConstraint(name)
    default:
      throw new OperationError(
        `'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None; not ${String(type)}`,
      )
  }
}

/** The name of a constraint in the form in which operations keep it. */
export function constraintName(constraint: Constraint): NameLike | null {
  return finalName(constraint)
}

/** The names of the table that a constraint belongs to. Throws OperationError where it belongs to none. */
export function ownerNames(constraint: Constraint): {
  readonly table: NameLike
  readonly schema: NameLike | null
} {
  const { table } = constraint
  if (table === null) {
    throw new OperationError(
      `Constraint '${constraint.name ?? ''}' belongs to no table; append it to one first`,
    )
  }
  return {
    table: joinName(table.name, table.quote, false),
    schema: table.schema === null ? null : joinName(table.schema, table.quoteSchema ?? null, false),
  }
}

/**
 * Drops a constraint by its name.
 *
 * `type` (`'foreignkey'`, `'primary'`, `'unique'` or `'check'`) is needed by the databases that have a statement for each. In
 * a batch that makes the table anew, a constraint without a name is found by its `columns`, a CHECK by its `condition`.
 *
 * @example
 * await op.dropConstraint('fk_posts_owner', 'posts', 'foreignkey')
 */
export function dropConstraint(
  ctx: OperationContext,
  constraintName: NameLike | null,
  tableName: NameLike,
  type?: ConstraintType | DropConstraintOptions | null,
  options?: DropConstraintOptions,
): Queued<void> {
  const given: DropConstraintOptions = isPlainObject(type) ? type : { type, ...options }
  return ctx.invoke(new DropConstraintOp(constraintName, tableName, given))
}
