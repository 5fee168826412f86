import { OperationError } from '../errors/operation-error.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** A class of operations, abstract or not. */
export type OperationClass<O extends MigrateOperation<unknown> = MigrateOperation<unknown>> =
  abstract new (...args: never[]) => O

/** Carries out operations of one class, in place of its `run()`. */
export type Implementation<O extends MigrateOperation<unknown>> = (
  ctx: RunContext,
  operation: O,
) => unknown

/** For whom an implementation is. */
export interface ImplementationOptions {
  /** Takes the place of an earlier one; without it a second one is an error. */
  readonly replace?: boolean
  /** Only for this dialect. */
  readonly dialect?: string
}

const implementations = new Map<OperationClass, Map<string, Implementation<never>>>()

/**
 * Registers how operations of a class, and of classes derived from it, are carried out.
 *
 * @throws OperationError where there is one already and `replace` is not said
 */
export function implementationFor<O extends MigrateOperation<unknown>>(
  operationClass: OperationClass<O>,
  implementation: Implementation<O>,
  options: ImplementationOptions = {},
): void {
  const dialect = options.dialect ?? 'default'
  const ofClass = implementations.get(operationClass) ?? new Map<string, Implementation<never>>()
  if (ofClass.has(dialect) && options.replace !== true) {
    throw new OperationError(
      `Can not set dispatch function for object ${operationClass.name}: key already exists. To replace existing function, use replace: true.`,
    )
  }
  ofClass.set(dialect, implementation)
  implementations.set(operationClass, ofClass)
}

/** Carries out an operation now: as registered for its class or the nearest ancestor, else by its own `run()`. */
export function runOperation<T>(ctx: RunContext, operation: MigrateOperation<T>): Promise<T> {
  const registered = registeredFor(ctx, operation)
  return registered === undefined ? operation.run(ctx) : runRegistered(registered, ctx, operation)
}

async function runRegistered<T>(
  implementation: Implementation<never>,
  ctx: RunContext,
  operation: MigrateOperation<T>,
): Promise<T> {
  return (await implementation(ctx, operation as never)) as T
}

function registeredFor(
  ctx: RunContext,
  operation: MigrateOperation<unknown>,
): Implementation<never> | undefined {
  if (implementations.size === 0) return undefined
  for (const dialect of [ctx.dialect.name, 'default']) {
    for (const ancestor of ancestors(operation)) {
      const found = implementations.get(ancestor)?.get(dialect)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function* ancestors(operation: MigrateOperation<unknown>): Generator<OperationClass> {
  let prototype = Object.getPrototypeOf(operation) as object | null
  while (prototype !== null && prototype !== MigrateOperation.prototype) {
    yield prototype.constructor as OperationClass
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
}

/**
 * Runs any operation, one of your own for example.
 *
 * @example
 * await op.invoke(new CreateViewOp('adults', 'SELECT * FROM people WHERE age >= 18'))
 */
export function invoke(
  ctx: OperationContext,
  operation: MigrateOperation<unknown>,
): Queued<unknown> {
  return ctx.invoke(operation)
}
