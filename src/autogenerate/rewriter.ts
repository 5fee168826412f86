import { OperationError } from '../errors/operation-error.ts'
import { OpContainer, MigrationScript } from '../operations/containers.ts'
import type { MigrateOperation } from '../operations/migrate-operation.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { ProcessRevisionDirectives } from './options.ts'

type Operation = MigrateOperation<unknown>
type OperationClass<O extends Operation> = abstract new (...args: never[]) => O

/** Gives what takes the place of an operation: itself, another one, several, or nothing. */
export type RewriteFunction<O extends Operation> = (
  context: MigrationContextView,
  revision: readonly string[],
  operation: O,
) => Operation | readonly Operation[] | null | undefined

/**
 * Changes what autogenerate found, operation by operation, before it is written.
 *
 * @example
 * const writer = new Rewriter()
 * writer.rewrites(AddColumnOp, (context, revision, op) => {
 *   op.column.nullable = true
 *   return op
 * })
 * await context.configure({ connection, processRevisionDirectives: writer.process })
 */
export class Rewriter {
  readonly #rewrites = new Map<OperationClass<Operation>, RewriteFunction<never>>()
  readonly #chained: readonly (Rewriter | ProcessRevisionDirectives)[]
  /** What came out of this rewriter: it is not rewritten again, but what it contains is. */
  readonly #done = new WeakSet<Operation>()

  constructor(chained: readonly (Rewriter | ProcessRevisionDirectives)[] = []) {
    this.#chained = chained
  }

  /** Registers how operations of a class, and of classes derived from it, are rewritten. */
  rewrites<O extends Operation>(
    operationClass: OperationClass<O>,
    rewrite: RewriteFunction<O>,
  ): void {
    this.#rewrites.set(operationClass, rewrite)
  }

  /** A rewriter that runs this one and then `other`. */
  chain(other: Rewriter | ProcessRevisionDirectives): Rewriter {
    const chained = new Rewriter([...this.#chained, other])
    for (const [operationClass, rewrite] of this.#rewrites) {
      chained.#rewrites.set(operationClass, rewrite)
    }
    return chained
  }

  /** What `processRevisionDirectives` takes. */
  readonly process: ProcessRevisionDirectives = async (context, revision, directives) => {
    const rewritten = directives.flatMap((script) => this.#rewritten(context, revision, script))
    directives.splice(0, directives.length, ...(rewritten as MigrationScript[]))
    for (const next of this.#chained) {
      const run = next instanceof Rewriter ? next.process : next
      await run(context, revision, directives)
    }
  }

  /** What takes the place of an operation, what is within it rewritten too. */
  #rewritten(
    context: MigrationContextView,
    revision: readonly string[],
    operation: Operation,
  ): Operation[] {
    const results = this.#rewrittenItself(context, revision, operation)
    for (const result of results) this.#rewriteWithin(context, revision, result)
    return results
  }

  #rewrittenItself(
    context: MigrationContextView,
    revision: readonly string[],
    operation: Operation,
  ): Operation[] {
    const rewrite = this.#rewriteFor(operation)
    if (rewrite === undefined || this.#done.has(operation)) return [operation]
    const answer = (rewrite as RewriteFunction<Operation>)(context, revision, operation) ?? []
    const results = [answer].flat()
    for (const result of results) this.#done.add(result)
    return results
  }

  /** The function for the operation's class or its nearest ancestor. */
  #rewriteFor(operation: Operation): RewriteFunction<never> | undefined {
    let prototype = Object.getPrototypeOf(operation) as object | null
    while (prototype !== null) {
      const found = this.#rewrites.get(prototype.constructor as OperationClass<Operation>)
      if (found !== undefined) return found
      prototype = Object.getPrototypeOf(prototype) as object | null
    }
    return undefined
  }

  #rewriteWithin(
    context: MigrationContextView,
    revision: readonly string[],
    operation: Operation,
  ): void {
    if (operation instanceof MigrationScript) {
      operation.upgradeOpsList = operation.upgradeOpsList.map((ops) =>
        this.#single(context, revision, ops),
      )
      operation.downgradeOpsList = operation.downgradeOpsList.map((ops) =>
        this.#single(context, revision, ops),
      )
    } else if (operation instanceof OpContainer) {
      operation.ops = operation.ops.flatMap((one) => this.#rewritten(context, revision, one))
    }
  }

  /** The one container that takes another's place. Throws OperationError where that are several, or none. */
  #single<Ops extends OpContainer>(
    context: MigrationContextView,
    revision: readonly string[],
    ops: Ops,
  ): Ops {
    const [single, ...others] = this.#rewritten(context, revision, ops)
    if (others.length === 0 && single instanceof ops.constructor) return single as Ops
    throw new OperationError(`Can only return single object for ${ops.constructor.name} traverse`)
  }
}
