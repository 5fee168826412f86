import { renderOptional, renderValue } from '../render/type.ts'
import { stringLiteral } from '../render/literal.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { enumOf } from './enum-name.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.alterEnum()`. */
export interface AlterEnumOptions {
  readonly schema?: NameLike | null | undefined
  /** The values that the type has, in their order: what the opposite operation goes back to. */
  readonly existingValues?: readonly string[] | null | undefined
  /** What rows get in place of values that go: `{ meh: 'ok' }`. A row with a value that goes otherwise is an error. */
  readonly replace?: Readonly<Record<string, string>> | null | undefined
}

/**
 * Gives an enumeration type other values, or another order of them: a new type takes the place of the old one in all
 * columns, whose tables are written anew. Defaults, CHECK constraints, foreign keys and indexes that depend on the type are
 * put back; for views and the like that are in the way there is an error which names them.
 *
 * @example
 * await op.alterEnum('mood', ['sad', 'ok', 'happy'], { replace: { meh: 'ok' } })
 */
export function alterEnum(
  ctx: OperationContext,
  enumName: NameLike,
  values: readonly string[],
  options: AlterEnumOptions = {},
): Queued<void> {
  return ctx.invoke(new AlterEnumOp(enumName, values, options))
}

/** Gives an enumeration type other values. */
export class AlterEnumOp extends MigrateOperation {
  enumName: NameLike
  values: readonly string[]
  schema: NameLike | null
  existingValues: readonly string[] | null
  replace: Readonly<Record<string, string>>

  constructor(enumName: NameLike, values: readonly string[], options: AlterEnumOptions = {}) {
    super()
    if (!Array.isArray(values)) {
      throw new OperationError("alterEnum takes a list of values, for example ['sad', 'happy']")
    }
    this.enumName = enumName
    this.values = values
    this.schema = options.schema ?? null
    this.existingValues = options.existingValues ?? null
    this.replace = options.replace ?? {}
    const unknown = Object.values(this.replace).find((value) => !values.includes(value))
    if (unknown !== undefined) {
      throw new OperationError(
        `alterEnum('${enumName.toString()}') is to put '${unknown}' in place of a value, but the type is not going to have it`,
      )
    }
  }

  override async run(ctx: RunContext): Promise<void> {
    const type = enumOf(this.enumName, this.values, this.schema)
    await ctx.impl.enumTypes.alter(type, { replace: this.replace })
  }

  override reverse(): AlterEnumOp {
    if (this.existingValues === null) {
      throw new OperationError(
        `The reverse of alterEnum('${this.enumName.toString()}') is not known; say existingValues`,
      )
    }
    const options = { schema: this.schema, existingValues: this.values }
    return new AlterEnumOp(this.enumName, this.existingValues, options)
  }

  override render(writer: SourceWriter): void {
    const open = this.#unreplaced()
    if (open.length > 0) {
      const list = open.map((value) => stringLiteral(value)).join(', ')
      writer.text(
        `// rows with ${list} need another value: give them one before, or by { replace: { old: 'new' } }`,
      )
    }
    const args = [writer.name(this.enumName), renderValue(this.values, writer)]
    const { replace } = this
    writer.statement(
      callWithOptions(writer.directive('alterEnum'), args, {
        existingValues: renderOptional(this.existingValues, writer),
        replace: Object.keys(replace).length === 0 ? undefined : renderValue(replace, writer),
        schema: renderOptional(this.schema, writer),
      }),
    )
  }

  /** The values that go, and that nothing takes the place of. */
  #unreplaced(): readonly string[] {
    const { existingValues, values, replace } = this
    return (existingValues ?? []).filter(
      (value) => !values.includes(value) && !Object.hasOwn(replace, value),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    const before = this.existingValues ?? []
    return ['modify_enum', this.schema, this.enumName, [...before], [...this.values]]
  }
}
