import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import { AlterSequence } from '../sql/ddl/factories.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { SequenceOptions } from '../sql/schema/server-default.ts'
import { renderNumbering, sequenceOf } from './create-sequence.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.alterSequence()`: what changes. The next number stays what it is. */
export interface AlterSequenceOptions extends SequenceOptions {
  readonly schema?: NameLike | null | undefined
  /** What the changed options are before: what the opposite operation goes back to. */
  readonly existing?: SequenceOptions | null | undefined
}

/**
 * Changes how a sequence counts.
 *
 * @example
 * await op.alterSequence('invoice_number', { increment: 10, existing: { increment: 1 } })
 */
export function alterSequence(
  ctx: OperationContext,
  sequenceName: NameLike,
  options: AlterSequenceOptions,
): Queued<void> {
  return ctx.invoke(new AlterSequenceOp(sequenceName, options))
}

/** Changes how a sequence counts. */
export class AlterSequenceOp extends MigrateOperation {
  sequenceName: NameLike
  schema: NameLike | null
  /** What changes. */
  numbering: SequenceOptions
  existing: SequenceOptions | null

  constructor(sequenceName: NameLike, options: AlterSequenceOptions) {
    super()
    const { schema, existing, ...numbering } = options
    this.sequenceName = sequenceName
    this.schema = schema ?? null
    this.numbering = numbering
    this.existing = existing ?? null
    if (Object.values(numbering).every((value) => value === null || value === undefined)) {
      throw new OperationError(
        `alterSequence('${sequenceName.toString()}') is to change nothing; say increment, start, minvalue, maxvalue, cycle or cache`,
      )
    }
  }

  override async run(ctx: RunContext): Promise<void> {
    const sequence = sequenceOf(this.sequenceName, this.schema, this.numbering)
    await ctx.impl.execute(AlterSequence(sequence))
  }

  override reverse(): AlterSequenceOp {
    if (this.existing === null) {
      throw new OperationError(
        `The reverse of alterSequence('${this.sequenceName.toString()}') is not known; say existing`,
      )
    }
    const options = { ...this.existing, schema: this.schema, existing: this.numbering }
    return new AlterSequenceOp(this.sequenceName, options)
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('alterSequence'), [writer.name(this.sequenceName)], {
        ...renderNumbering(this.numbering, writer),
        existing: this.existing === null ? undefined : renderValue(this.existing, writer),
        schema: renderOptional(this.schema, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['modify_sequence', this.schema, this.sequenceName, this.existing, this.numbering]
  }
}
