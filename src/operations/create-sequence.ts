import { renderOptional, renderType, renderValue } from '../render/type.ts'
import { callWithOptions, type Source } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import { CreateSequence, DropSequence } from '../sql/ddl/factories.ts'
import { joinName, nameParts, type NameLike } from '../sql/elements/identifier.ts'
import { Sequence } from '../sql/schema/sequence.ts'
import type { SequenceOptions } from '../sql/schema/server-default.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.createSequence()`. */
export interface CreateSequenceOptions extends SequenceOptions {
  readonly schema?: NameLike | null | undefined
  readonly dataType?: TypeEngine | null | undefined
  /** Writes `IF NOT EXISTS`. */
  readonly ifNotExists?: boolean | null | undefined
}

/** Options of `op.dropSequence()`. */
export interface DropSequenceOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`. */
  readonly ifExists?: boolean | null | undefined
}

/**
 * Makes a sequence.
 *
 * @example
 * await op.createSequence('invoice_number', { start: 1000 })
 */
export function createSequence(
  ctx: OperationContext,
  sequenceName: NameLike,
  options: CreateSequenceOptions = {},
): Queued<void> {
  return ctx.invoke(new CreateSequenceOp(sequenceName, options))
}

/** The numbering of a sequence as options of a call; a data type is one of them. */
export function renderNumbering(
  options: SequenceOptions,
  writer: SourceWriter,
): Record<string, Source> {
  const given = Object.entries(options).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [key, renderValue(value, writer)]))
}

/** A sequence of that name; its schema may have its quoting forced. */
export function sequenceOf(
  name: NameLike,
  schema: NameLike | null,
  options: SequenceOptions & { readonly dataType?: TypeEngine | null } = {},
): Sequence {
  const schemaOption = schema === null ? {} : { schema: nameParts(schema).text }
  return new Sequence(name, { ...options, ...schemaOption })
}

/** Makes a sequence. */
export class CreateSequenceOp extends MigrateOperation {
  sequenceName: NameLike
  schema: NameLike | null
  dataType: TypeEngine | null
  ifNotExists: boolean | null
  /** Start, increment and the like. */
  numbering: SequenceOptions

  constructor(sequenceName: NameLike, options: CreateSequenceOptions = {}) {
    super()
    const { schema, dataType, ifNotExists, ...numbering } = options
    this.sequenceName = sequenceName
    this.schema = schema ?? null
    this.dataType = dataType ?? null
    this.ifNotExists = ifNotExists ?? null
    this.numbering = numbering
  }

  static fromSequence(sequence: Sequence): CreateSequenceOp {
    const { name, quote, schema, dataType, options } = sequence
    return new CreateSequenceOp(joinName(name, quote, false), { schema, dataType, ...options })
  }

  toSequence(): Sequence {
    const { dataType, numbering } = this
    return sequenceOf(this.sequenceName, this.schema, { dataType, ...numbering })
  }

  override async run(ctx: RunContext): Promise<void> {
    const ifNotExists = this.ifNotExists ?? false
    await ctx.impl.execute(CreateSequence(this.toSequence(), { ifNotExists }))
  }

  override reverse(): DropSequenceOp {
    const options = { schema: this.schema, ifExists: this.ifNotExists }
    return new DropSequenceOp(this.sequenceName, options, this)
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('createSequence'), [writer.name(this.sequenceName)], {
        schema: renderOptional(this.schema, writer),
        dataType: this.dataType === null ? undefined : renderType(this.dataType, writer),
        ...renderNumbering(this.numbering, writer),
        ifNotExists: renderOptional(this.ifNotExists, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_sequence', this.toSequence()]
  }
}

/**
 * Drops a sequence.
 *
 * @example
 * await op.dropSequence('invoice_number', { ifExists: true })
 */
export function dropSequence(
  ctx: OperationContext,
  sequenceName: NameLike,
  options: DropSequenceOptions = {},
): Queued<void> {
  return ctx.invoke(new DropSequenceOp(sequenceName, options))
}

/** Drops a sequence. */
export class DropSequenceOp extends MigrateOperation {
  sequenceName: NameLike
  schema: NameLike | null
  ifExists: boolean | null
  /** What brings the sequence back, where it is known; its numbers begin anew. */
  readonly original: CreateSequenceOp | null

  constructor(
    sequenceName: NameLike,
    options: DropSequenceOptions = {},
    original: CreateSequenceOp | null = null,
  ) {
    super()
    this.sequenceName = sequenceName
    this.schema = options.schema ?? null
    this.ifExists = options.ifExists ?? null
    this.original = original
  }

  override async run(ctx: RunContext): Promise<void> {
    const sequence = sequenceOf(this.sequenceName, this.schema)
    await ctx.impl.execute(DropSequence(sequence, { ifExists: this.ifExists ?? false }))
  }

  override reverse(): CreateSequenceOp {
    if (this.original !== null) return this.original
    throw new OperationError(
      `The reverse of dropSequence('${this.sequenceName.toString()}') is not known; write op.createSequence() by hand`,
    )
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('dropSequence'), [writer.name(this.sequenceName)], {
        schema: renderOptional(this.schema, writer),
        ifExists: renderOptional(this.ifExists, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_sequence', this.original?.toSequence() ?? this.sequenceName]
  }
}
