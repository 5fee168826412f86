import { brand } from '../util/brand.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import type { RunContext } from './run-context.ts'

/**
 * One thing that a migration does: what `op.*` calls make, what autogenerate finds, and what a rewriter may change.
 * `T` is what it gives back.
 */
export abstract class MigrateOperation<T = void> {
  static {
    brand(this, 'MigrateOperation')
  }

  /** Anything that hooks want to remember of the operation. */
  readonly info: Record<string, unknown> = {}
  /** Remarks that are written above the call, a line each. */
  readonly comments: string[] = []

  /** Carries the operation out. A class of the user's own may leave that to `Operations.implementationFor()`. */
  run(_ctx: RunContext): Promise<T> {
    throw new OperationError(
      `${this.constructor.name} has no implementation; give the class a run() method, or register one with Operations.implementationFor(${this.constructor.name}, …)`,
    )
  }

  /**
   * The operation that takes this one back.
   *
   * @throws OperationError where there is none
   */
  reverse(): MigrateOperation<unknown> {
    throw new OperationError(
      `${this.constructor.name} can't be reversed; write its opposite by hand`,
    )
  }

  /**
   * Writes the operation as source, into a migration that is being generated.
   *
   * @throws OperationError for a class that says neither here nor by `rendererFor()` how it is written
   */
  render(_writer: SourceWriter): void {
    throw new OperationError(
      `${this.constructor.name} can't be written into a migration; give the class a render() method, or register one with rendererFor(${this.constructor.name}, …)`,
    )
  }

  /** The difference that the operation removes, in the form that `compareMetadata()` returns. */
  toDiffTuple(): readonly unknown[] {
    throw new OperationError(`${this.constructor.name} stands for no difference`)
  }
}
