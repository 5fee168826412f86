/**
 * Directives of your own on `op`, registered with `Operations.registerOperation()`; declared for the editor.
 *
 * @example
 * declare module 'alembic-ts/operations' {
 *   interface CustomOperations {
 *     createView(name: string, query: string): Queued<void>
 *   }
 * }
 */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface CustomOperations {}

/** Directives of your own on `batchOp`, registered with `BatchOperations.registerOperation()`. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface CustomBatchOperations {}
