import type { Kysely } from 'kysely'
import { OperationError } from '../errors/operation-error.ts'
import { currentContext } from './current.ts'
import type { CustomOperations } from './custom-operations.ts'
import * as directives from './directives.ts'
import { makeFacade, type Bound, type Directive } from './facade.ts'
import { implementationFor } from './invoke.ts'
import type { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { Queued } from './queued.ts'
import type { BulkInsert, CreateTable } from './typed-rows.ts'

interface GenericOperations {
  readonly createTable: CreateTable
  readonly bulkInsert: BulkInsert
  /** Runs any operation, one of your own for example, and resolves to what it gives back. */
  invoke<T>(operation: MigrateOperation<T>): Queued<T>
  /** Typed queries through Kysely, in the migration's own transaction. Needs the package `kysely`. */
  kysely<Database = Record<string, Record<string, unknown>>>(): Promise<Kysely<Database>>
}

/** The functions of `op`. */
export type Operations = {
  readonly [K in Exclude<keyof typeof directives, keyof GenericOperations>]: Bound<
    (typeof directives)[K]
  >
} & GenericOperations &
  CustomOperations

const IMMEDIATE: ReadonlySet<string> = new Set([
  'f',
  'inlineLiteral',
  'getBind',
  'getContext',
  'kysely',
])

const builtin = new Map<string, Directive>(Object.entries(directives as Record<string, Directive>))
const custom = new Map<string, Directive>()

function find(name: string): Directive | undefined {
  return custom.get(name) ?? builtin.get(name)
}

/**
 * The operations of the running migration.
 *
 * Each call takes its place at once and returns a promise: `await` it where the next line needs its result. Without, it
 * still runs in its place, and its failure still fails the migration.
 *
 * @example
 * import { op, sa } from 'alembic-ts'
 * await op.addColumn('account', sa.Column('last_login', sa.DateTime()))
 */
export const op: Operations = makeFacade<Operations, OperationContext>({
  label: 'op',
  find,
  immediate: IMMEDIATE,
  context: currentContext,
})

/** The operations of one migration context, for code that is not called by a migration. */
export function operationsOf(context: OperationContext): Operations {
  return makeFacade<Operations, OperationContext>({
    label: 'op',
    find,
    immediate: IMMEDIATE,
    context: () => context,
  })
}

/**
 * Adds a directive to `op`.
 *
 * @example
 * declare module 'alembic-ts/operations' {
 *   interface CustomOperations {
 *     createView(name: string, query: string): Queued<void>
 *   }
 * }
 * Operations.registerOperation('createView', (ctx, name: string, query: string) =>
 *   ctx.invoke(new CreateViewOp(name, query)),
 * )
 */
function registerOperation<A extends readonly unknown[]>(
  name: string,
  directive: (ctx: OperationContext, ...args: A) => unknown,
): void {
  if (builtin.has(name)) {
    throw new OperationError(
      `op.${name}() is built in; change what it does with Operations.implementationFor()`,
    )
  }
  custom.set(name, directive)
}

/** Extends `op`: directives of your own, and other implementations of operations. */
export const Operations: {
  readonly registerOperation: typeof registerOperation
  readonly implementationFor: typeof implementationFor
} = { registerOperation, implementationFor }
