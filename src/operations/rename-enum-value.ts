import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { enumOf } from './enum-name.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.renameEnumValue()`. */
export interface RenameEnumValueOptions {
  readonly schema?: NameLike | null | undefined
}

/**
 * Gives a value of an enumeration type another name, in all rows at once.
 *
 * @example
 * await op.renameEnumValue('mood', 'meh', 'so-so')
 */
export function renameEnumValue(
  ctx: OperationContext,
  enumName: NameLike,
  oldValue: string,
  newValue: string,
  options: RenameEnumValueOptions = {},
): Queued<void> {
  return ctx.invoke(new RenameEnumValueOp(enumName, oldValue, newValue, options))
}

/** Gives a value of an enumeration type another name. */
export class RenameEnumValueOp extends MigrateOperation {
  enumName: NameLike
  oldValue: string
  newValue: string
  schema: NameLike | null

  constructor(
    enumName: NameLike,
    oldValue: string,
    newValue: string,
    options: RenameEnumValueOptions = {},
  ) {
    super()
    this.enumName = enumName
    this.oldValue = oldValue
    this.newValue = newValue
    this.schema = options.schema ?? null
  }

  override async run(ctx: RunContext): Promise<void> {
    const type = enumOf(this.enumName, [], this.schema)
    await ctx.impl.enumTypes.renameValue(type, this.oldValue, this.newValue)
  }

  override reverse(): RenameEnumValueOp {
    const { enumName, oldValue, newValue, schema } = this
    return new RenameEnumValueOp(enumName, newValue, oldValue, { schema })
  }

  override render(writer: SourceWriter): void {
    const values = [this.oldValue, this.newValue].map((value) => renderValue(value, writer))
    const args = [writer.name(this.enumName), ...values]
    writer.statement(
      callWithOptions(writer.directive('renameEnumValue'), args, {
        schema: renderOptional(this.schema, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['rename_enum_value', this.schema, this.enumName, this.oldValue, this.newValue]
  }
}
