import type { OperationQueue } from './queued.ts'

/** A directive as users call it: without the context that it is given. */
export type Bound<F> = F extends (ctx: never, ...rest: infer A) => infer R
  ? (...rest: A) => R
  : never

/** A function behind `op.*`, whatever its arguments. */
export type Directive = (ctx: never, ...args: never) => unknown

interface FacadeParts<C extends { readonly queue: OperationQueue }> {
  /** What users see it as, for error messages: `op`. */
  readonly label: string
  find(name: string): Directive | undefined
  /** Directives that return a value at once, not a place in the queue. */
  readonly immediate: ReadonlySet<string>
  context(name: string): C
}

/**
 * An object whose functions are directives with their context filled in.
 *
 * A call that is wrong in itself fails at its place in the queue, like everything else that can go wrong in an
 * operation: it is not thrown at once.
 */
export function makeFacade<T extends object, C extends { readonly queue: OperationQueue }>(
  parts: FacadeParts<C>,
): T {
  return new Proxy(Object.create(null) as T, {
    get(_target, name) {
      const directive = typeof name === 'string' ? parts.find(name) : undefined
      if (directive === undefined || typeof name !== 'string') return undefined
      return (...args: readonly unknown[]) => {
        const context = parts.context(name)
        const call = directive as (ctx: C, ...rest: readonly unknown[]) => unknown
        if (parts.immediate.has(name)) return call(context, ...args)
        try {
          return call(context, ...args)
        } catch (error) {
          return context.queue.enqueue(`${parts.label}.${name}()`, () => {
            throw error
          })
        }
      }
    },
  })
}
