import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { AlterEnumOp } from './alter-enum.ts'
import { OpContainer } from './containers.ts'
import { enumOf } from './enum-name.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.addEnumValue()`. */
export interface AddEnumValueOptions {
  readonly schema?: NameLike | null | undefined
  /** The value that the new one comes before; without `before` and `after` it is the last. */
  readonly before?: string | null | undefined
  readonly after?: string | null | undefined
  readonly ifNotExists?: boolean | null | undefined
  /**
   * Stays in the run's transaction, where the server allows that: then nothing may use the value until the run is over.
   * Default `false`: what came before is committed, and the value can be used at once.
   */
  readonly inTransaction?: boolean | null | undefined
  /** The values that the type has, in their order: what the opposite operation goes back to. */
  readonly existingValues?: readonly string[] | null | undefined
}

/**
 * Adds a value to an enumeration type, without a look at any row.
 *
 * @example
 * await op.addEnumValue('mood', 'meh', { before: 'ok' })
 */
export function addEnumValue(
  ctx: OperationContext,
  enumName: NameLike,
  value: string,
  options: AddEnumValueOptions = {},
): Queued<void> {
  return ctx.invoke(new AddEnumValueOp(enumName, value, options))
}

/** Several values that a type gets one after the other; they go together. */
export class AddEnumValuesOp extends OpContainer {
  override reverse(): MigrateOperation<unknown> {
    const [last, first] = [this.ops.at(-1), this.ops[0]]
    if (!(first instanceof AddEnumValueOp) || !(last instanceof AddEnumValueOp)) {
      throw new OperationError('The reverse of AddEnumValuesOp is known for AddEnumValueOps only')
    }
    const { enumName, schema } = first
    const values = first.reverse().values
    return new AlterEnumOp(enumName, values, {
      schema,
      existingValues: last.reverse().existingValues,
    })
  }
}

/** Adds a value to an enumeration type. */
export class AddEnumValueOp extends MigrateOperation {
  enumName: NameLike
  value: string
  before: string | null
  after: string | null
  schema: NameLike | null
  ifNotExists: boolean | null
  inTransaction: boolean | null
  existingValues: readonly string[] | null

  constructor(enumName: NameLike, value: string, options: AddEnumValueOptions = {}) {
    super()
    const { before = null, after = null } = options
    if (before !== null && after !== null) {
      throw new OperationError(
        `addEnumValue('${enumName.toString()}', '${value}') takes before or after, not both`,
      )
    }
    this.enumName = enumName
    this.value = value
    this.before = before
    this.after = after
    this.schema = options.schema ?? null
    this.ifNotExists = options.ifNotExists ?? null
    this.inTransaction = options.inTransaction ?? null
    this.existingValues = options.existingValues ?? null
  }

  /** The values that the type has afterwards. */
  #values(): readonly string[] {
    const { existingValues, before, after, value } = this
    if (existingValues === null) {
      throw new OperationError(
        `The reverse of addEnumValue('${this.enumName.toString()}', '${value}') is not known; say existingValues`,
      )
    }
    const neighbour = before ?? after
    if (neighbour === null) return [...existingValues, value]
    const at = existingValues.indexOf(neighbour) + (before === null ? 1 : 0)
    return existingValues.toSpliced(at, 0, value)
  }

  override async run(ctx: RunContext): Promise<void> {
    const { value, before, after } = this
    await ctx.impl.enumTypes.addValue(enumOf(this.enumName, [], this.schema), {
      value,
      before,
      after,
      ifNotExists: this.ifNotExists ?? false,
      inTransaction: this.inTransaction ?? false,
    })
  }

  override reverse(): AlterEnumOp {
    const existingValues = this.#values()
    const values = existingValues.filter((value) => value !== this.value)
    return new AlterEnumOp(this.enumName, values, { existingValues, schema: this.schema })
  }

  override render(writer: SourceWriter): void {
    const args = [writer.name(this.enumName), renderValue(this.value, writer)]
    writer.statement(
      callWithOptions(writer.directive('addEnumValue'), args, {
        before: renderOptional(this.before, writer),
        after: renderOptional(this.after, writer),
        schema: renderOptional(this.schema, writer),
        ifNotExists: renderOptional(this.ifNotExists, writer),
        inTransaction: renderOptional(this.inTransaction, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_enum_value', this.schema, this.enumName, this.value]
  }
}
