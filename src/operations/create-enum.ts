import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { enumOf } from './enum-name.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.createEnum()`. */
export interface CreateEnumOptions {
  readonly schema?: NameLike | null | undefined
  /** Leaves a type alone that is there already; a script, which can't look, creates it. */
  readonly ifNotExists?: boolean | null | undefined
}

/** Options of `op.dropEnum()`. */
export interface DropEnumOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`. */
  readonly ifExists?: boolean | null | undefined
}

/**
 * Makes an enumeration type, where the database has such types: `op.addColumn()` and `op.alterColumn()` need it to be
 * there, `op.createTable()` makes those of its columns itself.
 *
 * @example
 * await op.createEnum('mood', ['sad', 'ok', 'happy'])
 */
export function createEnum(
  ctx: OperationContext,
  enumName: NameLike,
  values: readonly string[],
  options: CreateEnumOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateEnumOp(enumName, values, options))
}

/** Makes an enumeration type. */
export class CreateEnumOp extends MigrateOperation {
  enumName: NameLike
  values: readonly string[]
  schema: NameLike | null
  ifNotExists: boolean | null
  /** A table that is created brings the type along: nothing to do, nor to write; only the reverse has to drop it. */
  withTable = false

  constructor(enumName: NameLike, values: readonly string[], options: CreateEnumOptions = {}) {
    super()
    if (!Array.isArray(values)) {
      throw new OperationError("createEnum takes a list of values, for example ['sad', 'happy']")
    }
    this.enumName = enumName
    this.values = values
    this.schema = options.schema ?? null
    this.ifNotExists = options.ifNotExists ?? null
  }

  override async run(ctx: RunContext): Promise<void> {
    if (this.withTable) return
    const type = enumOf(this.enumName, this.values, this.schema)
    await ctx.impl.enumTypes.create(type, { ifNotExists: this.ifNotExists ?? false })
  }

  override reverse(): DropEnumOp {
    const options = { schema: this.schema, ifExists: this.ifNotExists }
    const drop = new DropEnumOp(this.enumName, options, this.values)
    drop.withTable = this.withTable
    return drop
  }

  override render(writer: SourceWriter): void {
    if (this.withTable) return
    const args = [writer.name(this.enumName), renderValue(this.values, writer)]
    writer.statement(
      callWithOptions(writer.directive('createEnum'), args, {
        schema: renderOptional(this.schema, writer),
        ifNotExists: renderOptional(this.ifNotExists, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_enum', enumOf(this.enumName, this.values, this.schema)]
  }
}

/**
 * Drops an enumeration type that no column is of any more.
 *
 * @example
 * await op.dropEnum('mood')
 */
export function dropEnum(
  ctx: OperationContext,
  enumName: NameLike,
  options: DropEnumOptions = {},
): Queued<void> {
  return ctx.invoke(new DropEnumOp(enumName, options))
}

/** Drops an enumeration type. */
export class DropEnumOp extends MigrateOperation {
  enumName: NameLike
  schema: NameLike | null
  ifExists: boolean | null
  /** A table that is created by the reverse brings the type along. */
  withTable = false
  /** The labels that it has, where they are known: what brings it back. */
  readonly values: readonly string[] | null

  constructor(
    enumName: NameLike,
    options: DropEnumOptions = {},
    values: readonly string[] | null = null,
  ) {
    super()
    this.enumName = enumName
    this.schema = options.schema ?? null
    this.ifExists = options.ifExists ?? null
    this.values = values
  }

  override async run(ctx: RunContext): Promise<void> {
    const type = enumOf(this.enumName, [], this.schema)
    await ctx.impl.enumTypes.drop(type, { ifExists: this.ifExists ?? false })
  }

  override reverse(): CreateEnumOp {
    if (this.values === null) {
      throw new OperationError(
        `The reverse of dropEnum('${this.enumName.toString()}') is not known, since its values are not; write op.createEnum() by hand`,
      )
    }
    const options = { schema: this.schema, ifNotExists: this.ifExists }
    const create = new CreateEnumOp(this.enumName, this.values, options)
    create.withTable = this.withTable
    return create
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('dropEnum'), [writer.name(this.enumName)], {
        schema: renderOptional(this.schema, writer),
        ifExists: renderOptional(this.ifExists, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_enum', enumOf(this.enumName, this.values ?? [], this.schema)]
  }
}
