import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { OperationAbandonedError, OperationError } from '../errors/operation-error.ts'
import type { OperationQueue, Queued } from '../operations/queued.ts'

/** Two copies of the package in one process must see each other's scopes. */
const SCOPE_KEY = Symbol.for('alembic-ts.queue-scope')
const globals = globalThis as { [SCOPE_KEY]?: AsyncLocalStorage<OperationScope> }
const scopes = (globals[SCOPE_KEY] ??= new AsyncLocalStorage<OperationScope>())

const READY = Promise.resolve()

/** The inside of one running operation: operations called in it run before it is done. */
interface OperationScope {
  readonly queue: MigrationQueue
  readonly parent: OperationScope | undefined
  nested: MigrationQueue | undefined
}

interface Place {
  readonly label: string
  readonly work: () => unknown
  readonly outcome: Outcome<unknown>
  /** The asynchronous context of the caller, in which the work runs. */
  readonly caller: AsyncResource
}

/** A promise that knows whether somebody looks at it. */
class Outcome<T> implements Queued<T> {
  observed = false
  readonly #promise: Promise<T>
  resolve!: (value: T) => void
  #reject!: (reason: unknown) => void

  constructor() {
    this.#promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve
      this.#reject = reject
    })
  }

  reject(reason: unknown): void {
    // A failure that nobody looks at fails the migration; it must not bring down the process as well.
    this.#promise.catch(() => undefined)
    this.#reject(reason)
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being awaited is what this class is for
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.observed = true
    return this.#promise.then(onFulfilled, onRejected)
  }

  catch<R = never>(onRejected?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R> {
    return this.then(null, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    this.observed = true
    return this.#promise.finally(onFinally)
  }
}

/**
 * Runs operations one after the other, in the order in which they were called.
 *
 * An operation that fails while nobody looks at it stops the queue: what comes after it is not run, and `drain()`
 * throws. A failure that somebody awaits is theirs, and the queue goes on.
 */
export class MigrationQueue implements OperationQueue {
  readonly #waiting: (Place | undefined)[] = []
  /** Where in `#waiting` the next place is: `shift()` would move what may be 100,000 others. */
  #next = 0
  readonly #delivered = new WeakSet<object>()
  #failure: { readonly label: string; readonly error: unknown } | undefined
  #pumping: Promise<void> | undefined
  #closed = false

  /** Takes the next place; inside a running operation of this queue, a place inside that operation. */
  enqueue<T>(label: string, work: () => T | PromiseLike<T>): Queued<T> {
    const scope = this.#scopeInside()
    if (scope !== undefined) {
      scope.nested ??= new MigrationQueue()
      return scope.nested.#append(label, work)
    }
    return this.#append(label, work)
  }

  #append<T>(label: string, work: () => T | PromiseLike<T>): Queued<T> {
    const outcome = new Outcome<T>()
    if (this.#closed) {
      outcome.reject(
        new OperationError(
          `${label} was called after the migration had ended; await everything that leads to it inside upgrade() or downgrade()`,
        ),
      )
      return outcome
    }
    const place: Place = {
      label,
      work,
      outcome: outcome as Outcome<unknown>,
      caller: new AsyncResource('alembic-ts.operation'),
    }
    if (this.#failure !== undefined) this.#abandon(place)
    else this.#waiting.push(place)
    this.#pumping ??= this.#pump()
    return outcome
  }

  /**
   * Waits until every operation is done.
   *
   * @throws the first failure that nobody looked at
   */
  async drain(): Promise<void> {
    while (this.#pumping !== undefined) await this.#pumping
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Ends the queue: operations called from now on are refused. */
  close(): void {
    this.#closed = true
  }

  /** Gives up what is still waiting, because the migration failed. */
  abandon(label: string, error: unknown): void {
    this.#failure ??= { label, error }
    for (let place = this.#take(); place !== undefined; place = this.#take()) this.#abandon(place)
  }

  /** Whether `error` is, or was caused by, the failure of an operation that the migration was told of. */
  hasDelivered(error: unknown): boolean {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      if (this.#delivered.has(cause) || cause instanceof OperationAbandonedError) return true
    }
    return false
  }

  /** What the migration failed of: the operation's failure rather than that of one that was given up for it. */
  rootFailure(error: unknown): unknown {
    return error instanceof OperationAbandonedError ? (this.#failure?.error ?? error) : error
  }

  /** The innermost running operation around the caller, if it belongs to this queue. */
  #scopeInside(): OperationScope | undefined {
    const innermost = scopes.getStore()
    for (let scope = innermost; scope !== undefined; scope = scope.parent) {
      if (scope.queue === this) return innermost
    }
    return undefined
  }

  async #pump(): Promise<void> {
    // Lets the caller of enqueue() get hold of what it returned first.
    await READY
    for (let place = this.#take(); place !== undefined; place = this.#take()) {
      await this.#run(place)
    }
    this.#pumping = undefined
  }

  #take(): Place | undefined {
    const place = this.#waiting[this.#next]
    if (place === undefined) {
      this.#waiting.length = 0
      this.#next = 0
    } else this.#waiting[this.#next++] = undefined
    return place
  }

  async #run(place: Place): Promise<void> {
    try {
      place.outcome.resolve(await place.caller.runInAsyncScope(() => this.#inScope(place.work)))
    } catch (error) {
      if (typeof error === 'object' && error !== null) this.#delivered.add(error)
      place.outcome.reject(error)
      // The migration's own code, woken up by the failure, may look at it only now, or may fail because of it.
      await nextTurn()
      if (!place.outcome.observed) this.abandon(place.label, error)
    }
  }

  #inScope(work: () => unknown): Promise<unknown> {
    const scope: OperationScope = { queue: this, parent: scopes.getStore(), nested: undefined }
    return scopes.run(scope, () => settle(work, () => scope.nested))
  }

  #abandon(place: Place): void {
    const { label, error } = this.#failure ?? { label: 'an operation', error: undefined }
    const reason = error instanceof Error ? error.message : String(error)
    place.outcome.reject(
      new OperationAbandonedError(
        `${place.label} was not run, because ${label} before it failed: ${reason}`,
        { cause: error },
      ),
    )
  }
}

/** Runs `body`, then what it put into the queue, which exists only once something was put into it. */
async function settle<T>(body: () => T, queueOf: () => MigrationQueue | undefined): Promise<T> {
  let result: Awaited<T>
  try {
    result = await body()
  } catch (error) {
    const queue = queueOf()
    if (queue === undefined) throw error
    if (queue.hasDelivered(error)) queue.abandon('an operation', error)
    await queue.drain().catch(() => undefined)
    queue.close()
    throw queue.rootFailure(error)
  }
  const queue = queueOf()
  if (queue === undefined) return result
  try {
    await queue.drain()
  } finally {
    queue.close()
  }
  return result
}

/**
 * Runs a migration's function and everything that it put into the queue, then closes the queue.
 *
 * When the function itself throws, what it had called before is still run, as it would have been had it awaited each
 * call; unless it threw because of an operation's failure: then the rest is given up.
 */
export async function runMigrationBody(queue: MigrationQueue, body: () => unknown): Promise<void> {
  await settle(body, () => queue)
}
