/**
 * What an operation returns: a promise of its result that also tells the queue whether anybody looks at it.
 *
 * `await` it where the next line needs the result. Left alone, the operation still runs in its place, and its failure
 * still fails the migration.
 */
export interface Queued<T> extends PromiseLike<T> {
  catch<R = never>(onRejected?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R>
  finally(onFinally?: (() => void) | null): Promise<T>
}

/** Where operations take their place. The queue of the running migration is one; `runtime/queue.ts` implements it. */
export interface OperationQueue {
  /** Takes the next place: `work` runs when everything called before it is done. */
  enqueue<T>(label: string, work: () => T | PromiseLike<T>): Queued<T>
}
